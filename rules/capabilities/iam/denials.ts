import { printable } from "../printable.ts";
import type { Way } from "../reach.ts";
import { conditionLine, conditionWays } from "./condition-ways.ts";
import { contextOf, type Grant } from "./grant.ts";
import { principalName } from "./principals.ts";
import type { Principal, Statement } from "./statement.ts";
import { actionsOf } from "./statement-actions.ts";
import { exceptionsOf, limited, resourcesOf } from "./statement-reach.ts";

/** A guard: one for each action on each resource, so that no other resource can stand in for one. */
export function denials(statement: Statement): Grant[] {
  const { conditions, principals, line } = statement;
  const actions = actionsOf(statement);
  const resources = resourcesOf(statement, actions.length);
  const exceptions = exceptionsOf(statement);
  const context = contextOf(statement);
  const reach = (except: readonly string[]): readonly Way[] =>
    limited(
      whomOf(principals).flatMap((cause) =>
        conditionWays(conditions).map((texts): Way => {
          const all = [...texts, ...exceptions, ...except].sort();
          return { cause, conditions: all, line, guardLine: conditionLine(conditions, line) };
        }),
      ),
    );
  return resources.flatMap((resource) => {
    const ways = reach(resource.except);
    const where = resource.cause.replace(/^resource:/u, "");
    return actions.map(({ name, wider, line: own, certainty }) => ({
      kind: "iam.deny",
      name: printable(`${name} on ${where}`),
      wider: wider.map((other) => printable(`${other} on ${where}`)),
      ...{ context, line: own, certainty, reach: ways },
    }));
  });
}

function whomOf(principals: readonly Principal[]): readonly string[] {
  if (principals.length === 0) return ["denies"];
  return [...new Set(principals.map((principal) => `denies ${principalName(principal)}`))];
}
