import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** What a runner reads of an `action.yml`. */
export interface Manifest {
  /** Each input's default, "" where it has none. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: readonly string[];
  readonly using: string;
  readonly main: string;
}

interface Written {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, object>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export function readManifest(path: string): Manifest {
  const { inputs, outputs, runs } = parse(readFileSync(path, "utf8")) as Written;
  const defaults = Object.entries(inputs).map(
    ([name, input]) => [name, input.default ?? ""] as const,
  );
  return { inputs: new Map(defaults), outputs: Object.keys(outputs), ...runs };
}
