import { loadPolicies } from "../policy/load.ts";
import type { PolicySet, PolicySource } from "../policy/policy-set.ts";
import { POLICY_PATH } from "../policy/policy-source.ts";
import { type HeadFile, isDocument } from "./candidate.ts";
import type { CandidateReview, CountedCases } from "./review.ts";
import type { TriedCandidate } from "./tried.ts";

/** What can be said of a candidate without judging anything by it. */
export function countedCandidate({
  policies,
  problems,
  trial,
}: TriedCandidate): Pick<CandidateReview, "policies" | "problems" | "cases"> {
  const cases = trial === null || trial.problems.length > 0 ? null : countedCases(trial);
  return { policies: stateOf(policies, problems.length), problems: problems.length, cases };
}

/**
 * The policies as they would judge once the change is in: the repository's own replaced by those of
 * its head, and what others set beside them as it is. null where the head's cannot judge.
 */
export function candidatePolicies(
  { policies, problems }: TriedCandidate,
  present: PolicySet,
): PolicySet | null {
  if (!isDocument(policies) || problems.length > 0) return null;
  const own = present.sources.filter(isOwn);
  const replaced = new Set(loadPolicies(own, false).sources.map(placeOf));
  const kept = present.sources.filter((source) => !replaced.has(placeOf(source)));
  // Where nobody set any, the pack that judged in simulation gives way.
  const others = own.length === 0 && present.simulation ? [] : kept;
  return loadPolicies([...others, policies], false);
}

function stateOf(policies: HeadFile, problems: number): CandidateReview["policies"] {
  if (policies === null) return "untouched";
  if (policies === "removed") return "removed";
  return isDocument(policies) && problems === 0 ? "sound" : "broken";
}

function countedCases({
  tried,
  ranges,
  untried,
}: NonNullable<TriedCandidate["trial"]>): CountedCases {
  const failed = tried.filter(({ misses }) => misses.length > 0).length;
  return { tried: tried.length, failed, ranges, untried };
}

function isOwn({ path, commit }: PolicySource): boolean {
  return path === POLICY_PATH && commit !== null;
}

function placeOf({ repoId, commit, path }: PolicySource): string {
  return JSON.stringify([repoId, commit, path]);
}
