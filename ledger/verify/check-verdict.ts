import { isAbout, type Statement } from "../format/statement.ts";
import {
  allReasons,
  recordedItems,
  type RecordedCheck,
  type RecordedReason,
  type RecordedOverride,
  type RecordedReview,
  type RecordedWaiver,
  type VerdictPredicate,
} from "../predicates.ts";
import { checksFault } from "./check-checks.ts";

/**
 * Why a verdict's record contradicts itself, null where it does not: it must be about its change's
 * head and tree alone, its decision and policies must be those of its unsettled reasons, its checks
 * what their reasons say, and what was settled must be so by reviews that it holds.
 *
 * Otherwise two readers tell two stories of it: the log goes by the subject, a lineage by the
 * change, a gate by the decision, a person by the reasons. What was over the record's limit and
 * stands as a digest is not looked at.
 */
export function verdictFault(statement: Statement, predicate: VerdictPredicate): string | null {
  const { head, headTree } = predicate.change;
  if (!isAbout(statement, { commit: head, tree: headTree })) {
    return "its subject is not its change's head";
  }
  if (!decisionFollows(predicate)) return "its decision is not the one that its reasons give";
  return checksFault(predicate) ?? settlementFault(predicate) ?? exceptionFault(predicate);
}

type Decision = VerdictPredicate["verdict"]["decision"];

function decisionFollows({ verdict, checks }: VerdictPredicate): boolean {
  const { decision, policyIds, reasons, reasonsOmitted } = verdict;
  if ((decision === "ALLOW") !== (policyIds.length === 0)) return false;
  const lists = [
    ...(Array.isArray(reasons) ? [recordedItems<RecordedReason>(reasons)] : []),
    ...reasonsOfAll(checks),
  ];
  return lists.every((list) => {
    const unsettled = list.filter(({ settledBy }) => settledBy.length === 0);
    const named = new Set(unsettled.map(({ policyId }) => policyId));
    const whole = reasonsOmitted === 0 || list.length > unsettled.length;
    return (
      worstOf(unsettled) === decision &&
      [...named].every((id) => policyIds.includes(id)) &&
      (!whole || named.size === policyIds.length)
    );
  });
}

/** The one list of what all checks found; none where a part of it was over the limit. */
function reasonsOfAll(checks: VerdictPredicate["checks"]): readonly (readonly RecordedReason[])[] {
  if (!Array.isArray(checks)) return [];
  const lists = recordedItems<RecordedCheck>(checks).map(({ reasons }) => reasons);
  const whole = lists.every((list) => Array.isArray(list));
  return whole ? [lists.flatMap((list) => recordedItems<RecordedReason>(list))] : [];
}

function worstOf(unsettled: readonly RecordedReason[]): Decision {
  if (unsettled.some(({ decision }) => decision === "DENY")) return "DENY";
  return unsettled.length > 0 ? "WARN" : "ALLOW";
}

/** A waiver and an override are in the record that they settle something of; an override is of its head. */
function exceptionFault(predicate: VerdictPredicate): string | null {
  const { waivers = [], overrides = [] } = predicate.external;
  const settlements = allReasons(predicate).flatMap(({ settledBy }) => settledBy);
  const ofKind = (kind: string) => settlements.filter((act) => act.kind === kind);
  if (Array.isArray(waivers)) {
    const ids = new Set(recordedItems<RecordedWaiver>(waivers).map(({ id }) => id));
    if (!ofKind("waiver").every(({ id }) => ids.has(id)))
      return "a waiver that settles is not in it";
  }
  if (!Array.isArray(overrides)) return null;
  const ofHead = recordedItems<RecordedOverride>(overrides).filter(
    ({ head }) => head === predicate.change.head,
  );
  const ids = new Set(ofHead.map(({ id }) => id));
  return ofKind("override").every(({ id }) => ids.has(id)) ? null : "an override is not in it";
}

/**
 * Only an approval settles that saw the judged head, or an earlier commit with the same change or the
 * same paths; and the record holds every review that was weighed.
 */
function settlementFault(predicate: VerdictPredicate): string | null {
  const { reviews } = predicate.external;
  if (reviews !== null && !Array.isArray(reviews)) return null;
  const approvals = recordedItems<RecordedReview>(reviews).filter(
    (review) => review.state === "approved" && !review.retargeted && saw(review, predicate),
  );
  const known = new Set(approvals.map(({ id, actor, at }) => approvalKey(id, actor.login, at)));
  const settlements = allReasons(predicate).flatMap(({ settledBy }) => settledBy);
  const holds = settlements
    .filter(({ kind }) => kind === "approval")
    .every(({ id, actor, at }) => known.has(approvalKey(id, actor, at)));
  return holds ? null : "what settles its reasons is no approval that it holds";
}

function saw({ commit, sameChange, sameFor }: RecordedReview, { change }: VerdictPredicate) {
  return commit === change.head || sameChange === true || (sameFor ?? []).length > 0;
}

function approvalKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
