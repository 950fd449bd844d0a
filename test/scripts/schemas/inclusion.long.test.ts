import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { differencesOf } from "../../../scripts/schemas/inclusion/inclusion.ts";
import type { JsonSchema } from "../../../scripts/schemas/json-schema.ts";

const CLOSED = { openKeys: false, defaults: false };

const key = fc.constantFrom("a", "b", "c");
const scalar = fc.constantFrom<unknown>(null, true, false, -1, 0, 1.5, 2, "", "a", "bb", "ccc");
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.array(tie("document"), { maxLength: 3 }),
    fc.dictionary(key, tie("document"), { maxKeys: 3 }),
  ),
}));

const type = fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object");
const small = fc.integer({ min: 0, max: 2 });
const some = { requiredKeys: [] };
const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const choices = fc.array(tie("schema"), { minLength: 1, maxLength: 2 });
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.constantFrom<JsonSchema>(true, false, {}),
      fc.record({ type }),
      fc.record({ type: fc.uniqueArray(type, { minLength: 1, maxLength: 3 }) }),
      fc.record({ const: scalar }),
      fc.record({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }) }),
      fc.record({ type: fc.constant("string"), minLength: small, maxLength: small }, some),
      fc.record({ type: fc.constant("string"), pattern: fc.constantFrom("^a", "b$") }, some),
      fc.record(
        { type: fc.constantFrom("number", "integer"), minimum: small, maximum: small },
        some,
      ),
      fc.record({ type: fc.constant("number"), exclusiveMinimum: small }, some),
      fc.record({ anyOf: choices }),
      fc.record({ oneOf: choices }),
      fc.record({ allOf: choices }),
      fc.record({ not: tie("schema") }),
      fc.record(
        { type: fc.constant("array"), items: tie("schema"), minItems: small, maxItems: small },
        some,
      ),
      fc.record(
        {
          type: fc.constant("object"),
          properties: fc.dictionary(key, tie("schema"), { maxKeys: 2 }),
          required: fc.uniqueArray(key, { maxLength: 2 }),
          additionalProperties: tie("schema"),
          propertyNames: fc.record({ enum: fc.uniqueArray(key, { minLength: 1 }) }),
          anyOf: choices,
        },
        some,
      ),
    ),
  };
});

function accepts(one: JsonSchema): (value: unknown) => boolean {
  const isValid = new Ajv2020({ strict: false }).compile(one);
  return (value) => isValid(value);
}

/** Two schemas, of which the one often is the other with a part changed. */
const pair = fc.oneof(
  fc.tuple(schema, schema),
  schema.map((one): [JsonSchema, JsonSchema] => [one, one]),
  fc
    .tuple(schema, schema)
    .map(([one, other]): [JsonSchema, JsonSchema] => [one, { anyOf: [one, other] }]),
  fc
    .tuple(schema, schema)
    .map(([one, other]): [JsonSchema, JsonSchema] => [{ allOf: [one, other] }, one]),
  fc.tuple(key, schema, schema).map(([name, one, other]): [JsonSchema, JsonSchema] => [
    { type: "object", properties: { [name]: one }, required: [name] },
    { type: "object", properties: { [name]: { anyOf: [one, other] } } },
  ]),
);

test("where no difference is found, each document of the one schema is one of the other", () => {
  let alike = 0;
  fc.assert(
    fc.property(
      pair,
      fc.array(document, { minLength: 10, maxLength: 20 }),
      ([narrow, wide], documents) => {
        if (differencesOf(narrow, wide, CLOSED).length > 0) return;
        alike += 1;
        const [isNarrow, isWide] = [accepts(narrow), accepts(wide)];
        for (const one of documents.filter(isNarrow)) expect(isWide(one)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
  expect(alike).toBeGreaterThan(50);
});

test("no schema differs from itself, whatever it is joined of", () => {
  fc.assert(
    fc.property(schema, (one) => {
      expect(differencesOf(one, structuredClone(one), CLOSED)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
