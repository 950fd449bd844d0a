import type { Facts } from "../facts/facts.ts";
import type { PolicyCheck, Reason } from "../verdict/verdict.ts";
import { type Act, missingActs } from "./approvals/words.ts";
import { firedReason, firePolicy, type Found } from "./evaluate.ts";
import { joinAlike } from "./join-alike.ts";
import type { Policy } from "./policy-set.ts";

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
  const approvable = policies
    .filter(({ approvedBy }) => approvedBy !== null)
    .map((policy) => firePolicy(policy, facts))
    .map((found) => ({ ...found, fired: joinAlike(found.fired) }));
  const asked = open.map((reason) => ({ reason, acts: approvalsFor(reason, approvable, facts) }));
  const approvals = asked.flatMap(({ acts }) => acts ?? []);
  const edits = asked.flatMap(({ reason, acts }) => (acts === null ? [reason.remedy] : []));
  return [...distinct(mostAsking(approvals).map(({ words }) => words)), ...distinct(edits)];
}

/** The approvals that would settle a reason; null where none would. */
function approvalsFor(
  reason: Reason,
  approvable: readonly Found[],
  facts: Facts,
): readonly Act[] | null {
  for (const found of approvable) {
    if (found.policy.id !== reason.policyId || found.weigh === null) continue;
    const item = found.fired.find((one) => isSame(reason, firedReason(one, found, facts)));
    if (item !== undefined) return missingActs(found.weigh(item), facts);
  }
  return null;
}

function isSame({ decision, message, path, line }: Reason, other: Reason): boolean {
  return (
    other.decision === decision &&
    other.message === message &&
    other.path === path &&
    other.line === line
  );
}

/** Whoever is named may write, so that their approvals settle what asks for anybody's. */
function mostAsking(approvals: readonly Act[]): readonly Act[] {
  const byWords = [...new Map(approvals.map((approval) => [approval.words, approval])).values()];
  const most = Math.max(0, ...byWords.map(({ missing }) => missing));
  const listed = byWords.filter(({ anybody }) => !anybody);
  const anybodys = byWords.filter(({ anybody, missing }) => anybody && missing === most);
  const isCovered = listed.some(({ missing }) => missing >= most);
  return isCovered ? listed : [...anybodys.slice(0, 1), ...listed];
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
