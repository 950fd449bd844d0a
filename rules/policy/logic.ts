import jsonLogic from "json-logic-js";
import { RulesError } from "../rules-error.ts";
import { testPattern, type PatternKind } from "./pattern.ts";
import type { JsonLogic } from "./policy-set.ts";

/**
 * The operators that we add to JSON Logic:
 *
 *     {"path": [TEXT, GLOB]}      TEXT is a path that matches GLOB; null matches nothing
 *     {"name": [TEXT, GLOB]}      the same for a name, whose `*` takes any character
 *     {"search": [TEXT, PATTERN]} the RE2 PATTERN is found in TEXT; null holds nothing
 *     {"known": [VALUE, PATH]}    VALUE; null throws FACT_UNKNOWN, naming PATH
 *     {"known": [VALUE, PATH, GUARD]} VALUE; null throws only where GUARD is not null
 */
const PATTERN_OPERATORS = ["path", "name", "search"] as const satisfies readonly PatternKind[];

for (const kind of PATTERN_OPERATORS) {
  jsonLogic.add_operation(
    kind,
    (text: unknown, source: unknown) =>
      typeof text === "string" && testPattern(kind, String(source), text),
  );
}
jsonLogic.add_operation("known", known);

/** Evaluates compiled logic over data as JSON Logic's truth: an empty list is false. Throws `FACT_UNKNOWN`. */
export function isTrue(logic: JsonLogic, data: unknown): boolean {
  return jsonLogic.truthy(jsonLogic.apply(logic as never, data));
}

function known(value: unknown, path: unknown, guard: unknown = true): unknown {
  if (value !== null || guard === null) return value;
  throw new RulesError("FACT_UNKNOWN", String(path));
}
