import type { Actor, Contributor, Facts, Review } from "../../facts/facts.ts";
import { isSameLogin } from "../../facts/same-login.ts";
import { type ApprovalRule, type Contribution, groupsOf } from "./approval-rule.ts";
import { mayWrite } from "./proofs.ts";
import { belongs, isNamed, type Requirement } from "./requirement.ts";

/** Why an approval does not count. */
export type WhyVoid =
  | "bot"
  | Contribution
  | "not-asked"
  | "earlier-commit"
  | "other-base"
  | "no-right"
  | "left-out"
  | "contributors-unknown";

/** The paths that an approval has to have seen as they are: null for the whole change. */
export type JudgedPaths = readonly string[] | null;

/** The paths that a rule's reasons are about, with both names of what was renamed. */
export function judgedPaths(paths: readonly (string | null)[], { change }: Facts): JudgedPaths {
  const asked = new Set(paths);
  if (asked.size === 0 || asked.has(null)) return null;
  for (const { path, previousPath } of change.files) {
    if (previousPath === null || !(asked.has(path) || asked.has(previousPath))) continue;
    asked.add(path).add(previousPath);
  }
  return [...asked].filter((path) => path !== null);
}

/** Why nobody's approval counts as far as its author and what it saw go; null where it does. */
export function whyVoidAnywhere(
  review: Review,
  { rule, facts, paths }: { rule: ApprovalRule; facts: Facts; paths: JudgedPaths },
): WhyVoid | null {
  if (review.actor.bot) return "bot";
  const contribution = rule.ignoring.find((one) => contributed(review.actor, one, facts));
  if (contribution !== undefined) return contribution;
  if (!sawThis(review, { rule, facts, paths })) return "earlier-commit";
  if (review.retargeted) return "other-base";
  return areKnown(rule, facts) ? null : "contributors-unknown";
}

/** Why an approval counts for none of these requirements. */
export function whyVoidFor(
  review: Review,
  anywhere: WhyVoid | null,
  requirements: readonly Requirement[],
): WhyVoid {
  if (anywhere === "bot" || isContribution(anywhere)) return anywhere;
  if (!requirements.some((requirement) => isNamed(review, requirement))) return "not-asked";
  if (anywhere !== null && anywhere !== "contributors-unknown") return anywhere;
  if (!requirements.some((requirement) => belongs(review, requirement))) {
    return mayWrite(review.via) ? "left-out" : "no-right";
  }
  return anywhere ?? "not-asked";
}

function isContribution(why: WhyVoid | null): why is Contribution {
  return why === "author" || why === "committer" || why === "co-author" || why === "pusher";
}

/** Whether it is known who did what a rule asks about: what nobody knows may be the approver's. */
function areKnown({ ignoring }: ApprovalRule, { action, contributors }: Facts): boolean {
  if (ignoring.length === 0) return true;
  if (contributors === null || (ignoring.includes("author") && action.author === null))
    return false;
  return !contributors.some((one) => {
    return one.actor === null && ignoring.includes(one.as) && !isNamedInWords(one);
  });
}

/** A trailer says what its writer likes, and leaving it out says nothing: an address of no account names nobody. */
function isNamedInWords({ as, commit }: Contributor): boolean {
  return as === "co-author" && commit !== null;
}

/** Whether somebody had that hand in the change, as far as is known. */
export function contributed(
  actor: Pick<Actor, "login"> & Partial<Actor>,
  as: Contribution,
  { action, contributors }: Facts,
): boolean {
  const opened = as === "author" && action.author !== null && isSame(actor, action.author);
  return (
    opened ||
    (contributors ?? []).some((one) => {
      return one.as === as && one.actor !== null && isSame(actor, one.actor);
    })
  );
}

function isSame(one: Pick<Actor, "login"> & Partial<Actor>, other: Actor): boolean {
  return one.id === other.id || isSameLogin(one.login, other.login);
}

function sawThis(
  { commit, sameChange, sameFor }: Review,
  { rule, facts, paths }: { rule: ApprovalRule; facts: Facts; paths: JudgedPaths },
): boolean {
  if (commit === facts.change.head) return true;
  if (rule.survives === "nothing") return false;
  if (sameChange === true) return true;
  if (rule.survives === "change" || paths === null) return false;
  const same = new Set(sameFor);
  return paths.every((path) => same.has(path));
}

/** Whether a rule has a group that asks for owners. */
export function asksOwners({ node }: ApprovalRule): boolean {
  return groupsOf(node).some(({ owners }) => owners);
}
