import { widerPatterns } from "../cloud/patterns.ts";
import type { Condition } from "./statement.ts";

/** How many ways the alternatives of a statement's conditions may make; beyond, each list is one condition. */
const MAX_WAYS = 16;

/** Each way to meet a statement's conditions, as texts of which all must hold. One empty way where there are none. */
export function conditionWays(conditions: readonly Condition[]): readonly (readonly string[])[] {
  const choices = conditions.map(choicesOf);
  const count = choices.reduce((product, { length }) => product * Math.max(1, length), 1);
  const kept = count > MAX_WAYS ? conditions.map((condition) => [[asOne(condition)]]) : choices;
  return kept.reduce<readonly (readonly string[])[]>(
    (ways, alternatives) => ways.flatMap((way) => alternatives.map((texts) => [...way, ...texts])),
    [[]],
  );
}

/** Values are alternatives where the operator asks for one of them, and conditions each where it asks for none. */
function choicesOf(condition: Condition): readonly (readonly string[])[] {
  const { operator, key, values } = condition;
  if (values.length === 0 || operator.startsWith("forallvalues:")) return [[asOne(condition)]];
  const name = operator.replace(/^foranyvalue:/u, "");
  if (/not/u.test(name)) return [values.map((value) => `${operator} ${key} ${value}`)];
  return values.map((value) => textsOf(operator, key, value));
}

/** A value lies in each pattern that is wider; `equals` takes `*` as a sign like any other. */
function textsOf(operator: string, key: string, value: string): readonly string[] {
  const [, prefix = "", compared] =
    /^(foranyvalue:)?(string|arn)(?:equals|like)$/u.exec(operator) ?? [];
  if (compared === undefined) return [`${operator} ${key} ${value}`];
  const isPattern = /[*?]/u.test(value);
  // To ARNs both operators do the same.
  const own = isPattern && operator.endsWith("stringequals") ? "equals" : "like";
  const like = (pattern: string): string => `${prefix}${compared}like ${key} ${pattern}`;
  const wider = widerPatterns(value).map(like);
  return [`${prefix}${compared}${own} ${key} ${value}`, ...wider];
}

function asOne({ operator, key, values }: Condition): string {
  return `${operator} ${key} ${JSON.stringify(values)}`;
}

/** The line of the first condition, which is where people look for them. */
export function conditionLine(conditions: readonly Condition[], otherwise: number): number {
  return conditions[0]?.line ?? otherwise;
}

/** For people: operators, keys and values, as far as one line takes. */
export function shownConditions(conditions: readonly Condition[]): string {
  return conditions
    .slice(0, MAX_WAYS)
    .map(
      ({ operator, key, values }) => `${operator} ${key} ${values.slice(0, MAX_WAYS).join(" | ")}`,
    )
    .join(", ");
}
