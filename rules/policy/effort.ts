import type { Facts, LineFact } from "../facts/facts.ts";
import { itemsOf } from "./items.ts";
import { isMap } from "./maps.ts";
import { compilePattern, type PatternKind } from "./pattern.ts";
import type { JsonLogic, Policy } from "./policy-set.ts";

/** What one step takes of an engine for patterns: its instructions, times the characters of a text. */
const PATTERN_WORK_OF_A_STEP = 100;

/**
 * The steps that evaluating policies over a change takes at most: the operators of each condition,
 * once for each item that the policy walks, those inside `some`, `filter` and their like once for
 * each element besides. A step takes about a third of a microsecond. Nothing is evaluated to count them.
 */
export function stepsOf(policies: readonly Policy[], facts: Facts): number {
  const extent = { facts, ...longestIn(facts) };
  const steps = policies.map(({ each, condition }) =>
    Math.ceil((itemsOf(each, facts)?.length ?? 0) * (1 + stepsOfLogic(condition, extent))),
  );
  return steps.reduce((sum, one) => sum + one, 0);
}

/** How much there is to walk and to read at the paths of a condition. */
interface Extent {
  readonly facts: Facts;
  /** The characters of the longest text in any element of a list, by its key; of lines the mean. */
  readonly texts: ReadonlyMap<string, number>;
  /** The length of the longest list in an element of a list. */
  readonly innerList: number;
}

const WALKS: readonly string[] = ["some", "all", "none", "filter", "map", "reduce"];
const PATTERNS: readonly string[] = ["path", "name", "search"] satisfies PatternKind[];

function stepsOfLogic(logic: JsonLogic, extent: Extent): number {
  if (Array.isArray(logic)) {
    return (logic as JsonLogic[]).reduce<number>((sum, one) => sum + stepsOfLogic(one, extent), 0);
  }
  const { name, operands } = operationOf(logic);
  if (name === null) return 0;
  const [first, second] = operands;
  if (WALKS.includes(name)) {
    const ofElement = 1 + stepsOfLogic(second, extent);
    return 1 + stepsOfLogic(first, extent) + lengthOf(first, extent) * ofElement;
  }
  const own = PATTERNS.includes(name) ? testSteps(name as PatternKind, operands, extent) : 1;
  return own + stepsOfLogic(operands, extent);
}

function operationOf(logic: JsonLogic) {
  const [entry] = isMap(logic) ? Object.entries(logic) : [];
  if (entry === undefined) return { name: null, operands: [] };
  const [name, operands] = entry;
  return { name, operands: (Array.isArray(operands) ? operands : [operands]) as JsonLogic[] };
}

/** A list is named, written out, or what `filter` and `map` leave of one. */
function lengthOf(list: JsonLogic, extent: Extent): number {
  if (Array.isArray(list)) return list.length;
  const { name, operands } = operationOf(list);
  if (name !== "var") return name === null ? 0 : lengthOf(operands[0], extent);
  const value = valueAt(extent.facts, String(operands[0]));
  // What is not in the document is in an element of one of its lists.
  if (value === undefined) return extent.innerList;
  return Array.isArray(value) ? value.length : 0;
}

function testSteps(
  kind: PatternKind,
  [text, source]: readonly JsonLogic[],
  extent: Extent,
): number {
  const { weight } = compilePattern(kind, String(source));
  return 1 + (weight * charactersOf(text, extent)) / PATTERN_WORK_OF_A_STEP;
}

function charactersOf(text: JsonLogic, extent: Extent): number {
  const { name, operands } = operationOf(text);
  if (name !== "var") return name === null ? 0 : charactersOf(operands[0], extent);
  const path = String(operands[0]);
  const value = valueAt(extent.facts, path);
  if (value !== undefined) return typeof value === "string" ? value.length : 0;
  return extent.texts.get(path.slice(path.lastIndexOf(".") + 1)) ?? 0;
}

function valueAt(facts: Facts, path: string): unknown {
  let value: unknown = facts;
  for (const key of path.split(".")) value = isMap(value) ? value[key] : undefined;
  return value;
}

function longestIn({ change, action, completeness, ...lists }: Facts): Omit<Extent, "facts"> {
  const texts = new Map<string, number>();
  let innerList = 0;
  const note = (value: unknown, key: string): void => {
    if (typeof value === "string") texts.set(key, Math.max(texts.get(key) ?? 0, value.length));
    else if (Array.isArray(value)) {
      innerList = Math.max(innerList, value.length);
      for (const inner of value) note(inner, "");
    } else if (isMap(value)) {
      for (const [inner, field] of Object.entries(value)) note(field, inner);
    }
  };
  const { capabilities, dependencies, commits, reviews, statuses } = lists;
  const all = [change.files, change.lines, capabilities, dependencies, commits, reviews, statuses];
  for (const list of [...all, action.labels, completeness.unread]) {
    for (const element of list ?? []) note(element, "");
  }
  // Of many lines few are long: each is read once, so that all are as long as the mean.
  texts.set("text", meanLength(change.lines ?? []));
  return { texts, innerList };
}

function meanLength(lines: readonly LineFact[]): number {
  const total = lines.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
  return total / Math.max(1, lines.length);
}
