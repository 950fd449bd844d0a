import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../../scripts/schemas/json-schema.ts";
import { publishedSchemas, type Direction } from "../../../scripts/schemas/published.ts";
import {
  brokenPromises,
  changesOf,
  incompatibilities,
  mayBreak,
  type Release,
} from "../../../scripts/schemas/release.ts";
import { releaseText, thisRelease } from "../../../scripts/schemas/this-release.ts";

const text = { type: "string" };
const line = { type: "integer", minimum: 1 };

/** An object that requires these keys, and may have the others; closed as what people write is. */
function object(required: Record<string, JsonSchema>, optional: Record<string, JsonSchema> = {}) {
  const properties = { ...required, ...optional };
  return { type: "object", properties, required: Object.keys(required) };
}

function closed(...keys: Parameters<typeof object>) {
  return { ...object(...keys), additionalProperties: false };
}

interface Row {
  readonly change: string;
  readonly before: JsonSchema;
  readonly now: JsonSchema;
  readonly breaks: boolean;
}

const tag = (kind: string, more: Record<string, JsonSchema> = {}) =>
  object({ kind: { const: kind }, ...more });
const listOf = (items: JsonSchema, more = {}) => ({ type: "array", items, ...more });
const named = (definition: JsonSchema) => ({
  $ref: "#/$defs/a",
  $defs: { a: definition },
});
const tree = (leaf: JsonSchema) => ({
  ...object({ leaf, below: listOf({ $ref: "#" }) }),
});

/** What is written: readers of the old schema have to get on with all that comes by the new one. */
const OUTPUTS: readonly Row[] = [
  { change: "nothing", before: object({ a: text }), now: object({ a: text }), breaks: false },
  { change: "words", before: text, now: { ...text, description: "x", title: "y" }, breaks: false },
  {
    change: "a key more",
    before: object({ a: text }),
    now: object({ a: text, b: text }),
    breaks: false,
  },
  {
    change: "an optional key more",
    before: object({ a: text }),
    now: object({ a: text }, { b: text }),
    breaks: false,
  },
  {
    change: "a key less",
    before: object({ a: text, b: text }),
    now: object({ a: text }),
    breaks: true,
  },
  {
    change: "an optional key less",
    before: object({}, { b: text }),
    now: object({}),
    breaks: true,
  },
  {
    change: "an optional key less that could be anything",
    before: object({}, { b: {} }),
    now: object({}),
    breaks: true,
  },
  {
    change: "a key less in a list",
    before: listOf(object({ a: text })),
    now: listOf(object({})),
    breaks: true,
  },
  {
    change: "a required key is optional",
    before: object({ a: text }),
    now: object({}, { a: text }),
    breaks: true,
  },
  {
    change: "an optional key is required",
    before: object({}, { a: text }),
    now: object({ a: text }),
    breaks: false,
  },
  { change: "another type", before: text, now: { type: "number" }, breaks: true },
  { change: "a type more", before: text, now: { type: ["string", "number"] }, breaks: true },
  { change: "a type less", before: { type: ["string", "number"] }, now: text, breaks: false },
  { change: "null besides", before: text, now: { type: ["string", "null"] }, breaks: true },
  {
    change: "null besides, as a choice",
    before: text,
    now: { anyOf: [text, { type: "null" }] },
    breaks: true,
  },
  { change: "null no more", before: { anyOf: [text, { type: "null" }] }, now: text, breaks: false },
  {
    change: "a number for an integer",
    before: { type: "integer" },
    now: { type: "number" },
    breaks: true,
  },
  {
    change: "an integer for a number",
    before: { type: "number" },
    now: { type: "integer" },
    breaks: false,
  },
  { change: "anything", before: text, now: {}, breaks: true },
  { change: "a text for anything", before: {}, now: text, breaks: false },
  { change: "a value more", before: { enum: ["a"] }, now: { enum: ["a", "b"] }, breaks: true },
  { change: "a value less", before: { enum: ["a", "b"] }, now: { enum: ["a"] }, breaks: false },
  {
    change: "values in another order",
    before: { enum: ["a", "b"] },
    now: { enum: ["b", "a"] },
    breaks: false,
  },
  { change: "any text for values", before: { ...text, enum: ["a"] }, now: text, breaks: true },
  { change: "another constant", before: { const: "v1" }, now: { const: "v2" }, breaks: true },
  {
    change: "a constant for values",
    before: { enum: ["a", "b"] },
    now: { const: "a" },
    breaks: false,
  },
  {
    change: "another pattern",
    before: { ...text, pattern: "^a$" },
    now: { ...text, pattern: "^[ab]$" },
    breaks: true,
  },
  { change: "no pattern", before: { ...text, pattern: "^a$" }, now: text, breaks: true },
  { change: "a pattern", before: text, now: { ...text, pattern: "^a$" }, breaks: false },
  { change: "no format", before: { ...text, format: "date-time" }, now: text, breaks: true },
  {
    change: "a longer text",
    before: { ...text, maxLength: 5 },
    now: { ...text, maxLength: 6 },
    breaks: true,
  },
  {
    change: "a shorter text",
    before: { ...text, maxLength: 6 },
    now: { ...text, maxLength: 5 },
    breaks: false,
  },
  { change: "a lower least", before: line, now: { type: "integer", minimum: 0 }, breaks: true },
  {
    change: "no most",
    before: { type: "number", maximum: 1 },
    now: { type: "number" },
    breaks: true,
  },
  {
    change: "no exclusive most",
    before: { type: "number", exclusiveMaximum: 1 },
    now: { type: "number", maximum: 1 },
    breaks: true,
  },
  {
    change: "a longer list",
    before: listOf(text, { maxItems: 5 }),
    now: listOf(text, { maxItems: 9 }),
    breaks: true,
  },
  {
    change: "an emptier list",
    before: listOf(text, { minItems: 1 }),
    now: listOf(text),
    breaks: true,
  },
  { change: "other items", before: listOf(text), now: listOf(line), breaks: true },
  { change: "any items", before: listOf(text), now: { type: "array" }, breaks: true },
  {
    change: "a sort more",
    before: { oneOf: [tag("a")] },
    now: { oneOf: [tag("a"), tag("b")] },
    breaks: true,
  },
  {
    change: "a sort less",
    before: { oneOf: [tag("a"), tag("b")] },
    now: { oneOf: [tag("a")] },
    breaks: false,
  },
  {
    change: "a key more in one sort",
    before: { oneOf: [tag("a"), tag("b")] },
    now: { oneOf: [tag("a", { x: text }), tag("b")] },
    breaks: false,
  },
  {
    change: "a key less in one sort",
    before: { oneOf: [tag("a", { x: text }), tag("b")] },
    now: { oneOf: [tag("a"), tag("b")] },
    breaks: true,
  },
  {
    change: "sorts of which one has two",
    before: { oneOf: [object({ a: text }), object({})] },
    now: object({ a: text }),
    breaks: true,
  },
  {
    change: "other values of a map",
    before: { type: "object", additionalProperties: text },
    now: { type: "object", additionalProperties: line },
    breaks: true,
  },
  {
    change: "other keys of a map",
    before: { type: "object", propertyNames: { enum: ["a"] } },
    now: { type: "object", propertyNames: text },
    breaks: true,
  },
  { change: "a definition by name", before: named(text), now: text, breaks: false },
  { change: "another definition", before: named(text), now: named(line), breaks: true },
  { change: "the same in itself", before: tree(text), now: tree(text), breaks: false },
  { change: "a leaf deep in itself", before: tree(text), now: tree({}), breaks: true },
  {
    change: "a joined limit",
    before: { allOf: [text, { maxLength: 5 }] },
    now: { ...text, maxLength: 5 },
    breaks: false,
  },
  {
    change: "a joined limit less",
    before: { allOf: [text, { maxLength: 5 }] },
    now: { allOf: [text, { maxLength: 6 }] },
    breaks: true,
  },
];

/** What is read: what people wrote by the old schema still has to be understood. */
const INPUTS: readonly Row[] = [
  {
    change: "an optional key more",
    before: closed({ a: text }),
    now: closed({ a: text }, { b: text }),
    breaks: false,
  },
  {
    change: "a key more that is required",
    before: closed({}),
    now: closed({ b: text }),
    breaks: true,
  },
  { change: "a key less", before: closed({}, { b: text }), now: closed({}), breaks: true },
  {
    change: "a key less in a list",
    before: listOf(closed({}, { b: text })),
    now: listOf(closed({})),
    breaks: true,
  },
  {
    change: "an optional key is required",
    before: closed({}, { a: text }),
    now: closed({ a: text }),
    breaks: true,
  },
  {
    change: "a required key is optional",
    before: closed({ a: text }),
    now: closed({}, { a: text }),
    breaks: false,
  },
  { change: "any other key", before: closed({}), now: object({}), breaks: false },
  { change: "no other key", before: object({}), now: closed({}), breaks: true },
  { change: "a value more", before: { enum: ["a"] }, now: { enum: ["a", "b"] }, breaks: false },
  { change: "a value less", before: { enum: ["a", "b"] }, now: { enum: ["a"] }, breaks: true },
  { change: "a type more", before: text, now: { type: ["string", "number"] }, breaks: false },
  { change: "a type less", before: { anyOf: [text, { type: "number" }] }, now: text, breaks: true },
  { change: "a list besides", before: text, now: { anyOf: [text, listOf(text)] }, breaks: false },
  { change: "a pattern", before: text, now: { ...text, pattern: "^a$" }, breaks: true },
  { change: "no pattern", before: { ...text, pattern: "^a$" }, now: text, breaks: false },
  {
    change: "a shorter text",
    before: { ...text, maxLength: 6 },
    now: { ...text, maxLength: 5 },
    breaks: true,
  },
  {
    change: "fewer items",
    before: listOf(text, { maxItems: 9 }),
    now: listOf(text, { maxItems: 5 }),
    breaks: true,
  },
  {
    change: "another default",
    before: { ...line, default: 1 },
    now: { ...line, default: 2 },
    breaks: true,
  },
  { change: "a default", before: line, now: { ...line, default: 1 }, breaks: true },
  {
    change: "one of two keys",
    before: {
      ...closed({}, { a: text, b: text }),
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    now: closed({}, { a: text, b: text }),
    breaks: false,
  },
  {
    change: "both of two keys",
    before: {
      ...closed({}, { a: text, b: text }),
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
    },
    now: closed({ a: text, b: text }),
    breaks: true,
  },
  {
    change: "anything at a key",
    before: closed({ a: text }),
    now: closed({ a: {} }),
    breaks: false,
  },
  {
    change: "nothing at a key",
    before: closed({}, { a: text }),
    now: closed({}, { a: false }),
    breaks: true,
  },
];

/** What nobody here can compare breaks. */
const UNCOMPARED: readonly Row[] = [
  {
    change: "a keyword that nobody knows",
    before: text,
    now: { ...text, not: { const: "a" } },
    breaks: true,
  },
  {
    change: "a reference to elsewhere",
    before: text,
    now: { $ref: "https://x.example/a" },
    breaks: true,
  },
  { change: "a reference to nothing", before: text, now: { $ref: "#/$defs/a" }, breaks: true },
  {
    change: "a reference to itself",
    before: text,
    now: named({ $ref: "#/$defs/a" }),
    breaks: true,
  },
  {
    change: "a reference with more beside it",
    before: text,
    now: { ...named(text), maxLength: 1 },
    breaks: true,
  },
];

const ROWS: readonly (Row & { readonly direction: Direction })[] = [
  ...OUTPUTS.map((row) => ({ direction: "output" as const, ...row })),
  ...INPUTS.map((row) => ({ direction: "input" as const, ...row })),
  ...UNCOMPARED.map((row) => ({ direction: "input" as const, ...row })),
  ...UNCOMPARED.map(({ before, now, ...row }) => {
    return { direction: "output" as const, ...row, before: now, now: before };
  }),
];

test.each(ROWS)("$direction, $change: breaks $breaks", ({ direction, before, now, breaks }) => {
  const changes = changesOf(direction, before, now);
  expect(changes.length > 0, changes.join("\n")).toBe(breaks);
});

test.each([
  {
    direction: "output" as const,
    before: object({ flips: listOf(object({ why: text })) }),
    now: object({ flips: listOf(object({ why: { type: ["string", "null"] } })) }),
    says: 'flips[].why: values was {"type":"string"}, is [null]',
  },
  {
    direction: "input" as const,
    before: closed({ policies: listOf({ ...text, maxLength: 9 }) }),
    now: closed({ policies: listOf({ ...text, maxLength: 8 }) }),
    says: "policies[]: maxLength was 9, is 8",
  },
  {
    direction: "output" as const,
    before: object({ a: text }),
    now: object({}),
    says: 'a: key was "there", is "gone"',
  },
])("says where it is, what was and what is: $says", ({ direction, before, now, says }) => {
  expect(changesOf(direction, before, now)[0]).toBe(says);
});

describe("a release", () => {
  const schema = object({ a: text });
  const released = (version: string, more: Partial<Release> = {}): Release => ({
    version,
    schemas: { "a.schema.json": { direction: "output", schema } },
    packs: { "bailiff:a@1": "1f" },
    ...more,
  });
  const broken = { schemas: { "a.schema.json": { direction: "output" as const, schema: text } } };

  test.each([
    { before: "1.2.3", now: "2.0.0", may: true },
    { before: "1.2.3", now: "1.3.0", may: false },
    { before: "1.2.3", now: "1.2.4", may: false },
    { before: "1.2.3", now: "1.2.3", may: false },
    { before: "0.1.0", now: "0.2.0", may: true },
    { before: "0.1.0", now: "0.1.1", may: false },
    { before: "0.9.0", now: "1.0.0", may: true },
    { before: "2.0.0", now: "1.0.0", may: false },
    { before: "0.2.0", now: "0.1.0", may: false },
  ])("$now may break what $before promised: $may", ({ before, now, may }) => {
    expect(mayBreak(before, now)).toBe(may);
    expect(brokenPromises(released(before), released(now, broken)).length === 0).toBe(may);
    expect(brokenPromises(released(before), released(now))).toEqual([]);
  });

  test("what is no version is refused", () => {
    expect(() => mayBreak("1", "2")).toThrow("1 is no version");
  });

  test("keeps every schema, and its direction", () => {
    expect(incompatibilities(released("1.0.0"), released("1.1.0", { schemas: {} }))).toEqual([
      "a.schema.json: is gone",
    ]);
    const turned = { "a.schema.json": { direction: "input" as const, schema } };
    expect(incompatibilities(released("1.0.0"), released("1.1.0", { schemas: turned }))).toEqual([
      "a.schema.json: was output, is input",
    ]);
  });

  test.each([
    { when: "its policies are others", packs: { "bailiff:a@1": "2e" }, says: "has other policies" },
    { when: "it is gone", packs: {}, says: "is gone" },
  ])("keeps a pack also in a major version: $when", ({ packs, says }) => {
    const found = brokenPromises(released("1.0.0"), released("2.0.0", { packs }));
    expect(found).toEqual([`bailiff:a@1: ${says}; give them a new version`]);
  });

  test("may bring packs and schemas along", () => {
    const more = { packs: { "bailiff:a@1": "1f", "bailiff:a@2": "2e" } };
    expect(brokenPromises(released("1.0.0"), released("1.0.1", more))).toEqual([]);
  });

  test("breaks nothing of itself, also once it is written and read", () => {
    const now = thisRelease();
    expect([...publishedSchemas().keys()].sort()).toEqual(Object.keys(now.schemas).sort());
    const read = JSON.parse(releaseText(now)) as Release;
    expect(read).toEqual(JSON.parse(JSON.stringify(now)));
    expect(brokenPromises(read, now)).toEqual([]);
  });
});
