import type { MutantResult } from "@stryker-mutator/api/core";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Survivor } from "./survivors.ts";

/** What became of a part's mutants; one that did not even load counts for neither side. */
export interface Tally {
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

const KILLED: ReadonlySet<MutantResult["status"]> = new Set(["Killed", "Timeout"]);
const LIVING: ReadonlySet<MutantResult["status"]> = new Set(["Survived", "NoCoverage"]);

/** Counts Stryker's results; survivors are named by the code that they change. */
export function tally(room: string, mutants: readonly MutantResult[]): Tally {
  return {
    killed: mutants.filter(({ status }) => KILLED.has(status)).length,
    survivors: mutants
      .filter(({ status }) => LIVING.has(status))
      .map((mutant) => survivorOf(room, mutant)),
  };
}

function survivorOf(room: string, { fileName, location, replacement }: MutantResult): Survivor {
  const lines = readFileSync(fileName, "utf8").split("\n");
  const { start, end } = location;
  const text = lines.slice(start.line - 1, end.line);
  text[text.length - 1] = text.at(-1)?.slice(0, end.column - 1) ?? "";
  text[0] = text[0]?.slice(start.column - 1) ?? "";
  return { file: relative(room, fileName), original: text.join("\n"), replacement };
}
