import type { Capability } from "../capability.ts";
import type { ConfigText } from "../cloud/config-value.ts";
import { widerActions, widerPatterns } from "../cloud/patterns.ts";
import { firstOfEach } from "../first-of-each.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { distinctWays, type Way } from "../reach.ts";
import { ACTION_LEVELS, actionLevel, type ActionLevel } from "./action-level.ts";
import { conditionLine, conditionWays, shownConditions } from "./condition-ways.ts";
import { principalName, TRUST_LEVELS, trustLevel } from "./principals.ts";
import type { Condition, Principal, Statement } from "./statement.ts";

/** Most ways of one grant that are told apart; of more, all together are one. */
const MAX_WAYS = 64;
/** Most pairs of action and resource of one statement whose resources are told apart. */
const MAX_PAIRS = 2_000;

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

/** What one statement grants, before it is taken together with the policy's others. */
type Grant = Omit<Capability, "holder" | "holderContent" | "isReferredTo">;

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

interface NamedAction {
  readonly name: string;
  readonly wider: readonly string[];
  readonly level: ActionLevel;
  readonly line: number;
  readonly certainty: Capability["certainty"];
}

/** All actions but some are all, each exception being a condition of every way. */
function actionsOf({ actions, notActions }: Statement): NamedAction[] {
  const [first] = notActions;
  const all: NamedAction[] = first
    ? [{ name: "*", wider: [], level: "all", line: first.line, certainty: "exact" }]
    : [];
  return [...all, ...firstOfEach(actions, ({ text }) => text.toLowerCase()).map(actionOf)];
}

/** Nobody knows what a reference stands for: it is told as it is written, by its verb where that is. */
function actionOf({ text, literal, line }: ConfigText): NamedAction {
  if (!literal) {
    const verb = /^\$\{[^}]*\}:([\w*?]+)$/u.exec(text)?.[1];
    const level = verb === undefined ? "write" : actionLevel(`any:${verb}`);
    return { name: printable(text), wider: ["*"], level, line, certainty: "heuristic" };
  }
  const wider = widerActions(text).map(printable);
  const level = actionLevel(text);
  return { name: printable(text.toLowerCase()), wider, level, line, certainty: "exact" };
}

/** One way for each resource and each way to meet the conditions. */
function reachOf(statement: Statement): readonly Way[] {
  const { conditions, notActions, actions, line } = statement;
  const exceptions = notActions.map(({ text }) => `no action ${text.toLowerCase()}`);
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

interface Resource {
  readonly cause: string;
  /** Causes that include it. */
  readonly bounds: readonly string[];
  readonly except: readonly string[];
  readonly line: number;
}

function resourcesOf({ resources, notResources, line }: Statement, actions: number): Resource[] {
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

function limited(ways: readonly Way[]): readonly Way[] {
  const [first] = ways;
  if (!first || ways.length <= MAX_WAYS) return ways;
  const texts = ways.map(({ cause, conditions }) => JSON.stringify([cause, conditions]));
  const { line, guardLine } = first;
  return [{ cause: `ways:${contentDigest(...texts.sort())}`, conditions: [], line, guardLine }];
}

/** A policy of a resource: each principal may do the statement's actions. */
function trusts(statement: Statement): Grant[] {
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
  const { actions, notPrincipals, principals } = statement;
  const exceptions = notPrincipals.map(({ who }) => `no principal ${who.text}`);
  const inner = reachOf({ ...statement, actions: [] });
  const isWide = inner.length * actions.length * Math.max(1, principals.length) > MAX_PAIRS;
  if (actions.length === 0 || isWide) return inner;
  const ways = actions.flatMap(({ text, line }) => {
    const name = text.toLowerCase();
    return inner.map((way): Way => {
      const bounds = widerActions(text).map((wider) => `${wider} ${way.cause}`);
      const wider = (way.bounds ?? []).map((bound) => `${name} ${bound}`);
      const conditions = [...way.conditions, ...exceptions].sort();
      return {
        ...way,
        cause: `${name} ${way.cause}`,
        bounds: [...bounds, ...wider],
        conditions,
        line,
      };
    });
  });
  return limited(distinctWays(ways));
}

/** A guard: one for each action on each resource, so that no other resource can stand in for one. */
function denials(statement: Statement): Grant[] {
  const { conditions, principals, notPrincipals, line } = statement;
  const actions = actionsOf(statement);
  const resources = resourcesOf(statement, actions.length);
  const exceptions = [
    ...statement.notActions.map(({ text }) => `no action ${text.toLowerCase()}`),
    ...notPrincipals.map(({ who }) => `no principal ${who.text}`),
  ];
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

function contextOf({ resources, notResources, conditions }: Statement): string {
  const shown = (texts: readonly ConfigText[]): string =>
    [...new Set(texts.slice(0, MAX_WAYS).map(({ text }) => text))].sort().join(", ");
  const on = resources.length > 0 ? `on ${shown(resources)}` : "";
  const except = notResources.length > 0 ? `on all but ${shown(notResources)}` : "";
  const when = conditions.length > 0 ? `if ${shownConditions(conditions)}` : "";
  return printable([on, except, when].filter((part) => part !== "").join(" "));
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
