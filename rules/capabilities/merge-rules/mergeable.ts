import type { Capability } from "../capability.ts";
import type { DataMap, DataNode } from "../data/data-node.ts";
import { entriesAt, itemsAt, mapsAt, scalarAt, scalarsAt } from "../data/values.ts";
import { approvals } from "../repository-settings/protection.ts";
import type { Alternative } from "./condition.ts";
import { guardCapability, ruleCapability } from "./rule.ts";

const HOLDER = "mergeable";

/**
 * When Mergeable merges or approves by itself, and what its check asks for.
 *
 * Source: mergeable.readthedocs.io, "Configuration". A recipe runs its `pass` where all that it
 * validates holds, else its `fail`.
 */
export function mergeableRules(root: DataMap): Capability[] {
  return mapsAt(root, "mergeable").flatMap((recipe) => [
    ...["pass", "fail", "error"].flatMap((outcome) => acts(recipe, outcome)),
    ...scalarsAt(recipe, "when").flatMap((when) =>
      when.text
        .split(",")
        .map((event) => guardCapability(`checks on ${event.trim()}`, HOLDER, when)),
    ),
    ...mapsAt(recipe, "validate").flatMap(validated),
  ]);
}

/** The actions that bring a change in, or stand for a review of it. */
const ACTIONS = ["merge", "approve"];

function acts(recipe: DataMap, outcome: string): Capability[] {
  const asked =
    outcome === "pass" ? [...texts(recipe, "filter"), ...texts(recipe, "validate")] : [];
  const isReviewed = outcome === "pass" && mapsAt(recipe, "validate").some(isReview);
  const actions = mapsAt(recipe, outcome).flatMap((action) => scalarsAt(action, "do"));
  return ACTIONS.flatMap((name) => {
    const at = actions.find(({ text }) => text === name);
    if (!at) return [];
    return [
      ruleCapability({
        ...{ kind: "merge.rule", name, holder: HOLDER, at, alternatives: [asked] },
        level: isReviewed ? "reviewed" : "unguarded",
      }),
    ];
  });
}

function texts(recipe: DataMap, key: string): Alternative {
  return itemsAt(recipe, key).map(meaning);
}

function isReview(validator: DataMap): boolean {
  return isApprovals(validator) && approvals(countIn(validator)) !== "0";
}

function isApprovals(validator: DataMap): boolean {
  return scalarAt(validator, "do")?.text === "approvals";
}

function countIn(validator: DataMap): string {
  return scalarAt(validator, "min", "count")?.text ?? "0";
}

function validated(validator: DataMap): Capability[] {
  const what = scalarAt(validator, "do") ?? validator;
  if (!isApprovals(validator)) return [guardCapability(meaning(validator), HOLDER, what)];
  return [
    guardCapability("approvals", HOLDER, what, approvals(countIn(validator))),
    ...entriesAt(validator)
      .filter(({ key }) => !["do", "min"].includes(key.text))
      .map(({ key, value }) => guardCapability(`${key.text} ${meaning(value)}`, HOLDER, key)),
  ];
}

/** A node as text, without what is said to people: equal where it asks for the same. */
function meaning(node: DataNode): string {
  if (node.type === "scalar") return node.text;
  if (node.type === "list") return `[${node.items.map(meaning).join(", ")}]`;
  const entries = node.entries
    .filter(({ key }) => key.text !== "message")
    .map(({ key, value }) => `${key.text}: ${meaning(value)}`);
  return `{${entries.sort().join(", ")}}`;
}
