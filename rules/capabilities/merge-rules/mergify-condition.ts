import type { DataNode } from "../data/data-node.ts";
import { canonicalText } from "../holder-content.ts";
import type { Alternative } from "./condition.ts";
import type { RuleLevel } from "./rule.ts";

// -author = "dependabot[bot]"    #approved-reviews-by >= 2    -conflict
const CONDITION = /^([-¬+]?)\s*(#?[\w-]+)\s*(==|!=|~=|>=|<=|[=:≠≥≤<>])\s*(.*)$/s;

const OPERATORS: Readonly<Record<string, string>> = {
  ...{ "==": "=", ":": "=", "≠": "!=", "≥": ">=", "≤": "<=" },
};

/** What Mergify calls the same. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ["status-success", "check-success"],
  ["status-failure", "check-failure"],
  ["status-neutral", "check-neutral"],
]);

/** A count that is written out higher asks for no more of what a rule can ask. */
const MOST_COUNTED = 20;

/**
 * A condition of Mergify's in one spelling. One that asks for a number of something at least is
 * one for each number up to it, so that a lower number is a condition less.
 *
 * Source: docs.mergify.com/configuration/conditions.
 */
export function conditionOf(node: DataNode): Alternative {
  if (node.type !== "scalar") return [canonicalText(node)];
  const text = node.text.trim();
  const [, sign = "", word = "", written = "", value = ""] = CONDITION.exec(text) ?? [];
  if (word === "") return [text.replace(/^¬/, "-")];
  const attribute = ATTRIBUTES.get(word) ?? word;
  const operator = OPERATORS[written] ?? written;
  const plain = unquoted(value.trim());
  const isNegated = sign === "-" || sign === "¬";
  if (isNegated && operator !== "=") return [`-${attribute}${operator}${plain}`];
  if (isNegated) return [`${attribute}!=${plain}`];
  return countedUp(attribute, operator, plain) ?? [`${attribute}${operator}${plain}`];
}

function unquoted(value: string): string {
  return /^"[^"]*"$|^'[^']*'$/.test(value) ? value.slice(1, -1) : value;
}

function countedUp(attribute: string, operator: string, value: string): Alternative | undefined {
  if (!attribute.startsWith("#") || !/^\d{1,9}$/.test(value)) return undefined;
  if (operator !== ">=" && operator !== ">") return undefined;
  const least = Number(value) + (operator === ">" ? 1 : 0);
  if (least > MOST_COUNTED) return undefined;
  return Array.from({ length: least }, (_, index) => `${attribute}>=${index + 1}`);
}

const REVIEW =
  /^#?approved-reviews-by(?:>=|=(?!0$)|~=)|^(?:branch-protection-)?review-decision=APPROVED$/;
const CHECK = /^check-success|^#check-failure=0$|^#check-success>=/;

/** What stands before a merge in the alternative that asks for the least. */
export function levelOf(alternatives: readonly Alternative[]): RuleLevel {
  const holdsAll = (pattern: RegExp): boolean => {
    return alternatives.every((one) => one.some((condition) => pattern.test(condition)));
  };
  if (holdsAll(REVIEW)) return "reviewed";
  return holdsAll(CHECK) ? "checked" : "unguarded";
}
