import type { StepScope } from "../github-step/scope.ts";
import { entriesOf, type Step, stepsOf } from "../github-step/step.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import {
  entryOf,
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
} from "../data/data-node.ts";

/** What an action runs. */
export interface Action {
  readonly runs: DataMap;
  readonly inputs: readonly DataEntry[];
  /** Of a composite action; none of the others. */
  readonly steps: readonly Step[];
  /** Of a docker action: `docker://…`, or a file in the repository. */
  readonly image: DataScalar | null;
  /** The inputs of `runs` that name code for before and after the job. */
  readonly hooks: readonly string[];
}

/** Each means that an action can run by, and how it calls what runs before and after the job. */
const HOOKS: ReadonlyMap<string, readonly string[]> = new Map([
  ["composite", []],
  ["docker", ["pre-entrypoint", "post-entrypoint"]],
  ["node", ["pre", "post"]],
]);

/**
 * Finds what a parsed action file runs. Throws `NotUnderstood` for what is no action, and for
 * means that are not known, which could run anything.
 *
 * Source: docs.github.com, "Metadata syntax reference", `runs`.
 */
export function findAction(root: DataNode): Action {
  const runs = root.type === "map" ? entryOf(root, "runs") : undefined;
  const inputs = root.type === "map" ? entriesOf(root, "inputs") : [];
  if (runs?.value.type !== "map") {
    throw new NotUnderstood("no-action", "an action without a map `runs`", runs?.key ?? root);
  }
  const means = meansOf(runs.value);
  const image = means === "docker" ? entryOf(runs.value, "image")?.value : undefined;
  return {
    runs: runs.value,
    inputs,
    steps: means === "composite" ? stepsOf(runs.value) : [],
    image: image?.type === "scalar" ? image : null,
    hooks: HOOKS.get(means) ?? [],
  };
}

/** An action as what its steps stand in: whoever uses it is not known here. */
export function scopeOf({ runs, inputs, steps }: Action): StepScope {
  return {
    holder: "runs",
    context: "composite action",
    reach: [],
    holderContent: contentDigest(canonicalText(runs)),
    id: "",
    body: runs,
    steps,
    env: [],
    containerEnv: [],
    inputs,
    calls: null,
    events: [],
  };
}

// `using: node24`; in any case, as the runner reads it.
function meansOf(runs: DataMap): string {
  const using = entryOf(runs, "using");
  const text = using?.value.type === "scalar" ? using.value.text.toLowerCase() : "";
  const means = text.replace(/^node\d+$/, "node");
  if (HOOKS.has(means) && text !== "node") return means;
  throw new NotUnderstood("no-action", "an action that runs by unknown means", using?.key ?? runs);
}
