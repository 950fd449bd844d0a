/** A JSON Schema (draft 2020-12) as data; `true` and `false` are schemas too. */
export type JsonSchema = boolean | SchemaObject;

export interface SchemaObject {
  readonly [keyword: string]: unknown;
}

export const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** The keywords whose value is one schema, a list of them, or a map of them. */
const ONE: readonly string[] = ["items", "additionalProperties", "propertyNames"];
const LIST: readonly string[] = ["anyOf", "oneOf", "allOf", "prefixItems"];
const MAP: readonly string[] = ["properties", "$defs"];

/** Where a schema stands in a document: `flips[].before`, empty for the document itself. */
export type SchemaPath = string;

/** Changes every schema of one, the innermost first. */
export function mapSchema(
  schema: JsonSchema,
  change: (schema: SchemaObject, path: SchemaPath) => SchemaObject,
  path: SchemaPath = "",
): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const entries = Object.entries(schema).map(([keyword, value]) => {
    const inner = (one: unknown, at: SchemaPath): JsonSchema =>
      mapSchema(one as JsonSchema, change, at);
    if (ONE.includes(keyword)) return [keyword, inner(value, below(path, keyword))];
    if (LIST.includes(keyword)) {
      return [keyword, (value as unknown[]).map((one) => inner(one, path))];
    }
    if (!MAP.includes(keyword)) return [keyword, value];
    const parts = Object.entries(value as object).map(([name, one]) => [
      name,
      inner(one, keyword === "properties" ? joined(path, name) : name),
    ]);
    return [keyword, Object.fromEntries(parts) as object];
  });
  return change(Object.fromEntries(entries) as SchemaObject, path);
}

function below(path: SchemaPath, keyword: string): SchemaPath {
  if (keyword === "items") return `${path}[]`;
  return keyword === "propertyNames" ? path : joined(path, "*");
}

function joined(path: SchemaPath, name: string): SchemaPath {
  return path === "" ? name : `${path}.${name}`;
}
