import { RulesError } from "../rules-error.ts";
import type { FactPath } from "./fact-paths.ts";
import { compilePattern, type PatternKind } from "./pattern.ts";

/** A place in a parsed document: the keys and indices that lead to it. */
export type Pointer = readonly (string | number)[];

/** A problem before it has a line: `at` points into the document, at a key where `onKey`. */
export interface Finding {
  readonly at: Pointer;
  readonly onKey?: boolean;
  readonly message: string;
  readonly remedy: string;
}

/** What compiling one policy gathers: problems, and the facts that it reads. */
export interface Compilation {
  readonly findings: Finding[];
  readonly reads: Set<FactPath>;
}

/** Checks that a pattern compiles; a finding says why not. */
export function checkPattern(
  { findings }: Compilation,
  at: Pointer,
  { kind, source }: { kind: PatternKind; source: string },
): void {
  try {
    compilePattern(kind, source);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    const what = kind === "search" ? "pattern" : "glob";
    findings.push({
      at,
      message: `${JSON.stringify(source.slice(0, 80))} is not a ${what}: ${error.message}`,
      remedy:
        kind === "search"
          ? "write an RE2 pattern: without look-around or back-references"
          : "correct it; a \\ before *, ?, [, { or \\ makes it stand for itself",
    });
  }
}
