import type { Capability } from "../capability.ts";
import { type DataMap, entryOf } from "../data/data-node.ts";
import { entriesAt, isTrue, scalarsAt, valueAt } from "../data/values.ts";
import { canonicalText } from "../holder-content.ts";
import { type Alternative, MAX_CONDITIONS } from "./condition.ts";
import { remoteRules, ruleCapability } from "./rule.ts";

/**
 * When Bulldozer merges by itself: by each of its triggers, or always where it has none.
 *
 * Source: github.com/palantir/bulldozer, "Configuration".
 */
export function bulldozerRules(root: DataMap): Capability[] {
  const merge = entryOf(root, "merge");
  if (merge?.value.type !== "map") return remoteRules(root);
  const settings = merge.value;
  const at = (keys: readonly string[]) => keys.flatMap((key) => listed(settings, key));
  const asked = [
    ...at(["ignore", "blacklist"]).map((item) => `no ${item}`),
    ...scalarsAt(settings, "required_statuses").map(({ text }) => `check ${text}`),
  ];
  const isUnguarded = isTrue(valueAt(settings, "allow_merge_with_no_checks"));
  return [
    ruleCapability({
      ...{ kind: "merge.rule", name: "merge", holder: "bulldozer", at: merge.key },
      level: isUnguarded ? "unguarded" : "checked",
      alternatives: alternatives(at(["trigger", "whitelist"]), asked),
    }),
  ];
}

function alternatives(triggers: readonly string[], asked: Alternative): Alternative[] {
  if (triggers.length === 0) return [asked];
  // Too much to write out: one trigger that stands for all.
  if (triggers.length * asked.length > MAX_CONDITIONS) {
    return [[[...triggers].sort().join(" or "), ...asked]];
  }
  return triggers.map((trigger) => [trigger, ...asked]);
}

function listed(merge: DataMap, key: string): string[] {
  return entriesAt(merge, key).flatMap(({ key: what, value }) => {
    if (value.type === "list") return scalarsAt(value).map(({ text }) => `${what.text} ${text}`);
    return isTrue(value) || value.type === "scalar" ? [`${what.text} ${canonicalText(value)}`] : [];
  });
}
