import { firstOfEach } from "../capabilities/first-of-each.ts";
import { RulesError } from "../rules-error.ts";
import type { FactPath } from "./fact-paths.ts";
import { meantValue } from "./fact-values.ts";
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

/** Each finding once, however many checks made it. */
export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  return firstOfEach(findings, (finding) => JSON.stringify(finding));
}

/** What compiling one policy gathers: problems, and the facts that it reads. */
export interface Compilation {
  readonly findings: Finding[];
  readonly reads: Set<FactPath>;
  /** The patterns of the whole document so far; without it they are not counted. */
  readonly patterns?: PatternCount;
}

/** Patterns that were compiled, and what they weigh together. */
export interface PatternCount {
  readonly known: Set<string>;
  weight: number;
}

/** The patterns of one document may weigh as much as 5,000 globs of usual length. */
const MAX_WEIGHT = 500_000;
/** It takes as long as to compile ten of the largest that are not refused. */
const WEIGHT_OF_TOO_LARGE = 50_000;

/** A pattern, and all the texts that the fact it tests can be, null where they are not counted. */
interface CheckedPattern {
  readonly kind: PatternKind;
  readonly source: string;
  readonly values?: readonly string[] | null;
}

/**
 * Checks that a pattern compiles, and that it matches something that its fact can be; a finding
 * says why not. Where those of a document are too many together one finding says so, and the rest
 * are not compiled.
 */
export function checkPattern(
  { findings, patterns = uncounted() }: Compilation,
  at: Pointer,
  { kind, source, values = null }: CheckedPattern,
): void {
  if (patterns.weight > MAX_WEIGHT) return;
  const isKnown = patterns.known.has(`${kind}:${source}`);
  if (isKnown && values === null) return;
  try {
    const { weight, matches } = compilePattern(kind, source);
    patterns.weight += isKnown ? 0 : weight;
    patterns.known.add(`${kind}:${source}`);
    if (values !== null && !values.some(matches)) findings.push({ at, ...never(values, source) });
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    if (error.code === "PATTERN_TOO_LARGE") patterns.weight += WEIGHT_OF_TOO_LARGE;
    findings.push({ at, ...notAPattern(kind, source, error) });
  }
  if (patterns.weight > MAX_WEIGHT) findings.push({ at, ...TOO_MANY_PATTERNS });
}

function never(values: readonly string[], source: string): Pick<Finding, "message" | "remedy"> {
  return {
    message: `this fact is never ${JSON.stringify(source.slice(0, 80))}`,
    remedy: meantValue(values, source),
  };
}

const TOO_MANY_PATTERNS = {
  message: "up to here the patterns of this file are too many, or repeat too much, together",
  remedy: "join patterns that are alike, count fewer repetitions, or split the file",
};

function uncounted(): PatternCount {
  return { known: new Set(), weight: 0 };
}

function notAPattern(
  kind: PatternKind,
  source: string,
  { message }: RulesError,
): Pick<Finding, "message" | "remedy"> {
  const what = kind === "search" ? "pattern" : "glob";
  return {
    message: `${JSON.stringify(source.slice(0, 80))} is not a ${what}: ${message}`,
    remedy:
      kind === "search"
        ? "write an RE2 pattern: without look-around or back-references"
        : "correct it; a \\ before *, ?, [, { or \\ makes it stand for itself",
  };
}
