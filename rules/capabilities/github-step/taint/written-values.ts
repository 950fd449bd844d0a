import { mergeTaints, type Taint } from "./taint.ts";

/** The texts of others in values that a step writes for later ones, by name or under `ANY_NAME`. */
export type TaintsByName = Map<string, readonly Taint[]>;

/** What a step writes for later ones, as far as it holds texts of others. */
export interface WrittenValues {
  /** Names in lower case, as GitHub takes them. */
  readonly outputs: TaintsByName;
  readonly variables: TaintsByName;
}

/** Nothing written yet. */
export function nothingWritten(): WrittenValues {
  return { outputs: new Map(), variables: new Map() };
}

/** Adds what is written once more under a name. */
export function addWritten(values: TaintsByName, name: string, taints: readonly Taint[]): void {
  values.set(name, mergeTaints([values.get(name) ?? [], taints]));
}
