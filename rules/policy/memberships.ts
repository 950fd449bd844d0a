import type { Compilation, Pointer } from "./findings.ts";
import { operationOf } from "./logic.ts";
import type { JsonLogic, Policy } from "./policy-set.ts";

/** The teams (`acme/security`) or organisations that somebody is asked to be of, as policies spell them. */
export interface AskedMemberships {
  readonly teams: readonly string[];
  readonly organisations: readonly string[];
}

type Sort = keyof AskedMemberships;

const FACTS: Readonly<Record<string, Sort>> = {
  "action.author.teams": "teams",
  "action.author.organisations": "organisations",
};

/** Whether a fact tells of which teams or organisations somebody is. */
export function isMembership(path: string): boolean {
  return Object.hasOwn(FACTS, path);
}

/** What is written of each, in full. */
const FORMS: Readonly<Record<Sort, { readonly form: RegExp; readonly remedy: string }>> = {
  teams: {
    form: /^[A-Za-z0-9-]{1,100}\/[A-Za-z0-9._-]{1,100}$/,
    remedy: "name teams in full, for example acme/security",
  },
  organisations: {
    form: /^[A-Za-z0-9-]{1,100}$/,
    remedy: "name organisations in full, for example acme",
  },
};

const TESTS = ["some", "none", "all", "in"];

/** Whether somebody is of those that policies name is all that is asked: a host lists no others. */
export function askedMemberships(policies: readonly Pick<Policy, "condition">[]): AskedMemberships {
  const named = policies.flatMap(({ condition }) => namedIn(condition));
  const of = (sort: Sort) =>
    [...new Set(named.flatMap((one) => (one.sort === sort ? one.names : [])))].sort();
  return { teams: of("teams"), organisations: of("organisations") };
}

/** Refuses a condition that asks for more than whether somebody is of some that it names. */
export function checkMemberships(
  condition: JsonLogic,
  at: Pointer,
  { findings }: Pick<Compilation, "findings">,
): void {
  for (const { sort, names } of namedIn(condition)) {
    const { form, remedy } = FORMS[sort];
    if (names.length > 0 && names.every((name) => form.test(name))) continue;
    const message = `only ${sort} that are named can be told of somebody`;
    findings.push({ at, message, remedy });
  }
}

interface Named {
  readonly sort: Sort;
  /** None where the list is read otherwise than to find some in it. */
  readonly names: readonly string[];
}

function namedIn(logic: JsonLogic): readonly Named[] {
  if (Array.isArray(logic)) return (logic as JsonLogic[]).flatMap(namedIn);
  const [operator, operands] = operationOf(logic);
  const own = sortOf(logic);
  if (own !== null) return [{ sort: own, names: [] }];
  const sorts = TESTS.includes(operator) ? operands.flatMap((one) => sortOf(one) ?? []) : [];
  const [sort] = sorts;
  if (sort === undefined) return operands.flatMap(namedIn);
  return [{ sort, names: operands.filter((one) => sortOf(one) === null).flatMap(textsIn) }];
}

function sortOf(logic: JsonLogic): Sort | null {
  const [operator, operands] = operationOf(logic);
  if (operator === "known") return sortOf(operands[0]);
  const path = String(operands[0]);
  return operator === "var" && isMembership(path) ? (FACTS[path] ?? null) : null;
}

function textsIn(logic: JsonLogic): readonly string[] {
  if (typeof logic === "string") return [logic];
  if (Array.isArray(logic)) return (logic as JsonLogic[]).flatMap(textsIn);
  const [operator, operands] = operationOf(logic);
  return operator === "var" ? [] : operands.flatMap(textsIn);
}
