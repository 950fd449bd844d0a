import type { Capability } from "../capability.ts";
import { conditionsOf } from "../github-expression/conditions.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { entryOf, type DataEntry } from "../data/data-node.ts";
import type { Action } from "./action.ts";

export const HOOK_KIND = "github.action.hook";

/**
 * What an action runs before the first and after the last step of a job that uses it, wherever its
 * own step stands: `pre` and `post`, `pre-entrypoint` and `post-entrypoint`. Other code there is a
 * raise, and so is a `pre-if` or `post-if` that asks for less.
 *
 * Source: docs.github.com, "Metadata syntax reference", `runs.pre` and `runs.post`.
 */
export function readHooks({ runs, hooks }: Action): Capability[] {
  const holderContent = contentDigest(canonicalText(runs));
  return hooks.flatMap((name) => {
    const hook = entryOf(runs, name);
    if (!hook || isEmpty(hook)) return [];
    const condition = entryOf(runs, name.startsWith("pre") ? "pre-if" : "post-if");
    const { line } = hook.key;
    const way = {
      cause: `script:${contentDigest(canonicalText(hook.value))}`,
      conditions: conditionsOf(condition),
      line,
      guardLine: condition?.key.line ?? line,
    };
    return {
      kind: HOOK_KIND,
      name,
      holder: "runs",
      context: "action",
      line,
      endLine: hook.value.endLine,
      certainty: "exact",
      reach: [way],
      holderContent,
    };
  });
}

function isEmpty({ value }: DataEntry): boolean {
  return value.type === "scalar" && value.text === "";
}
