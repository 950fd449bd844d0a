import { mapSchema, type JsonSchema, type SchemaObject } from "./json-schema.ts";

/**
 * A schema of what is written, for whoever reads it: keys that it does not name are let pass, since
 * a later version adds some.
 */
export function forReaders(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, (one) => (isClosable(one) ? without(one, "additionalProperties") : one));
}

/** The same for those who test the writer: a key that no schema names is refused. */
export function forWriters(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, (one) =>
    isClosable(one) ? { ...one, additionalProperties: false } : one,
  );
}

/** Whether an object names its keys; one that is a map from any key has a schema for their values. */
function isClosable({ properties, additionalProperties }: SchemaObject): boolean {
  return properties !== undefined || additionalProperties === false;
}

function without(schema: SchemaObject, keyword: string): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
}
