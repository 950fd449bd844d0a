import type { Capability } from "../capability.ts";
import { type DataMap, entryOf } from "../data/data-node.ts";
import { isFalse, isTrue, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import type { Alternative } from "./condition.ts";
import { ruleCapability } from "./rule.ts";

/**
 * When Kodiak merges by itself, which it does only as far as the branch's protection lets it, and
 * whose pull requests it approves.
 *
 * Source: kodiakhq.com/docs/config-reference.
 */
export function kodiakRules(root: DataMap): Capability[] {
  const merge = entryOf(root, "merge")?.key ?? root;
  const approving = approved(root);
  return [
    ruleCapability({
      ...{ kind: "merge.rule", name: "merge", holder: "kodiak", level: "checked", at: merge },
      alternatives: [[...labelled(root), ...blocked(root)], ...dependencies(root)],
    }),
    ...(approving.length === 0
      ? []
      : [
          ruleCapability({
            ...{ kind: "merge.rule", name: "approve", holder: "kodiak", level: "unguarded" },
            ...{ at: entryOf(root, "approve")?.key ?? root, alternatives: approving },
          }),
        ]),
  ];
}

function labelled(root: DataMap): Alternative {
  if (isFalse(scalarAt(root, "merge", "require_automerge_label"))) return [];
  const labels = scalarsAt(root, "merge", "automerge_label").map(({ text }) => text);
  return [`label ${labels.length === 0 ? "automerge" : labels.sort().join(" or ")}`];
}

/** Settings by which a merge waits, where they are true. */
const WAITS = ["block_on_reviews_requested", "block_on_neutral_required_check_runs"];

function blocked(root: DataMap): Alternative {
  const titles = scalarAt(root, "merge", "blocking_title_regex")?.text ?? "^WIP:.*";
  return [
    ...(titles === "" ? [] : [`no title ${titles}`]),
    ...["blocking_labels", "blacklist_labels"].flatMap((key) =>
      scalarsAt(root, "merge", key).map(({ text }) => `no label ${text}`),
    ),
    ...WAITS.filter((key) => isTrue(valueAt(root, "merge", key))),
  ];
}

function dependencies(root: DataMap): Alternative[] {
  const bots = scalarsAt(root, "merge", "automerge_dependencies", "usernames");
  const written = scalarsAt(root, "merge", "automerge_dependencies", "versions");
  // Each once, however often it is written; what else is written there is no version.
  const versions = VERSIONS.filter((version) => written.some(({ text }) => text === version));
  return bots.flatMap(({ text: author }) =>
    versions.map((version) => [`author ${author}`, `version ${version}`]),
  );
}

const VERSIONS = ["major", "minor", "patch"];

function approved(root: DataMap): Alternative[] {
  return [
    ...scalarsAt(root, "approve", "auto_approve_usernames").map(({ text }) => [`author ${text}`]),
    ...scalarsAt(root, "approve", "auto_approve_labels").map(({ text }) => [`label ${text}`]),
  ];
}
