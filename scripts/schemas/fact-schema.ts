import { FACTS_SCHEMA } from "../../rules/facts/facts.ts";
import { FACTS_SHAPE, type ObjectShape, type Shape } from "../../rules/facts/schema.ts";
import type { SchemaObject } from "./json-schema.ts";

/** The schema of the facts document. */
export function factsSchema(): SchemaObject {
  const schema = schemaOf(FACTS_SHAPE);
  const properties = schema["properties"] as SchemaObject;
  return { ...schema, properties: { ...properties, schema: { const: FACTS_SCHEMA } } };
}

const TYPES = {
  text: "string",
  number: "number",
  flag: "boolean",
  list: "array",
  object: "object",
} as const;

function schemaOf(shape: Shape): SchemaObject {
  const type = TYPES[shape.is];
  return {
    type: shape.whenNull === "never" ? type : [type, "null"],
    ...(shape.whenNull !== "never" && { description: `null: ${shape.whenNull}` }),
    ...contentSchema(shape),
  };
}

function contentSchema(shape: Shape): SchemaObject {
  if (shape.is === "object") return objectSchema(shape);
  if (shape.is === "list") return { items: schemaOf(shape.of) };
  // Kinds are a name among those that readers give so far; later ones only add.
  if (shape.values === null || shape.comparison !== "exact") return {};
  return { enum: shape.whenNull === "never" ? shape.values : [...shape.values, null] };
}

function objectSchema({ fields, others }: ObjectShape): SchemaObject {
  if (others) return { additionalProperties: schemaOf(others) };
  const properties = Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]);
  return {
    properties: Object.fromEntries(properties) as object,
    required: Object.keys(fields),
    additionalProperties: false,
  };
}
