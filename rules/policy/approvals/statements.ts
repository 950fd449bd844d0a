import { canonicalJson } from "../../canonical.ts";
import { compareBytes } from "../../change/path-order.ts";
import type { Review } from "../../facts/facts.ts";

/** What reviewers stand by. Both lists are in the order of time. */
export interface Statements {
  /** Approvals after which their author neither requested changes nor had a review dismissed. */
  readonly approvals: readonly Review[];
  /** The last word of those who requested changes. */
  readonly vetoes: readonly Review[];
}

/**
 * What reviewers still say: a comment changes nothing, a request for changes or a dismissal ends
 * what its author approved before, and an approval ends their request for changes.
 */
export function standingStatements(reviews: readonly Review[]): Statements {
  const decisive = reviews.filter(({ state }) => state !== "commented").sort(byTime);
  const people = [...Map.groupBy(decisive, ({ actor }) => actor.id).values()];
  const approvals = people.flatMap((said) =>
    said.slice(said.findLastIndex(({ state }) => state !== "approved") + 1),
  );
  const last = people.flatMap((said) => said.slice(-1));
  const vetoes = last.filter(({ state }) => state === "changes_requested");
  return { approvals: approvals.sort(byTime), vetoes: vetoes.sort(byTime) };
}

/** The order of reviews: by their time, then as the host numbers them. */
export function byTime(left: Review, right: Review): number {
  return (
    timeOf(left) - timeOf(right) ||
    left.id.length - right.id.length ||
    compareBytes(left.id, right.id) ||
    // At one time the approval comes first: what ends it wins.
    Number(right.state === "approved") - Number(left.state === "approved") ||
    compareBytes(canonicalJson(left), canonicalJson(right))
  );
}

/** RFC 3339 leaves the spelling of a time open, so texts would not compare. */
function timeOf({ at, state }: Review): number {
  const time = Date.parse(at);
  if (!Number.isNaN(time)) return time;
  return state === "approved" ? -8.64e15 : 8.64e15;
}
