import type { Certainty } from "../../capability.ts";
import { canonicalText } from "../../holder-content.ts";
import { possibleValues } from "../../github-workflow/possible-values.ts";
import type { DataEntry, DataNode, DataScalar } from "../../data/data-node.ts";
import { respell } from "../expression-text.ts";
import { headReference, type HeadSources, isPullRef } from "./head-references.ts";
import { headSourcesOf, shortMatrixOf } from "./head-sources.ts";
import { inputName } from "../inputs.ts";
import { onceForEach } from "../../once-for-each.ts";
import type { StepScope } from "../scope.ts";
import { ANY_KEY, type Step } from "../step.ts";
import type { Sought } from "./outsiders-choice.ts";

/** Inputs of which one names a head: where the first one stands, how surely, and what all say. */
export interface HeadInputs {
  readonly which: readonly string[];
  readonly line: number;
  readonly endLine: number;
  readonly certainty: Certainty;
}

/** What is searched for a head: the inputs of a step, or of a job without one, by their names. */
export interface Searched {
  readonly step: Step | null;
  readonly inputs: readonly DataEntry[];
  /** What each of these names can lead to; null for all, which are searched for a head alone. */
  readonly names: ReadonlyMap<string, Sought> | null;
}

/**
 * The inputs of these names where one of them names a head, however it is put together; null where
 * none does. `with: ${{ fromJSON(…) }}` counts by the inputs it gives, or by whose text it holds.
 */
export function headInputs(scope: StepScope, { step, inputs, names }: Searched): HeadInputs | null {
  const isNamed = (entry: DataEntry): boolean => !names || names.has(inputName(entry));
  const searched = inputs.filter((entry) => isNamed(entry) || entry.key.text === ANY_KEY);
  const known = new Map<Sought, HeadSources>();
  const heads = searched.flatMap((entry) => {
    const sought = soughtIn(entry, names);
    const sources = known.get(sought) ?? headSourcesOf(scope, step, sought);
    known.set(sought, sources);
    const nodes = nodesOf(scope, entry, { isNamed, sought });
    const found = nodes.map((node) => headIn(scope, node, sources));
    return found
      .filter((certainty) => certainty !== null)
      .map((certainty) => ({ entry, certainty }));
  });
  const [first] = heads;
  if (!first) return null;
  return {
    which: searched.map(({ value }) => showValue(value)),
    line: first.entry.key.line,
    endLine: first.entry.value.endLine,
    certainty: heads.some(({ certainty }) => certainty === "exact") ? "exact" : "heuristic",
  };
}

// What an expression gives can be an input of any name.
function soughtIn(entry: DataEntry, names: Searched["names"]): Sought {
  return names ? (names.get(inputName(entry)) ?? "repository") : "head";
}

function showValue(value: DataNode): string {
  return value.type === "scalar" ? respell(value.text).trim() : canonicalText(value);
}

// `with: ${{ fromJSON('{"ref": "refs/pull/7/head"}') }}`
function nodesOf(
  scope: StepScope,
  { key, value }: DataEntry,
  { isNamed, sought }: { isNamed: (entry: DataEntry) => boolean; sought: Sought },
): readonly DataNode[] {
  if (key.text !== ANY_KEY) return [value];
  const values = value.type === "scalar" ? spellingsOf(scope, value, sought) : [value];
  return (values ?? [value]).flatMap((given) =>
    given.type === "map" ? given.entries.filter(isNamed).map((entry) => entry.value) : [given],
  );
}

function headIn(scope: StepScope, node: DataNode, sources: HeadSources): Certainty | null {
  if (node.type !== "scalar") return null;
  const text = respell(node.text).trim();
  const told = headReference(text, sources);
  if (told === "exact" || !text.includes("${{")) return told;
  const spellings = spellingsOf(scope, { ...node, text }, sources.sought);
  if (!spellings) return "heuristic";
  return spellings.some((value) => value.type === "scalar" && isPullRef(value.text))
    ? "exact"
    : told;
}

/** No honest ref is longer; nor has a job so many that come out in so many ways. */
const MAX_CHARACTERS = 500;
const MAX_SPELT = 20_000;

interface Spellings {
  readonly known: Map<string, readonly DataNode[]>;
  left: number;
}

const spellingsIn = onceForEach((): Spellings => ({ known: new Map(), left: MAX_SPELT }));

/** All that a text may come out as; null where nobody would write that many. */
function spellingsOf(
  scope: StepScope,
  node: DataScalar,
  sought: Sought,
): readonly DataNode[] | null {
  const spellings = spellingsIn(scope);
  const known = spellings.known.get(node.text);
  if (known) return known;
  if (node.text.length > MAX_CHARACTERS || spellings.left < 0) return null;
  const values = possibleValues(node, shortMatrixOf(scope, sought));
  for (const value of values) {
    spellings.left -= value.type === "scalar" ? value.text.length : node.text.length;
  }
  spellings.known.set(node.text, values);
  return values;
}
