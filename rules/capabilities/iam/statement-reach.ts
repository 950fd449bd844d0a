import { widerPatterns } from "../cloud/patterns.ts";
import { contentDigest } from "../holder-content.ts";
import { distinctWays, type Way } from "../reach.ts";
import { conditionLine, conditionWays } from "./condition-ways.ts";
import type { Statement } from "./statement.ts";

/** Most ways of one grant that are told apart; of more, all together are one. */
const MAX_WAYS = 64;
/** Most pairs of action and resource of one statement whose resources are told apart. */
export const MAX_PAIRS = 2_000;

/** One way for each resource and each way to meet the conditions. */
export function reachOf(statement: Statement): readonly Way[] {
  const { conditions, notActions, actions, line } = statement;
  const exceptions = exceptionsOf(statement);
  const guardLine = conditionLine(conditions, notActions[0]?.line ?? line);
  const resources = resourcesOf(statement, Math.max(1, actions.length));
  const ways = resources.flatMap(({ cause, bounds, except, line: own }) =>
    conditionWays(conditions).map((texts): Way => {
      const all = [...texts, ...exceptions, ...except];
      return { cause, bounds, conditions: [...new Set(all)].sort(), line: own, guardLine };
    }),
  );
  return limited(distinctWays(ways));
}

/** Whom and what a statement is not about, each being a condition of every way. */
export function exceptionsOf({ notActions, notPrincipals }: Statement): readonly string[] {
  return [
    ...notActions.map(({ text }) => `no action ${text.toLowerCase()}`),
    ...notPrincipals.map(({ who }) => `no principal ${who.text}`),
  ];
}

interface Resource {
  readonly cause: string;
  /** Causes that include it. */
  readonly bounds: readonly string[];
  readonly except: readonly string[];
  readonly line: number;
}

/** What a statement is about; `actions` is how many it is about at once. */
export function resourcesOf(
  { resources, notResources, line }: Statement,
  actions: number,
): Resource[] {
  const [first] = notResources;
  if (first) {
    const except = notResources.map(({ text }) => `no resource ${text}`);
    return [{ cause: "resource:*", bounds: [], except, line: first.line }];
  }
  // A role's trust has no resource, nor has what is written for one resource in a module.
  const [own] = resources;
  if (!own) return [{ cause: "resource:itself", bounds: ["resource:*"], except: [], line }];
  if (resources.length * actions > MAX_PAIRS) {
    const cause = `resources:${contentDigest(...resources.map(({ text }) => text).sort())}`;
    return [{ cause, bounds: ["resource:*"], except: [], line: own.line }];
  }
  return resources.map(({ text, line: at }) => {
    const bounds = widerPatterns(text).map((wider) => `resource:${wider}`);
    return { cause: `resource:${text}`, bounds, except: [], line: at };
  });
}

/** Very many ways as one that stands for exactly these. */
export function limited(ways: readonly Way[]): readonly Way[] {
  const [first] = ways;
  if (!first || ways.length <= MAX_WAYS) return ways;
  const texts = ways.map(({ cause, conditions }) => JSON.stringify([cause, conditions]));
  const { line, guardLine } = first;
  return [{ cause: `ways:${contentDigest(...texts.sort())}`, conditions: [], line, guardLine }];
}
