import { NO_MATRIX } from "../github-workflow/evaluate.ts";
import { isOpen, possibleValues } from "../github-workflow/possible-values.ts";
import { NotUnderstood } from "../not-understood.ts";
import {
  entryOf,
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
} from "../data/data-node.ts";

/** One step of a job or of a composite action. Absent parts are null or empty. */
export interface Step {
  /** `id`, or "". */
  readonly id: string;
  readonly line: number;
  readonly body: DataMap;
  readonly uses: DataScalar | null;
  readonly run: DataScalar | null;
  /** Of `with`, and of the step's own `env`. */
  readonly inputs: readonly DataEntry[];
  readonly env: readonly DataEntry[];
  readonly condition: DataEntry | undefined;
}

/**
 * The steps below `steps` of a job or of `runs`; none where it has no such key. Throws
 * `NotUnderstood` where they are no list of maps, which GitHub refuses too.
 */
export function stepsOf(owner: DataMap): Step[] {
  const steps = entryOf(owner, "steps");
  if (!steps) return [];
  if (steps.value.type !== "list") {
    throw new NotUnderstood("steps-form", "`steps` is no list", steps.key);
  }
  return steps.value.items.map(stepOf);
}

function stepOf(body: DataNode): Step {
  if (body.type !== "map") throw new NotUnderstood("steps-form", "a step that is no map", body);
  return {
    id: scalarOf(entryOf(body, "id")?.value)?.text ?? "",
    line: body.line,
    body,
    uses: scalarOf(entryOf(body, "uses")?.value),
    run: scalarOf(entryOf(body, "run")?.value),
    inputs: openEntriesOf(body, "with"),
    env: openEntriesOf(body, "env"),
    condition: entryOf(body, "if"),
  };
}

/** What a job gives all its scripts: `defaults: {run: {shell: bash}}`. */
export function runDefaultsOf(job: DataMap): DataNode | undefined {
  const defaults = entryOf(job, "defaults")?.value;
  return defaults?.type === "map" ? entryOf(defaults, "run")?.value : undefined;
}

/** The entries of the map at a key; none where there is no map. */
export function entriesOf(owner: DataMap, key: string): readonly DataEntry[] {
  const value = entryOf(owner, key)?.value;
  return value?.type === "map" ? value.entries : [];
}

/** The key of entries that an expression adds, whose names only a run knows. */
export const ANY_KEY = "*";

/**
 * As `entriesOf`, with what an expression gives in place of the map (`env: ${{ fromJSON(…) }}`) or
 * adds to it (`${{ insert }}: ${{ … }}`) under `ANY_KEY`; a key that an expression spells is that
 * key, and a map that is inserted is part of the map.
 */
export function openEntriesOf(owner: DataMap, key: string): readonly DataEntry[] {
  const value = entryOf(owner, key)?.value;
  if (value?.type === "scalar" && isOpen(value)) return [addedBy(value, value)];
  return entriesOf(owner, key).flatMap(spelledBy);
}

// `${{ insert }}: {A: x}`, `A_${{ 'B' }}: x`
function spelledBy({ key, value }: DataEntry): DataEntry[] {
  if (value.type === "map" && INSERT.test(key.text)) return value.entries.flatMap(spelledBy);
  return possibleValues(key, NO_MATRIX).map((spelled) =>
    spelled.type === "scalar" && !isOpen(spelled)
      ? { key: { ...key, text: spelled.text }, value }
      : addedBy(key, value),
  );
}

const INSERT = /^\s*\$\{\{\s*insert\s*\}\}\s*$/;

/** What an expression adds to a map under names that only a run knows. */
export function addedBy(key: DataScalar, value: DataNode): DataEntry {
  return { key: { ...key, text: ANY_KEY }, value };
}

function scalarOf(node: DataNode | undefined): DataScalar | null {
  return node?.type === "scalar" && node.resolved !== "null" ? node : null;
}
