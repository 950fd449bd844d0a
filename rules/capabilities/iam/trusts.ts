import type { Capability } from "../capability.ts";
import type { ConfigText } from "../cloud/config-value.ts";
import { widerActions } from "../cloud/patterns.ts";
import { firstOfEach } from "../first-of-each.ts";
import { printable } from "../printable.ts";
import { distinctWays, type Way } from "../reach.ts";
import { contextOf, type Grant } from "./grant.ts";
import { principalName, trustLevel } from "./principals.ts";
import type { Statement } from "./statement.ts";
import { limited, MAX_PAIRS, reachOf } from "./statement-reach.ts";

/** A policy of a resource: each principal may do the statement's actions. */
export function trusts(statement: Statement): Grant[] {
  const { principals, notPrincipals, conditions } = statement;
  const context = contextOf(statement);
  const reach = trustReach(statement);
  const [first] = notPrincipals;
  const others: Grant[] = first
    ? [
        {
          ...trustOf("*", first.who, context),
          level: first.who.literal ? "anyone" : "account",
          reach,
        },
      ]
    : [];
  return [
    ...others,
    ...firstOfEach(principals, principalName).map((principal) => ({
      ...trustOf(principalName(principal), principal.who, context),
      level: trustLevel(principal, conditions),
      reach,
    })),
  ];
}

function trustOf(name: string, { literal, line }: ConfigText, context: string) {
  const certainty: Capability["certainty"] = literal ? "exact" : "heuristic";
  const wider = name === "*" ? [] : ["*"];
  return { kind: "iam.trust", name: printable(name), wider, context, line, certainty };
}

/** One way for each action, on all of the statement's resources. */
function trustReach(statement: Statement): readonly Way[] {
  const { actions, principals } = statement;
  const inner = reachOf({ ...statement, actions: [] });
  const isWide = inner.length * actions.length * Math.max(1, principals.length) > MAX_PAIRS;
  if (actions.length === 0 || isWide) return inner;
  const ways = actions.flatMap(({ text, line }) => {
    const name = text.toLowerCase();
    return inner.map((way): Way => {
      const bounds = widerActions(text).map((wider) => `${wider} ${way.cause}`);
      const wider = (way.bounds ?? []).map((bound) => `${name} ${bound}`);
      return { ...way, cause: `${name} ${way.cause}`, bounds: [...bounds, ...wider], line };
    });
  });
  return limited(distinctWays(ways));
}
