import { canonicalJson } from "../../../rules/canonical.ts";
import type { JsonSchema, SchemaObject } from "../json-schema.ts";

/** Keywords that say nothing of which documents a schema has. */
const ANNOTATIONS: readonly string[] = [
  ...["$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples"],
  "deprecated",
];

/** Those that comparing understands. */
const UNDERSTOOD: readonly string[] = [
  ...["type", "const", "enum", "anyOf", "oneOf", "allOf"],
  ...["minLength", "maxLength", "pattern", "format"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["items", "minItems", "maxItems"],
  ...["properties", "required", "additionalProperties", "propertyNames"],
];

/** A schema with nothing but what says which documents it has. */
export function constraintsOf(schema: SchemaObject): SchemaObject {
  return without(schema, ANNOTATIONS);
}

/** The keywords of a schema that comparing does not understand. */
export function oddKeywords(schema: SchemaObject): string[] {
  return Object.keys(constraintsOf(schema)).filter((keyword) => !UNDERSTOOD.includes(keyword));
}

export function without(schema: SchemaObject, keywords: readonly string[]): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !keywords.includes(name)));
}

/** Whether two values are the same JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined && written(one) === written(other);
}

/** A value as text, equal for equal ones. */
export function written(value: unknown): string {
  return canonicalJson(value);
}

/** The schema that a `$ref` of one document leads to; null where it leads nowhere, or round in a circle. */
export function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema | null {
  let at = schema;
  for (const seen = new Set<JsonSchema>(); typeof at === "object" && "$ref" in at;) {
    if (seen.has(at) || Object.keys(constraintsOf(at)).length > 1) return null;
    seen.add(at);
    const found = pointedAt(at["$ref"], root);
    if (found === null) return null;
    at = found;
  }
  return at;
}

function pointedAt(reference: unknown, root: JsonSchema): JsonSchema | null {
  if (reference === "#") return root;
  const [, name = ""] = /^#\/\$defs\/([^/~%]+)$/.exec(String(reference)) ?? [];
  const definitions = typeof root === "object" ? (root["$defs"] as SchemaObject | undefined) : {};
  return definitions !== undefined && Object.hasOwn(definitions, name)
    ? (definitions[name] as JsonSchema)
    : null;
}
