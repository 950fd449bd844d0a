import type { Facts } from "../facts/facts.ts";
import type { PolicyCheck, Reason } from "../verdict/verdict.ts";
import { weighApprovals } from "./approvals.ts";
import { evaluatePolicy } from "./evaluate.ts";
import type { Policy } from "./policy-set.ts";
import { missingApprovals } from "./remedy.ts";

/**
 * The smallest set of acts after which nothing of a judgement would be left unsettled: one approval
 * settles whatever asks for no more than it, and what no approval settles has to be edited.
 */
export function actsToAllow(
  checks: readonly PolicyCheck[],
  policies: readonly Policy[],
  facts: Facts,
): readonly string[] {
  const open = checks.flatMap(({ reasons }) =>
    reasons.filter(({ settledBy }) => settledBy.length === 0),
  );
  const asked = open.map((reason) => ({ reason, approval: approvalFor(reason, policies, facts) }));
  const approvals = asked.flatMap(({ approval }) => approval ?? []);
  const edits = asked.flatMap(({ reason, approval }) => (approval === null ? [reason.remedy] : []));
  return [...distinct(mostAsking(approvals).map(({ words }) => words)), ...distinct(edits)];
}

interface Approval {
  /** Whose: everybody's who may write where it is null. */
  readonly users: readonly string[] | null;
  readonly missing: number;
  readonly words: string;
}

/** The approval that would settle a reason; null where none would. */
function approvalFor(reason: Reason, policies: readonly Policy[], facts: Facts): Approval | null {
  const rule = policies.find(
    (policy) =>
      policy.id === reason.policyId && evaluatePolicy(policy, facts).reasons.some(isSame(reason)),
  );
  if (!rule?.approvedBy) return null;
  const approvals = weighApprovals(rule.approvedBy, facts);
  const words = missingApprovals(rule.approvedBy, approvals, facts);
  if (words === null) return null;
  const { users, count } = rule.approvedBy;
  return { users, missing: count - approvals.counted.length, words };
}

function isSame({ decision, message, path, line }: Reason): (other: Reason) => boolean {
  return (other) =>
    other.decision === decision &&
    other.message === message &&
    other.path === path &&
    other.line === line;
}

/** Whoever is listed may write, so that their approvals settle what asks for anybody's. */
function mostAsking(approvals: readonly Approval[]): readonly Approval[] {
  const byWords = [...new Map(approvals.map((approval) => [approval.words, approval])).values()];
  const most = Math.max(0, ...byWords.map(({ missing }) => missing));
  const listed = byWords.filter(({ users }) => users !== null);
  const anybodys = byWords.filter(({ users, missing }) => users === null && missing === most);
  const isCovered = listed.some(({ missing }) => missing >= most);
  return isCovered ? listed : [...anybodys.slice(0, 1), ...listed];
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
