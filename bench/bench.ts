/** `npm run bench [-- check|ledger]` */
import { spawnSync } from "node:child_process";
import { benchCheck } from "./check.ts";
import { benchLedger } from "./ledger.ts";

const parts = { check: benchCheck, ledger: benchLedger };
const asked = process.argv.slice(2);

spawnSync("npm", ["run", "-s", "build"], { stdio: "inherit" });
for (const [name, part] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await part();
}
