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
    expect(parseCanonical(output, 10_000)).toEqual(input);
  });

  test.each(["arrays", "french", "structures", "unicode", "values", "weird"])(
    "%s, byte by byte as its hex has it",
    (name) => {
      const output = vectorBytes(`jcs/testdata/output/${name}.json`);
      const hex = Buffer.from(vectorBytes(`jcs/testdata/outhex/${name}.txt`)).toString();
      expect(Buffer.from(output).toString("hex")).toBe(hex.replaceAll(/\s/g, ""));
    },
  );

  test("values, whose 1e30 not every reader holds, is refused, and nothing but that", () => {
    const input = vectorJson("jcs/testdata/input/values.json") as { numbers: readonly number[] };
    const output = vectorBytes("jcs/testdata/output/values.json");
    const refusal = expect.objectContaining({ code: "NOT_CANONICAL" }) as Error;
    expect(() => canonicalBytes(input as unknown as JsonValue)).toThrow(refusal);
    expect(() => parseCanonical(output, 10_000)).toThrow(refusal);

    const numbers = input.numbers.filter((number) => number !== 1e30);
    const rest = Buffer.from(canonicalBytes({ ...input, numbers })).toString();
    expect(rest).toBe(Buffer.from(output).toString().replace("1e+30,", ""));
  });
});

test.each([
  { when: "an object", text: '{"a":[1,-1.5,1e-7,null,true,"é\\n"],"b":{}}' },
  { when: "the largest safe integer", text: "9007199254740991" },
  { when: "a member called __proto__", text: '{"__proto__":{"a":1}}' },
  { when: "a member called toJSON", text: '{"toJSON":"x"}' },
  { when: "a pair of surrogates", text: '"😀"' },
  { when: "nesting of 64", text: `${"[".repeat(65)}${"]".repeat(65)}` },
  { when: "keys by UTF-16 units", text: '{"😀":1,"ﬃ":2}' },
])("accepts $when", ({ text }) => {
  expect(Buffer.from(canonicalBytes(parse(text))).toString()).toBe(text);
});

test.each([
  { when: "a duplicate key", text: '{"a":1,"a":1}' },
  { when: "a duplicate key further in", text: '[{"b":[{"a":1,"a":1}]}]' },
  { when: "a duplicate key with other spellings", text: '{"a":1,"\\u0061":2}' },
  { when: "a duplicate __proto__", text: '{"__proto__":1,"__proto__":2}' },
  { when: "unsorted keys", text: '{"b":1,"a":1}' },
  { when: "whitespace", text: '{"a": 1}' },
  { when: "a line break at the end", text: "{}\n" },
  { when: "a number spelled with an exponent", text: "1e2" },
  { when: "a number with a trailing zero", text: "1.0" },
  { when: "minus zero", text: "-0" },
  { when: "an integer beyond 2^53", text: "9007199254740993" },
  { when: "2^53", text: "9007199254740992" },
  { when: "-2^53", text: "-9007199254740992" },
  { when: "a fraction that no double holds", text: "0.10000000000000000001" },
  { when: "a huge number in its canonical form", text: "1e+30" },
  { when: "an infinite number", text: "1e999" },
  { when: "an escaped lone surrogate", text: '"\\ud800"' },
  { when: "an escaped lone surrogate in a key", text: '{"\\udc00":1}' },
  { when: "surrogates in the wrong order", text: '"\\udc00\\ud800"' },
  { when: "an escaped pair of surrogates", text: '"\\ud83d\\ude00"' },
  { when: "a needless escape", text: '"\\u0061"' },
  { when: "an escaped slash", text: '"\\/"' },
  { when: "a byte order mark", text: "\ufeff{}" },
  { when: "no JSON", text: "{a:1}" },
  { when: "nothing", text: "" },
  { when: "nesting beyond 64", text: `${"[".repeat(66)}${"]".repeat(66)}` },
  { when: "nesting beyond 64 around a number", text: `${"[".repeat(65)}1${"]".repeat(65)}` },
  { when: "maps beyond 64 in each other", text: `${'{"a":'.repeat(66)}1${"}".repeat(66)}` },
])("refuses $when", ({ text }) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: "NOT_CANONICAL" }));
});

test.each([
  { when: "a byte that begins nothing", hex: "ff" },
  { when: "a surrogate in three bytes", hex: "eda080" },
  { when: "a pair of surrogates in six bytes", hex: "eda0bdedb880" },
  { when: "a slash in two bytes", hex: "c0af" },
  { when: "half a letter", hex: "c3" },
])("refuses bytes that are not UTF-8: $when", ({ hex }) => {
  const bytes = Buffer.from(`22${hex}22`, "hex");
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

test.each([
  { when: "undefined", value: undefined },
  { when: "a function", value: () => 1 },
  { when: "a bigint", value: 1n },
  { when: "not a number", value: Number.NaN },
  { when: "infinity", value: -Infinity },
  { when: "2^53", value: 2 ** 53 },
  { when: "a lone surrogate", value: "\ud800" },
  { when: "a lone surrogate that comes second", value: "a\udc00" },
])("$when has no canonical form", ({ value }) => {
  const refusal = expect.objectContaining({ code: "NOT_CANONICAL" }) as Error;
  expect(() => canonicalBytes({ a: value } as unknown as JsonValue)).toThrow(refusal);
});

test("a key with a lone surrogate has no canonical form", () => {
  expect(() => canonicalBytes({ "\ud800": 1 })).toThrow(
    expect.objectContaining({ code: "NOT_CANONICAL" }),
  );
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

test.each([
  { when: "bytes that are not UTF-8", bytes: Buffer.from([0x22, 0xff, 0x22]), cause: TypeError },
  { when: "what is no JSON", bytes: Buffer.from("{a:1}"), cause: SyntaxError },
])("the cause of refusing $when is kept", ({ bytes, cause }) => {
  expect(() => parseCanonical(bytes, MAX_BYTES)).toThrow(
    expect.objectContaining({ cause: expect.any(cause) as Error }),
  );
});

test("as many bytes as may be read are read", () => {
  const text = `"${"x".repeat(MAX_BYTES - 2)}"`;
  expect(parse(text)).toBe("x".repeat(MAX_BYTES - 2));
});
