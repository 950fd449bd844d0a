/**
 * Mutation testing of `rules/` and `ledger/`: `npm run mutation`, or a part or file of them:
 * `npm run mutation -- ledger/format rules/policy/glob.ts`.
 *
 * Each folder is mutated against the tests of its own mirror, by the runner in `mutation/runner/`.
 * Exits 1 where a room keeps less than 85 % of its mutants from living, or where a survivor is not
 * explained in `<room>/survivors.md`.
 */
import { Stryker } from "@stryker-mutator/core";
import { globSync, mkdirSync } from "node:fs";
import { PARTS, type Part } from "./mutation/parts.ts";
import { tally, type Tally } from "./mutation/tally.ts";
import { explainedIn, survivorLine } from "./mutation/survivors.ts";

const LOWEST_SCORE = 85;
const REPORTS = "reports/mutation";

const asked = process.argv.slice(2);
const parts = asked.length === 0 ? PARTS.filter(hasFiles) : asked.map(partOf);

mkdirSync(REPORTS, { recursive: true });
const tallies: (Tally & { readonly part: Part })[] = [];
for (const part of parts) {
  const counted = { part, ...tally(part.room, await mutate(part)) };
  tallies.push(counted);
  console.log(figures(part.name, counted));
}
for (const room of ["ledger", "rules"] as const) report(room);

function hasFiles({ mutate }: Part): boolean {
  return globSync([...mutate]).length > 0;
}

/** A part by its name, or the part that a file is in, with that file alone. */
function partOf(name: string): Part {
  const named = PARTS.find((part) => part.name === name);
  if (named !== undefined) return named;
  const holder = PARTS.find(({ mutate }) => globSync([...mutate]).includes(name));
  if (holder !== undefined) return { ...holder, name, mutate: [name] };
  console.error(
    `mutation: no ${name}; say a file, or ${PARTS.map((part) => part.name).join(", ")}`,
  );
  process.exit(2);
}

async function mutate({ name, mutate, tests }: Part) {
  process.env["BAILIFF_MUTATION_TESTS"] = tests.join(" ");
  const fileName = `${REPORTS}/${name.replaceAll("/", "-")}.json`;
  const stryker = new Stryker({
    testRunner: "in-process",
    mutate: [...mutate],
    jsonReporter: { fileName },
  });
  return stryker.runMutationTest();
}

function report(room: "ledger" | "rules"): void {
  const mine = tallies.filter(({ part }) => part.room === room);
  if (mine.length === 0) return;
  const killed = mine.reduce((sum, each) => sum + each.killed, 0);
  const survivors = mine.flatMap((each) => each.survivors);
  const whole = { killed, survivors };
  console.log(figures(room, whole));
  if (score(whole) < LOWEST_SCORE) {
    console.error(`mutation: ${room}/ has to reach ${LOWEST_SCORE} %`);
    process.exitCode = 1;
  }
  const explained = explainedIn(room);
  const open = [...new Set(survivors.map(survivorLine))].filter((line) => !explained.has(line));
  if (open.length === 0) return;
  console.error(`mutation: kill these, or say why not in ${room}/survivors.md\n${open.join("\n")}`);
  process.exitCode = 1;
}

function figures(name: string, counted: Tally): string {
  const { killed, survivors } = counted;
  const of = `${killed} of ${killed + survivors.length} killed`;
  return `${name.padEnd(38)} ${score(counted).toFixed(1).padStart(5)} %  ${of}`;
}

function score({ killed, survivors }: Tally): number {
  return (100 * killed) / Math.max(killed + survivors.length, 1);
}
