import type { ScalarShape } from "../facts/schema.ts";
import { nearest } from "./nearest.ts";

const TYPES = { text: "string", number: "number", flag: "boolean" };

/** Whether a literal is of a fact's type; NaN and infinities are no fact's. */
export function isOfType(shape: ScalarShape, value: unknown): value is string | number | boolean {
  if (typeof value === "number" && !Number.isFinite(value)) return false;
  return typeof value === TYPES[shape.is];
}

/** The values of which one was probably meant by a text that a fact can never be, in words. */
export function meantValue(values: readonly string[], written: string): string {
  const near = nearest(written, values);
  return near === null ? `use ${oneOf(values)}` : `did you mean ${near}?`;
}

/** How many values one line may list. */
const MAX_LISTED = 16;

/** `one of a, b`; of a long list the first ones, with how many there are. */
export function oneOf(values: readonly string[]): string {
  if (values.length <= MAX_LISTED) return `one of ${values.join(", ")}`;
  const some = values.slice(0, MAX_LISTED / 2).join(", ");
  return `one of the ${values.length} that docs/capabilities.md lists (${some}, …)`;
}

/** The names, of a closed list, that a pattern over a fact can match; null where they are not counted. */
export function namesOf({ comparison, values }: ScalarShape): readonly string[] | null {
  return comparison === "exact" ? null : values;
}
