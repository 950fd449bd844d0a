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
  return near === null ? `use one of ${values.join(", ")}` : `did you mean ${near}?`;
}

/** The names, of a closed list, that a pattern over a fact can match; null where they are not counted. */
export function namesOf({ comparison, values }: ScalarShape): readonly string[] | null {
  return comparison === "exact" ? null : values;
}
