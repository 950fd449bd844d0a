import type { Explanation, HeldFor, RuleExplanation } from "../rules/policy/explain.ts";
import type { Item } from "../rules/policy/items.ts";
import { terminalText } from "./escape/terminal.ts";

/** How many items are named for which one explanation holds; the others are counted. */
const MAX_SHOWN = 5;

/**
 * Why policies fired over a change, for a terminal: each rule that holds, for what, and by which
 * parts of its condition; then what it takes until the change is allowed.
 */
export function explanationText({ decision, rules, acts }: Explanation): string {
  const end =
    acts.length === 0
      ? [`${decision}: nothing is left to settle`]
      : [`${decision}; to make it ALLOW:`, ...acts.map((act) => `  - ${act}`)];
  return [...rules.flatMap(ruleLines), ...end].map((line) => `${terminalText(line)}\n`).join("");
}

function ruleLines({ id, decision, title, heldFor, unknown }: RuleExplanation): string[] {
  return [
    `${id} ${decision}: ${title}`,
    ...heldFor.flatMap(heldLines),
    ...unknown.map((fact) => `  cannot be judged here: ${fact} is unknown`),
    "",
  ];
}

function heldLines({ items, because }: HeldFor): string[] {
  const more = items.length - MAX_SHOWN;
  const shown = items.slice(0, MAX_SHOWN).map(placeOf).join(", ");
  return [
    `  for ${shown}${more > 0 ? `, and ${more} more` : ""}`,
    ...because.map((part) => `    because ${part}`),
  ];
}

function placeOf(item: Item): string {
  if (item === null) return "the change as a whole";
  if ("sha" in item) return `the commit ${item.sha.slice(0, 12)}`;
  if ("status" in item) return item.path;
  if ("text" in item) return item.line === null ? item.path : `${item.path}:${item.line}`;
  const holder = "holder" in item ? ` of ${item.holder}` : "";
  return `${item.name}${holder} (${item.path}:${item.line})`;
}
