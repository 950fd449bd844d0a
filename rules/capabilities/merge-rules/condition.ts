import type { DataNode } from "../data/data-node.ts";
import { canonicalText } from "../holder-content.ts";

/** One set of conditions that must all hold. */
export type Alternative = readonly string[];

/** The most alternatives that a rule is written out into; beyond, it is one condition as a whole. */
const MAX_ALTERNATIVES = 32;

/** The most conditions that all alternatives of a rule have together. */
export const MAX_CONDITIONS = 500;

/** How a rule's own language writes one condition that is neither `and` nor `or`. */
export type ConditionsOf = (node: DataNode) => Alternative;

/**
 * The alternatives of which one must hold: a list is `and`, a map `{ or: [...] }` one of its items.
 * So a condition less, and another alternative, are both seen as what opens a rule, and what
 * narrows it is seen as that.
 */
export function alternativesOf(node: DataNode, conditionsOf: ConditionsOf): Alternative[] {
  const alternatives = distinct(written(node, conditionsOf));
  const count = alternatives.reduce((sum, one) => sum + one.length, 0);
  if (alternatives.length <= MAX_ALTERNATIVES && count <= MAX_CONDITIONS) return alternatives;
  return [[canonicalText(node)]];
}

function written(node: DataNode, conditionsOf: ConditionsOf): Alternative[] {
  if (node.type === "list") return all(node.items, conditionsOf);
  if (node.type === "scalar") return [conditionsOf(node)];
  const [entry, ...others] = node.entries;
  if (!entry || others.length > 0 || entry.value.type !== "list") return [conditionsOf(node)];
  if (entry.key.text === "and") return all(entry.value.items, conditionsOf);
  if (entry.key.text !== "or") return [conditionsOf(node)];
  const { items } = entry.value;
  // Nothing to choose from is read as what asks for nothing.
  if (items.length > MAX_ALTERNATIVES) return [[canonicalText(node)]];
  return items.length === 0 ? [[]] : items.flatMap((item) => written(item, conditionsOf));
}

function all(items: readonly DataNode[], conditionsOf: ConditionsOf): Alternative[] {
  const joined: string[] = [];
  let product: Alternative[] = [[]];
  for (const item of items) {
    const choices = written(item, conditionsOf);
    const [only] = choices;
    if (choices.length === 1 && only) joined.push(...only);
    else if (isTooMuch(product, choices)) joined.push(canonicalText(item));
    else product = product.flatMap((left) => choices.map((right) => [...left, ...right]));
  }
  return product.map((one) => [...joined, ...one]);
}

function isTooMuch(product: readonly Alternative[], choices: readonly Alternative[]): boolean {
  const conditions = [...product, ...choices].reduce((sum, one) => sum + one.length, 0);
  return product.length * choices.length > MAX_ALTERNATIVES || conditions > MAX_CONDITIONS;
}

function distinct(alternatives: readonly Alternative[]): Alternative[] {
  const sorted = alternatives.map((one) => [...new Set(one)].sort());
  return [...new Map(sorted.map((one) => [JSON.stringify(one), one])).values()];
}
