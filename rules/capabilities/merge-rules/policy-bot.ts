import type { Capability } from "../capability.ts";
import { type DataMap, type DataNode, type DataScalar, entryOf } from "../data/data-node.ts";
import { entriesAt, isTrue, mapsAt, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { onceForEach } from "../once-for-each.ts";
import { printable } from "../printable.ts";
import { approvals } from "../repository-settings/protection.ts";
import { type Alternative, alternativesOf } from "./condition.ts";
import { guardCapability, remoteRules, ruleCapability } from "./rule.ts";

/**
 * What policy-bot asks for before its status turns green: which of its rules, how many approvals
 * each, and whose.
 *
 * Source: github.com/palantir/policy-bot, "Configuration".
 */
export function policyBotRules(root: DataMap): Capability[] {
  const defaults = valueAt(root, "approval_defaults");
  return [
    ...remoteRules(root),
    ...approvalPolicy(root),
    ...mapsAt(root, "approval_rules").flatMap((rule) => approvalRule(rule, defaults)),
    ...entriesAt(root, "policy", "disapproval")
      .filter(({ key }) => key.text === "requires")
      .map(({ key }) => guardCapability("disapproval", "policy", key)),
  ];
}

function approvalPolicy(root: DataMap): Capability[] {
  const policy = valueAt(root, "policy");
  const approval = policy?.type === "map" ? entryOf(policy, "approval") : undefined;
  if (!approval) return [];
  const alternatives = alternativesOf(approval.value, ruleNames);
  return [
    // Where there is none, no rule is asked for.
    guardCapability("approval", "policy", approval.key),
    ruleCapability({
      ...{ kind: "merge.rule", name: "approve", holder: "policy", at: approval.key, alternatives },
      level: alternatives.some((one) => one.length === 0) ? "unguarded" : "reviewed",
    }),
  ];
}

function ruleNames(node: DataNode): Alternative {
  return [node.type === "scalar" ? node.text : canonicalText(node)];
}

function approvalRule(rule: DataMap, defaults: DataNode | undefined): Capability[] {
  const name = scalarAt(rule, "name");
  if (!name) return [];
  const count = scalarAt(rule, "requires", "count");
  return [
    guardCapability("approvals", name.text, count ?? name, approvals(count?.text ?? "0")),
    ...entriesAt(rule, "requires", "conditions").map(({ key, value }) =>
      guardCapability(`${key.text} ${canonicalText(value)}`, name.text, key),
    ),
    approvers(rule, name, defaults),
  ];
}

/** Who can give an approval, and what passes for one: each a way to it. */
function approvers(rule: DataMap, name: DataScalar, defaults: DataNode | undefined): Capability {
  const option = (key: string): DataNode | undefined => {
    return valueAt(rule, "options", key) ?? valueAt(defaults, "options", key);
  };
  const named = ["users", "teams", "organizations", "permissions"].flatMap((key) =>
    scalarsAt(rule, "requires", key).map(({ text }) => `${key} ${text}`),
  );
  const admins = ["admins", "write_collaborators"].filter((key) => isOn(rule, "requires", key));
  const whoever = [...named, ...admins];
  const ways = [
    ...(whoever.length === 0 ? ["anyone"] : whoever),
    ...LOOSE.filter((key) => isTrue(option(key))),
    ...(isTrue(option("invalidate_on_push")) ? [] : ["approvals of earlier pushes"]),
    ...[option("ignore_commits_by")].flatMap((whose) => (whose ? [ignored(whose)] : [])),
    ...entriesAt(rule, "if").map(({ key, value }) => `unless ${key.text} ${canonicalText(value)}`),
  ];
  return ruleCapability({
    ...{ kind: "merge.approver", name: "approval", holder: name.text, at: name },
    alternatives: ways.map((way) => [way]),
  });
}

/** In short: what stands for all rules can be long. */
const ignored = onceForEach((whose: DataNode): string => {
  const text = canonicalText(whose);
  return `commits by ${printable(text)} (${contentDigest(text).slice(0, 12)})`;
});

/** Options by which something else than a review of all commits by somebody else counts. */
const LOOSE = [
  "allow_author",
  "allow_contributor",
  "allow_non_author_contributor",
  "ignore_update_merges",
];

function isOn(rule: DataMap, ...keys: string[]): boolean {
  return isTrue(scalarAt(rule, ...keys));
}
