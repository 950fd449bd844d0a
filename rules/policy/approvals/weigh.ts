import type { Facts, Review } from "../../facts/facts.ts";
import type { Settlement } from "../../verdict/verdict.ts";
import type { Item } from "../items.ts";
import type { ApprovalNode, ApprovalRule } from "./approval-rule.ts";
import { type Lacking, lackingOf, smallest } from "./lacking.ts";
import { type OwnerSet, ownerSets } from "./owner-sets.ts";
import { belongs, mayBelong, type Requirement, requirementsOf } from "./requirement.ts";
import { byTime, standingStatements, type Statements } from "./statements.ts";
import {
  asksOwners,
  judgedPaths,
  type JudgedPaths,
  whyVoidAnywhere,
  whyVoidFor,
  type WhyVoid,
} from "./void.ts";

/** What the reviews of a change come to for one reason of a rule. */
export interface Approvals {
  /** The approvals that settle, sorted by time; empty until there are as many as the rule asks for. */
  readonly settledBy: readonly Settlement[];
  /** The approvals that are missing: the fewest that would do. */
  readonly lacking: readonly Lacking[];
  /** Requests for changes by somebody who could approve: until each is withdrawn nothing is settled. */
  readonly vetoes: readonly Review[];
  /** The approvals that count for nothing, and why. */
  readonly voided: readonly Voided[];
}

export interface Voided {
  readonly review: Review;
  readonly why: WhyVoid;
}

/**
 * Makes the function that weighs the reviews of a change for each item that a rule fired for.
 *
 * Each group of the rule needs as many people as it counts, whose right is proven and whose
 * approval saw what is judged for the present base branch (against another one the same commit is
 * another change); nobody who had the hand in the change that the rule ignores, and never a
 * bot. One person may serve in several groups. Whoever could approve and requested changes vetoes,
 * whatever hand they had in it: naming somebody as a co-author must not silence them. What is
 * unknown settles nothing. Taking an approval away, or adding a veto, never settles more.
 */
export function weigher(
  rule: ApprovalRule,
  facts: Facts,
  items: readonly Item[],
): (item: Item) => Approvals {
  const judged = { rule, facts, paths: judgedPaths(items.map(pathOf), facts) };
  const opened = openCase(judged);
  const setsOf = asksOwners(rule) ? ownerSets(facts) : null;
  const known = new Map<string, Approvals>();
  return (item) => {
    const path = rule.scope === "paths" ? pathOf(item) : null;
    const sets = setsOf?.(path) ?? (setsOf === null ? [] : null);
    const key = JSON.stringify(sets?.map(({ owners }) => owners) ?? null);
    const approvals = known.get(key) ?? weighFor(opened, sets);
    known.set(key, approvals);
    return approvals;
  };
}

/** The reviews of a change under one rule, with what stands against each. */
interface Case extends Statements {
  readonly rule: ApprovalRule;
  readonly facts: Facts;
  readonly anywhere: ReadonlyMap<Review, WhyVoid | null>;
}

function openCase(judged: { rule: ApprovalRule; facts: Facts; paths: JudgedPaths }): Case {
  const statements = standingStatements(judged.facts.reviews ?? []);
  const anywhere = statements.approvals.map((review): [Review, WhyVoid | null] => [
    review,
    whyVoidAnywhere(review, judged),
  ]);
  return { ...judged, ...statements, anywhere: new Map(anywhere) };
}

function weighFor(weighed: Case, sets: readonly OwnerSet[] | null): Approvals {
  const { rule, facts, approvals, anywhere } = weighed;
  const requirements = allRequirements(rule.node, sets);
  const vetoes = weighed.vetoes.filter(
    (review) => !review.actor.bot && requirements.some((one) => mayBelong(review, one)),
  );
  const { counted, lacking } = weighNode(rule.node, { weighed, sets });
  const serving = new Set(counted.map(({ actor }) => actor.id));
  const voided = approvals
    .filter(({ actor }) => !serving.has(actor.id))
    .map((review) => ({
      review,
      why: whyVoidFor(review, anywhere.get(review) ?? null, requirements),
    }));
  const isSettled = lacking.length === 0 && vetoes.length === 0 && facts.reviews !== null;
  return {
    settledBy: isSettled ? counted.toSorted(byTime).map(settlementOf) : [],
    ...{ lacking, vetoes, voided },
  };
}

function allRequirements(
  node: ApprovalNode,
  sets: readonly OwnerSet[] | null,
): readonly Requirement[] {
  if (node.is === "group") return requirementsOf(node, sets);
  return node.of.flatMap((one) => allRequirements(one, sets));
}

/** What one node of a rule comes to: who serves in it, each once, and who is missing. */
interface Weighed {
  readonly counted: readonly Review[];
  readonly lacking: readonly Lacking[];
}

interface Weighing {
  readonly weighed: Case;
  readonly sets: readonly OwnerSet[] | null;
}

function weighNode(node: ApprovalNode, weighing: Weighing): Weighed {
  if (node.is === "group") {
    const { weighed, sets } = weighing;
    return together(
      requirementsOf(node, sets).map((requirement) => weighRequirement(requirement, weighed)),
    );
  }
  const parts = node.of.map((one) => weighNode(one, weighing));
  if (node.is === "all") return together(parts);
  const enough = parts.filter(({ lacking }) => lacking.length === 0);
  if (enough.length > 0) return together(enough);
  const { counted } = together(parts);
  return { counted, lacking: smallest(parts.map(({ lacking }) => lacking)) };
}

function together(parts: readonly Weighed[]): Weighed {
  const counted = [...new Set(parts.flatMap((part) => part.counted))];
  return { counted, lacking: parts.flatMap(({ lacking }) => lacking) };
}

function weighRequirement(requirement: Requirement, weighed: Case): Weighed {
  const { approvals, anywhere } = weighed;
  const serving = approvals.filter(
    (review) => anywhere.get(review) === null && belongs(review, requirement),
  );
  // Who approved again settles by the last of it.
  const counted = [...new Map(serving.map((review) => [review.actor.id, review])).values()];
  const { count } = requirement.group;
  return {
    counted,
    lacking: counted.length >= count ? [] : [lackingOf(requirement, counted, weighed)],
  };
}

function pathOf(item: Item): string | null {
  return item !== null && "path" in item ? item.path : null;
}

function settlementOf({ id, actor, at }: Review): Settlement {
  return { kind: "approval", id, actor: actor.login, at };
}
