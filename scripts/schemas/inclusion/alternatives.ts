import type { JsonSchema, SchemaObject } from "../json-schema.ts";
import { isSame, without, written } from "./keywords.ts";

const TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"] as const;

/**
 * A schema as several of which each document is of one at least, so that all of them can be held
 * against another schema one by one; null where it is not of several.
 *
 * What is joined by `allOf` and says two things of one keyword keeps both in an `allOf`.
 */
export function alternativesOf(schema: SchemaObject): JsonSchema[] | null {
  for (const keyword of ["anyOf", "oneOf"]) {
    if (!(keyword in schema)) continue;
    const rest = without(schema, [keyword]);
    return (schema[keyword] as JsonSchema[]).map((one) => joined(rest, one));
  }
  const { type } = schema;
  if (Array.isArray(type)) return type.map((one: unknown) => ({ ...schema, type: one }));
  return null;
}

/** A schema without its `allOf`, where its parts say nothing different of one keyword. */
export function flattened(schema: SchemaObject): JsonSchema {
  const parts = schema["allOf"] as JsonSchema[];
  return parts.reduce((whole: JsonSchema, part) => joined(whole, part), without(schema, ["allOf"]));
}

function joined(one: JsonSchema, other: JsonSchema): JsonSchema {
  if (one === false || other === false) return false;
  if (one === true) return other;
  if (other === true) return one;
  const shared = Object.keys(one).filter((keyword) => keyword in other && keyword !== "required");
  if (shared.some((keyword) => !isSame(one[keyword], other[keyword]))) {
    return { allOf: [one, other] };
  }
  const required = [one, other].flatMap((each) => (each["required"] ?? []) as string[]);
  return { ...one, ...other, ...(required.length > 0 && { required: [...new Set(required)] }) };
}

/** The documents of a schema that has few enough to count; null where it has more. */
export function valuesOf(schema: SchemaObject): readonly unknown[] | null {
  if ("const" in schema) return [schema["const"]];
  if ("enum" in schema) return schema["enum"] as unknown[];
  if (schema["type"] === "null") return [null];
  return schema["type"] === "boolean" ? [true, false] : null;
}

/** Whether a type is one of those that a schema lets pass. */
export function isTypeOf(type: unknown, schema: SchemaObject): boolean {
  const types: readonly unknown[] = [schema["type"] ?? TYPES].flat();
  return types.includes(type) || (type === "integer" && types.includes("number"));
}

/**
 * Whether no document is of both schemas, as far as it shows: by type, or by a key that the first
 * requires and for which both count their values.
 */
export function isDisjoint(one: SchemaObject, other: JsonSchema): boolean {
  if (typeof other === "boolean") return !other;
  if (!isTypeOf(one["type"], other)) return true;
  const [ours, theirs] = [one, other].map((each) => (each["properties"] ?? {}) as SchemaObject);
  return ((one["required"] ?? []) as string[]).some((name) => {
    const [here, there] = [ours?.[name], theirs?.[name]].map(countedValues);
    return here != null && there != null && !here.some((value) => there.includes(value));
  });
}

function countedValues(schema: unknown): string[] | null {
  if (typeof schema !== "object" || schema === null) return null;
  return valuesOf(schema as SchemaObject)?.map(written) ?? null;
}
