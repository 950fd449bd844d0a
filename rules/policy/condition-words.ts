import { operationOf } from "./logic.ts";
import type { JsonLogic } from "./policy-set.ts";

const VERBS: Readonly<Record<string, string>> = {
  ...{ "===": "is", "==": "equals", "!==": "is not", "!=": "does not equal" },
  ...{ ">=": "is at least", "<=": "is at most", ">": "is more than", "<": "is less than" },
  ...{ path: "matches", name: "matches", search: "matches", in: "is in", within: "is within" },
};

/** What a condition over one element of a list asks, in words: `name is "ci" and app is "github-actions"`. */
export function conditionWords(logic: JsonLogic): string {
  const [operator, operands] = operationOf(logic);
  const [first, wanted] = operands;
  if (operator === "and" || operator === "or") {
    return operands.map(nestedWords).join(` ${operator} `);
  }
  if (operator === "!") return `not (${conditionWords(first)})`;
  const path = factPath(first);
  const verb = VERBS[operator];
  if (path === null || verb === undefined) return JSON.stringify(logic);
  return `${path === "" ? "" : `${path} `}${verb} ${JSON.stringify(wanted)}`;
}

function nestedWords(logic: JsonLogic): string {
  const [operator] = operationOf(logic);
  const isJoined = operator === "and" || operator === "or";
  return isJoined ? `(${conditionWords(logic)})` : conditionWords(logic);
}

/** `item.delta` of `{"var": "item.delta"}`, also where it has to be known. */
export function factPath(logic: JsonLogic): string | null {
  const [operator, operands] = operationOf(logic);
  if (operator === "known") return factPath(operands[0]);
  const [path] = operands;
  return operator === "var" && typeof path === "string" ? path : null;
}
