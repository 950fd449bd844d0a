import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalBytes,
  parseCanonical,
  type JsonValue,
} from "../../../ledger/format/canonical.ts";
import { VECTORS_NOTE, VECTORS_PRESENT, vectorBytes, vectorJson } from "../vectors.ts";

const MAX_BYTES = 1_000;

function parse(text: string): JsonValue {
  return parseCanonical(Buffer.from(text), MAX_BYTES);
}

describe.skipIf(!VECTORS_PRESENT)(`RFC 8785 vectors${VECTORS_NOTE}`, () => {
  test.each(["arrays", "french", "structures", "unicode", "weird"])("%s", (name) => {
    const input = vectorJson(`jcs/testdata/input/${name}.json`) as JsonValue;
    const output = vectorBytes(`jcs/testdata/output/${name}.json`);
    expect(Buffer.from(canonicalBytes(input))).toEqual(Buffer.from(output));
  });

  test("values, whose 1e30 not every reader holds, is refused", () => {
    const input = vectorJson("jcs/testdata/input/values.json") as JsonValue;
    expect(() => canonicalBytes(input)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
  });
});

test.each([
  { when: "an object", text: '{"a":[1,-1.5,1e-7,null,true,"é\\n"],"b":{}}' },
  { when: "the largest safe integer", text: "9007199254740991" },
  { when: "a member called __proto__", text: '{"__proto__":{"a":1}}' },
  { when: "a member called toJSON", text: '{"toJSON":"x"}' },
  { when: "a pair of surrogates", text: '"😀"' },
  { when: "keys by UTF-16 units", text: '{"😀":1,"ﬃ":2}' },
])("accepts $when", ({ text }) => {
  expect(Buffer.from(canonicalBytes(parse(text))).toString()).toBe(text);
});

test.each([
  { when: "a duplicate key", text: '{"a":1,"a":1}' },
  { when: "unsorted keys", text: '{"b":1,"a":1}' },
  { when: "whitespace", text: '{"a": 1}' },
  { when: "a line break at the end", text: "{}\n" },
  { when: "a number spelled with an exponent", text: "1e2" },
  { when: "a number with a trailing zero", text: "1.0" },
  { when: "minus zero", text: "-0" },
  { when: "an integer beyond 2^53", text: "9007199254740993" },
  { when: "2^53", text: "9007199254740992" },
  { when: "a huge number in its canonical form", text: "1e+30" },
  { when: "an infinite number", text: "1e999" },
  { when: "an escaped lone surrogate", text: '"\\ud800"' },
  { when: "an escaped lone surrogate in a key", text: '{"\\udc00":1}' },
  { when: "a needless escape", text: '"\\u0061"' },
  { when: "an escaped slash", text: '"\\/"' },
  { when: "a byte order mark", text: "\ufeff{}" },
  { when: "no JSON", text: "{a:1}" },
  { when: "nothing", text: "" },
  { when: "nesting beyond 64", text: `${"[".repeat(66)}${"]".repeat(66)}` },
])("refuses $when", ({ text }) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

test("refuses bytes that are not UTF-8", () => {
  const bytes = Buffer.from([0x22, 0xff, 0x22]);
  expect(() => parseCanonical(bytes, MAX_BYTES)).toThrow(
    expect.objectContaining({ code: "NOT_CANONICAL" }),
  );
});

test("nesting as deep as a stack is refused, not crashed on", () => {
  const bytes = Buffer.from("[".repeat(100_000) + "]".repeat(100_000));
  expect(() => parseCanonical(bytes, 1_000_000)).toThrow(
    expect.objectContaining({ code: "NOT_CANONICAL" }),
  );
});

test("what is too large is refused before it is parsed", () => {
  const bytes = Buffer.from(`"${"x".repeat(MAX_BYTES)}`);
  expect(() => parseCanonical(bytes, MAX_BYTES)).toThrow(
    expect.objectContaining({ code: "TOO_LARGE" }),
  );
});

test("values without a JSON form are refused", () => {
  const value = { a: undefined } as unknown as JsonValue;
  expect(() => canonicalBytes(value)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

test("canonical bytes read back to the same bytes, however the keys were ordered", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), (object) => {
      const value = JSON.parse(JSON.stringify(object)) as JsonValue;
      const bytes = canonical(value);
      if (bytes === null) return;
      const reversed = Object.fromEntries(Object.entries(value as object).reverse()) as JsonValue;
      expect(canonical(reversed)).toEqual(bytes);
      expect(canonicalBytes(parseCanonical(bytes, bytes.length))).toEqual(bytes);
    }),
    { numRuns: 200 },
  );
});

/** null for numbers that are refused. */
function canonical(value: JsonValue): Uint8Array | null {
  try {
    return canonicalBytes(value);
  } catch {
    return null;
  }
}

test("exactly the texts that equal their RFC 8785 form are accepted, keys like numbers included", () => {
  const key = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 20 }).map(String));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom(-0, 0.5),
      ),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries) => new Map(entries)),
    ),
  }));
  fc.assert(
    fc.property(value, (generated) => {
      const text = spelled(generated);
      const canonical = canonicalize(JSON.parse(text)) === text;
      expect(isAccepted(text)).toBe(canonical);
    }),
    { numRuns: 2_000 },
  );
});

function isAccepted(text: string): boolean {
  try {
    parseCanonical(Buffer.from(text), 1 << 20);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "NOT_CANONICAL" });
    return false;
  }
}

/** JSON with its keys in the order of the map, which need not be sorted. */
function spelled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelled).join(",")}]`;
  if (Object.is(value, -0)) return "-0";
  if (!(value instanceof Map)) return JSON.stringify(value);
  const members = [...value].map(([key, member]) => `${JSON.stringify(key)}:${spelled(member)}`);
  return `{${members.join(",")}}`;
}
