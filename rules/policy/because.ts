import { cutText } from "../text.ts";
import { conditionWords, factPath } from "./condition-words.ts";
import { isTrue, operationOf, truthOf } from "./logic.ts";
import type { JsonLogic } from "./policy-set.ts";
import jsonLogic from "json-logic-js";

/**
 * The parts of a compiled condition by which it holds (or, with `holds` false, does not), in words:
 * of several that are asked together all, of alternatives the first that holds. Throws `FACT_UNKNOWN`
 * as evaluating does.
 */
export function because(condition: JsonLogic, data: unknown, holds = true): string[] {
  const [operator, operands] = operationOf(condition);
  if (operator === "!") return because(operands[0], data, !holds);
  if (operator !== "and" && operator !== "or") return [sentence(condition, data)];
  const isAll = (operator === "and") === holds;
  if (isAll) return operands.flatMap((part) => because(part, data, holds));
  const decisive = operands.find((part) => truthOf(part, data) === holds);
  return because(decisive, data, holds);
}

/** `item.delta is "raised"`, `item.path ".github/x.yml" matches ".github/**"` */
function sentence(logic: JsonLogic, data: unknown): string {
  const [operator, [fact, wanted]] = operationOf(logic);
  const path = factPath(fact);
  if (operator === "some" && path !== null) {
    return `${path} ${isTrue(logic, data) ? "has one" : "has none"} of which ${conditionWords(wanted)}`;
  }
  const verbs = VERBS[operator];
  if (path === null || verbs === undefined) return JSON.stringify(logic);
  const found: unknown = jsonLogic.apply(fact as never, data);
  const isSo = isTrue(logic, data);
  if (operator === "===" && isSo) return `${path} is ${shown(found)}`;
  return `${path} ${shown(found)} ${verbs[isSo ? 0 : 1]} ${shown(wanted)}`;
}

const MATCHES = ["matches", "does not match"] as const;

const VERBS: Readonly<Record<string, readonly [so: string, not: string]>> = {
  "===": ["is", "is not"],
  "!==": ["is not", "is"],
  "==": ["equals", "does not equal"],
  "!=": ["does not equal", "equals"],
  ">=": ["is at least", "is less than"],
  "<=": ["is at most", "is more than"],
  ">": ["is more than", "is at most"],
  "<": ["is less than", "is at least"],
  in: ["is in", "is not in"],
  path: MATCHES,
  name: MATCHES,
  search: MATCHES,
  within: ["is within", "is not within"],
};

/** A line or a message can be as long as it likes. */
const MAX_SHOWN_BYTES = 256;

function shown(value: unknown): string {
  return value === null ? "nothing" : cutText(JSON.stringify(value), MAX_SHOWN_BYTES);
}
