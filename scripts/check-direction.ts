/** Runs the direction rules, and refuses to pass if it read no modules of a room that has some. */
import { readdirSync } from "node:fs";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const allRooms = ["rules", "ledger", "report", "maestro", "git", "github", "app", "action", "cli"];

function sources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const rooms = allRooms.filter((room) => sources(room).length > 0);
const options = await extractDepcruiseOptions("./.dependency-cruiser.cjs");
const { output } = await cruise(
  [...rooms, "test"],
  options,
  {},
  {
    tsConfig: extractTSConfig("./tsconfig.json"),
  },
);
const result = output as ICruiseResult;

const read = new Set(
  result.modules.filter((module) => module.couldNotResolve !== true).map((module) => module.source),
);
const unread = rooms.flatMap(sources).filter((source) => !read.has(source));
for (const source of unread) console.error(`direction: ${source} was not read`);

for (const { from, to, rule } of result.summary.violations) {
  const remedy = result.summary.ruleSetUsed?.forbidden?.find(({ name }) => name === rule.name);
  console.error(`direction: ${rule.name}: ${from} → ${to}\n  ${remedy?.comment ?? ""}`);
}

console.log(
  `direction: ${read.size} modules read, ${result.summary.violations.length} violations, ${unread.length} unread`,
);
if (unread.length > 0 || read.size === 0 || result.summary.violations.length > 0) {
  process.exitCode = 1;
}
