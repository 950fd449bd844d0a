import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canonicalJson, sha256Hex } from "../../rules/canonical.ts";
import { RulesError } from "../../rules/rules-error.ts";

const vectors = "../shared/vectors/jcs/testdata";

test.skipIf(!existsSync(vectors))(
  "the published RFC 8785 vectors hold (skipped without them)",
  () => {
    const names = readdirSync(`${vectors}/input`);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const value: unknown = JSON.parse(readFileSync(`${vectors}/input/${name}`, "utf8"));
      expect(canonicalJson(value)).toBe(readFileSync(`${vectors}/output/${name}`, "utf8"));
    }
  },
);

test.each([
  { what: "undefined", value: undefined },
  { what: "NaN", value: Number.NaN },
  { what: "an infinity", value: [Number.POSITIVE_INFINITY] },
  { what: "a lone surrogate", value: { a: "\ud800" } },
])("$what has no canonical JSON", ({ value }) => {
  expect(codeOf(() => canonicalJson(value))).toBe("NOT_CANONICAL");
});

test("sha256 is taken of bytes, and of a text's UTF-8", () => {
  // FIPS 180-2, appendix B.1
  const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(sha256Hex("abc")).toBe(digest);
  expect(sha256Hex(new Uint8Array([0x61, 0x62, 0x63]))).toBe(digest);
});

test("a refusal is told from others by its name, too", () => {
  expect(new RulesError("NOT_CANONICAL", "why").name).toBe("RulesError");
});

function codeOf(act: () => unknown): string | null {
  try {
    act();
  } catch (error) {
    if (error instanceof RulesError) return error.code;
    throw error;
  }
  return null;
}
