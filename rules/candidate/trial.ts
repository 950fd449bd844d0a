import { parseCaseFile, type PolicyCases } from "../policy-cases/case-file.ts";
import type { CaseResult } from "../policy-cases/case-result.ts";
import { evidenceOfFiles, factsOfCase, tryCase } from "../policy-cases/try-case.ts";
import { stepsOf } from "../policy/effort.ts";
import type { PolicyProblem, PolicySet, PolicySource } from "../policy/policy-set.ts";

/** A case that was tried, and its line in the file of cases. */
export interface TriedCase extends CaseResult {
  readonly line: number;
}

/**
 * What the cases beside policies came to. `problems` say why none was tried. `ranges` counts those
 * about commits, which only `policy test` tries; `untried` those that would have taken too much.
 */
export interface Trial {
  readonly problems: readonly PolicyProblem[];
  readonly tried: readonly TriedCase[];
  readonly ranges: number;
  readonly untried: number;
}

/** What trying all cases of one change may take: see `stepsOf`; about ten seconds. */
const MAX_STEPS = 20_000_000;

/** What one case takes besides: its facts are made. */
const STEPS_OF_CASE = 10_000;

/** Tries the cases that are about files by policies that have no problem, until they take too much. */
export function tryCases(
  source: PolicySource,
  policies: PolicySet,
  maxSteps: number = MAX_STEPS,
): Trial {
  const read = parseCaseFile(source);
  if ("problems" in read) return { problems: read.problems, tried: [], ranges: 0, untried: 0 };
  return { problems: [], ...triedUntil(maxSteps, read, policies) };
}

function triedUntil(
  maxSteps: number,
  { cases, lines }: PolicyCases,
  policies: PolicySet,
): Omit<Trial, "problems"> {
  const tried: TriedCase[] = [];
  let [left, ranges, untried] = [maxSteps, 0, 0];
  for (const [index, one] of cases.entries()) {
    const evidence = evidenceOfFiles(one);
    if (evidence === null) ranges += 1;
    else if (left < STEPS_OF_CASE) untried += 1;
    else {
      const facts = factsOfCase(evidence, policies);
      left -= STEPS_OF_CASE + stepsOf(policies.policies, facts);
      if (left < 0) untried += 1;
      else {
        const result = tryCase(one, facts, { policies, origin: "cli" });
        tried.push({ ...result, line: lines[index] ?? 1 });
      }
    }
  }
  return { tried, ranges, untried };
}
