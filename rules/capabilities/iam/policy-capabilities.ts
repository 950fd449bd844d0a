import type { Capability } from "../capability.ts";
import type { ConfigText } from "../cloud/config-value.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { distinctWays } from "../reach.ts";
import { ACTION_LEVELS } from "./action-level.ts";
import { denials } from "./denials.ts";
import { contextOf, type Grant } from "./grant.ts";
import { principalName, TRUST_LEVELS } from "./principals.ts";
import type { Condition, Principal, Statement } from "./statement.ts";
import { actionsOf } from "./statement-actions.ts";
import { limited, reachOf } from "./statement-reach.ts";
import { trusts } from "./trusts.ts";

/**
 * What the statements of one policy grant its holder, one capability for each action or principal.
 *
 * Statements are taken together, as the platform does: what is split, merged or put in another
 * order grants the same. Each resource is a way, which the statement's conditions narrow; a wider
 * resource, another one, or a condition less is a raise.
 */
export function policyCapabilities(holder: string, statements: readonly Statement[]): Capability[] {
  const content = contentDigest(...statements.map(contentOf).sort());
  const held = { holder: printable(holder), holderContent: content, isReferredTo: true } as const;
  const granted = statements.flatMap((statement) => grantsOf(statement));
  const groups = Map.groupBy(granted, ({ kind, name }) => `${kind} ${name}`);
  return [...groups.values()].map((same) => ({ ...together(same), ...held }));
}

function grantsOf(statement: Statement): Grant[] {
  if (statement.effect === "Deny") return denials(statement);
  const isOfResource = statement.principals.length + statement.notPrincipals.length > 0;
  return isOfResource ? trusts(statement) : allowances(statement);
}

function together(same: readonly Grant[]): Grant {
  const [first] = same;
  if (!first) throw new RangeError("a group has a member");
  if (same.length === 1) return first;
  const level = strongest(same.map((grant) => grant.level));
  const contexts = [...new Set(same.map(({ context }) => context))].sort().join("; ");
  const exact = same.some(({ certainty }) => certainty === "exact");
  return {
    ...first,
    ...(level !== undefined && { level }),
    context: printable(contexts),
    certainty: exact ? "exact" : "heuristic",
    reach: limited(distinctWays(same.flatMap(({ reach }) => reach))),
  };
}

function strongest(levels: readonly (string | undefined)[]): string | undefined {
  const ranked: readonly string[] = [...ACTION_LEVELS, ...TRUST_LEVELS];
  return levels.reduce((most, level) => {
    return ranked.indexOf(level ?? "") > ranked.indexOf(most ?? "") ? level : most;
  });
}

function allowances(statement: Statement): Grant[] {
  const reach = reachOf(statement);
  const context = contextOf(statement);
  return actionsOf(statement).map((action) => ({
    kind: "iam.allow",
    ...action,
    context,
    reach,
  }));
}

/** A statement in one spelling: what it is called does not count. */
function contentOf(statement: Statement): string {
  const texts = (of: readonly ConfigText[]): string[] => of.map(({ text }) => text).sort();
  const whom = (of: readonly Principal[]): string[] => of.map(principalName).sort();
  return JSON.stringify([
    statement.effect,
    texts(statement.actions).map((action) => action.toLowerCase()),
    texts(statement.notActions),
    texts(statement.resources),
    texts(statement.notResources),
    whom(statement.principals),
    whom(statement.notPrincipals),
    statement.conditions.map(conditionText).sort(),
  ]);
}

function conditionText({ operator, key, values }: Condition): string {
  return JSON.stringify([operator, key, values]);
}
