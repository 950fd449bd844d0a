/** What a `match` means, walked directly: a second reading of its grammar, with no JSON Logic in it. */
import type { ScalarShape, Shape } from "../../../rules/facts/schema.ts";
import { isMap } from "../../../rules/policy/maps.ts";
import type { Each } from "../../../rules/policy/policy-set.ts";
import { itemScope } from "../../../rules/policy/scope.ts";
import { isMeant } from "./known-patterns.ts";

/** The match needs a fact that this host does not know. */
export class Unknown extends Error {}

/** Where a match is asked: the facts in reach, their shapes, and whether it stands under `not`. */
interface Place {
  readonly data: Readonly<Record<string, unknown>>;
  readonly shape: Shape;
  readonly negated: boolean;
}

/** Whether the item (or the document, without `each`) meets the match. Throws `Unknown`. */
export function interpret(match: unknown, data: unknown, each: Each | null): boolean {
  const { shape } = itemScope(each);
  return meets(match, { data: data as Place["data"], shape, negated: false });
}

function meets(match: unknown, place: Place): boolean {
  const parts = Object.entries(match as object).map(([key, test]: [string, unknown]) => () => {
    if (key === "any") return isAny((test as unknown[]).map((one) => () => meets(one, place)));
    if (key === "not") return !meets(test, { ...place, negated: !place.negated });
    return factMeets(key, test, place);
  });
  return !isAny(parts.map((part) => () => !part()));
}

/** Whether one holds, whatever is unknown of the others. Throws `Unknown` where that decides. */
function isAny(parts: readonly (() => boolean)[]): boolean {
  const answers = parts.map((part) => {
    try {
      return part();
    } catch (error) {
      if (error instanceof Unknown) return null;
      throw error;
    }
  });
  if (answers.includes(true)) return true;
  if (answers.includes(null)) throw new Unknown();
  return false;
}

function factMeets(key: string, test: unknown, { data, shape, negated }: Place): boolean {
  const found = follow(key.split("."), data, shape);
  if (found.shape.is === "list") {
    return listMeets(found.value as unknown[], test, found.shape.of as ScalarShape);
  }
  const scalar = found.shape as ScalarShape;
  if (key !== "path" || !("previousPath" in data)) return valueMeets(found.value, test, scalar);
  // A renamed file has two names. Under a `not` both have to meet what is denied there.
  const names = [data["path"], data["previousPath"]].filter((name) => name !== null);
  const meetsIt = (name: unknown) => valueMeets(name, test, scalar);
  return negated ? names.every(meetsIt) : names.some(meetsIt);
}

/** The fact at a path. Null on a way where null means unknown cannot be asked about. */
function follow(keys: readonly string[], data: Place["data"], from: Shape) {
  let [value, shape, mayBeUnknown] = [data as unknown, from, false];
  for (const key of keys) {
    if (shape.is !== "object") throw new Error(`${key} leads nowhere`);
    const next = shape.fields[key];
    if (next === undefined) throw new Error(`there is no ${key}`);
    shape = next;
    value = isMap(value) ? value[key] : null;
    mayBeUnknown ||= shape.whenNull === "unknown";
  }
  if (value === null && mayBeUnknown && !isSizeOfNoFile(keys, data)) throw new Unknown();
  return { value, shape };
}

function isSizeOfNoFile(keys: readonly string[], data: Place["data"]): boolean {
  const side = /^(base|head)Size$/.exec(keys.join("."))?.[1];
  return side !== undefined && data[`${side}Mode`] === null;
}

function valueMeets(value: unknown, test: unknown, shape: ScalarShape): boolean {
  if (Array.isArray(test)) return test.some((one) => valueMeets(value, one, shape));
  if (test === null) return value === null;
  if (!isMap(test)) {
    if (shape.comparison === "exact") return value === test;
    return isMeant(shape.comparison, test, value);
  }
  return Object.entries(test).every(([operator, operand]) => {
    if (operator === "not") return !valueMeets(value, operand, shape);
    if (operator === "any") return valueMeets(value, operand, shape);
    if (operator === "matches") return isMeant("search", operand, value);
    if (value === null) return false;
    return operator === "atLeast"
      ? Number(value) >= Number(operand)
      : Number(value) <= Number(operand);
  });
}

/** One of the list meets it; what is said under `not` none does. */
function listMeets(list: readonly unknown[], test: unknown, shape: ScalarShape): boolean {
  if (Array.isArray(test)) return test.some((one) => listMeets(list, one, shape));
  if (!isMap(test)) return list.some((one) => valueMeets(one, test, shape));
  return Object.entries(test).every(([operator, operand]) => {
    if (operator === "not") return !listMeets(list, operand, shape);
    if (operator === "any") return listMeets(list, operand, shape);
    return list.some((one) => valueMeets(one, { [operator]: operand }, shape));
  });
}
