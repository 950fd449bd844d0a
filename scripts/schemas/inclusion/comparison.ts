import type { JsonSchema, SchemaObject, SchemaPath } from "../json-schema.ts";

/** A document that the narrow schema has and the wide one has not, or that nobody can tell of. */
export interface Difference {
  readonly path: SchemaPath;
  /** What differs: `type`, `required`. */
  readonly about: string;
  readonly narrow: string;
  readonly wide: string;
}

/** Two schemas at one place of the document that both describe. */
export interface Pair {
  readonly narrow: JsonSchema;
  readonly wide: JsonSchema;
  readonly path: SchemaPath;
}

/** A pair in which both sides are objects, the narrow one of a single type. */
export interface PlainPair extends Pair {
  readonly narrow: SchemaObject;
  readonly wide: SchemaObject;
}

/** What comparing parts of a pair needs. */
export interface Comparison {
  /** Whether whoever reads by the wide schema ignores keys that it does not name. */
  readonly openKeys: boolean;
  /** Whether the document is written by people, for whom what they leave out means its default. */
  readonly defaults: boolean;
  readonly compare: (pair: Pair) => readonly Difference[];
}

/** A difference at a pair's place, of values that are shown as JSON. */
export function differing(
  { path }: Pick<Pair, "path">,
  about: string,
  { narrow, wide }: { narrow: unknown; wide: unknown },
): Difference[] {
  return [{ path, about, narrow: shown(narrow), wide: shown(wide) }];
}

function shown(value: unknown): string {
  return value === undefined ? "anything" : JSON.stringify(value);
}
