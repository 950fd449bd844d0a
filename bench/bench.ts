/** `npm run bench [-- action|check|changes|ledger|policies|readers]` */
import { spawnSync } from "node:child_process";
import { benchAction } from "./action.ts";
import { benchChanges } from "./changes.ts";
import { benchCheck } from "./check.ts";
import { benchLedger } from "./ledger.ts";
import { benchPolicies } from "./policies.ts";
import { benchReaders } from "./readers.ts";

const parts = {
  action: benchAction,
  check: benchCheck,
  changes: benchChanges,
  policies: benchPolicies,
  readers: benchReaders,
  ledger: benchLedger,
};
const asked = process.argv.slice(2);

spawnSync("npm", ["run", "-s", "build"], { stdio: "inherit" });
for (const [name, part] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await part();
}
