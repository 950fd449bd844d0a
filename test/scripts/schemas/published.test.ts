import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { undescribedKeys } from "../../../scripts/schemas/described.ts";
import { publishedSchemas } from "../../../scripts/schemas/published.ts";
import { verdictPredicateOf } from "../../ledger/verdict-fixture.ts";

const folder = new URL("../../../schemas/", import.meta.url);
const schemas = publishedSchemas();
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
addFormats.default(ajv);

test("the folder holds every published schema, and no other", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".schema.json"));
  expect(names.sort()).toEqual([...schemas.keys()].sort());
});

describe.each([...schemas])("%s", (name, { direction, schema }) => {
  test("is what the code generates", () => {
    const text = readFileSync(new URL(name, folder), "utf8");
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  test("is a schema of draft 2020-12 with an id, a title and a description", () => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `https://bailiff.dev/schemas/${name}`,
      title: expect.stringMatching(/./) as string,
      description: expect.stringMatching(/./) as string,
    });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  test("says of each of its keys what it means", () => {
    expect(undescribedKeys(schema)).toEqual([]);
  });

  test("closes its objects to people who write, and to nobody who reads", () => {
    const isClosed = JSON.stringify(schema).includes('"additionalProperties":false');
    expect(isClosed).toBe(direction === "input");
  });
});

test("the predicate of a recorded verdict is as published", () => {
  const isVerdict = ajv.getSchema("https://bailiff.dev/schemas/predicate-verdict.schema.json");
  const predicate = JSON.parse(JSON.stringify(verdictPredicateOf({ approvedBy: "bo" }))) as object;
  const recorded = { ...COMMON, supersedes: null, ...predicate };
  expect(isVerdict?.(recorded), JSON.stringify(isVerdict?.errors)).toBe(true);
  expect(isVerdict?.({ ...recorded, factsDigest: "x" })).toBe(false);
});

const COMMON = {
  ...{ id: "1", ledger: "l", at: "2026-01-31T12:00:00Z", observed: { size: 0, root: "" } },
};
