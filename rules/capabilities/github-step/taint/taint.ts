import type { Certainty } from "../../capability.ts";
import type { Source } from "../../github-expression/sources.ts";

/** A text of others, and how it came to where it is found. */
export interface Taint extends Source {
  /** The value that it came through, `steps.x.outputs.y`; "" where it is used directly. */
  readonly through: string;
  readonly certainty: Certainty;
}

/** What is followed of one value: enough to say whose text it is, and few enough to stay fast. */
const MAX_TAINTS = 20;

/**
 * The taints of several values as those of one: each source once, found the surest way, outsiders
 * first, and at most 20.
 */
export function mergeTaints(values: readonly (readonly Taint[])[]): readonly Taint[] {
  const taints = values.flat();
  if (taints.length < 2) return taints;
  const bySource = new Map<string, Taint>();
  for (const taint of taints) {
    const known = bySource.get(taint.path);
    if (!known || isSurer(taint, known)) bySource.set(taint.path, taint);
  }
  const merged = [...bySource.values()];
  return [
    ...merged.filter(({ level }) => level === "outsider"),
    ...merged.filter(({ level }) => level === "insider"),
  ].slice(0, MAX_TAINTS);
}

/** The same texts after they went through a value. */
export function passThrough(taints: readonly Taint[], through: string): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, through }));
}

/** The same texts where following them this far was a guess. */
export function guessed(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, certainty: "heuristic" }));
}

/** Whether one way of finding a text is exact where another is a guess. */
export function isSurer(one: Taint, other: Taint): boolean {
  return one.certainty === "exact" && other.certainty === "heuristic";
}
