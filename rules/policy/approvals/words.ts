import type { Facts } from "../../facts/facts.ts";
import { isPossible, type Lacking } from "./lacking.ts";
import type { WhyVoid } from "./void.ts";
import type { Approvals, Voided } from "./weigh.ts";

/** One act that is missing, in words. `anybody`: anybody who may write can do it. */
export interface Act {
  readonly words: string;
  readonly anybody: boolean;
  /** How many approvals it takes. */
  readonly missing: number;
}

/** The acts that are missing, each in words; null where there are too few people who could do them. */
export function missingActs(
  { lacking, vetoes }: Approvals,
  { change }: Facts,
): readonly Act[] | null {
  if (!isPossible(lacking)) return null;
  const withdrawn = vetoes.map(({ actor }) => ({
    words: `an approval by @${actor.login} of ${short(change.head)}, who requested changes, or a dismissal of that request`,
    ...{ anybody: false, missing: 1 },
  }));
  return [...lacking.map((one) => approvalAct(one, change.head)), ...withdrawn];
}

function approvalAct({ who, missing, given }: Lacking, head: string): Act {
  const what = countOf(missing, given);
  const words =
    who === null
      ? `${what} of ${short(head)} by someone else who may write to the repository`
      : `${what} by ${anyOf(who)} of ${short(head)}`;
  return { words, anybody: who === null, missing };
}

/**
 * `an approval by @bo or @cy of 1f2e3d4 (cy approved an earlier commit, 9a8b7c6)`; null where those
 * who could approve are too few.
 */
export function missingApprovals(approvals: Approvals, facts: Facts): string | null {
  const acts = missingActs(approvals, facts);
  if (acts === null) return null;
  const words = [...new Set(acts.map((act) => act.words))].join(", and ");
  return `${words}${asideOf(approvals.voided)}`;
}

/** A remedy has to stay readable where strangers approve. */
const MAX_VOIDED = 8;

function asideOf(voided: readonly Voided[]): string {
  const why = [...new Set(voided.map(whyVoid))];
  if (why.length === 0) return "";
  const more = why.length - MAX_VOIDED;
  const shown = more > 0 ? [...why.slice(0, MAX_VOIDED), `${more} more do not count`] : why;
  return ` (${shown.join("; ")})`;
}

function whyVoid({ review: { actor, commit }, why }: Voided): string {
  if (why === "contributors-unknown") return UNKNOWN_CONTRIBUTORS;
  if (why === "earlier-commit")
    return `${actor.login} approved an earlier commit, ${short(commit)}`;
  return `${actor.login} ${WORDS[why]}`;
}

const UNKNOWN_CONTRIBUTORS =
  "no approval counts while it is not known who wrote, committed and pushed the change";

const WORDS: Readonly<Record<Exclude<WhyVoid, "contributors-unknown" | "earlier-commit">, string>> =
  {
    bot: "approved it, and is a bot",
    author: "approved it, and is an author of it",
    committer: "approved it, and committed some of it",
    "co-author": "approved it, and is a co-author of it",
    pusher: "approved it, and pushed it last",
    "not-asked": "approved it, and is not known to be one of those who are asked",
    "other-base": "approved it for another base branch",
    "no-right": "approved it, and is not known to have the right to write",
    "left-out": "approved it, and is one of those whose approvals do not count here, or may be",
  };

function countOf(missing: number, given: number): string {
  const more = given > 0 ? "more " : "";
  if (missing > 1) return `${missing} ${more}approvals`;
  return given > 0 ? "one more approval" : "an approval";
}

function anyOf(who: readonly string[]): string {
  const names = [...who];
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} or ${last}`;
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
