import fc from "fast-check";
import { expect, test } from "vitest";
import { globToPattern } from "../../../rules/policy/glob.ts";
import { compilePattern, testPattern, type PatternKind } from "../../../rules/policy/pattern.ts";
import { RulesError } from "../../../rules/rules-error.ts";

test.each([
  {
    glob: "src/*.ts",
    matches: ["src/a.ts", "src/.ts"],
    misses: ["src/a/b.ts", "a/src/a.ts", "src/a.tsx"],
  },
  { glob: "src/**", matches: ["src/a", "src/a/b", "src/.hidden"], misses: ["src", "srcs/a"] },
  { glob: "**/a.yml", matches: ["a.yml", "x/a.yml", "x/y/a.yml"], misses: ["xa.yml", "a.yml/x"] },
  { glob: "a/**/b", matches: ["a/b", "a/x/b", "a/x/y/b"], misses: ["ab", "a/xb"] },
  { glob: "**", matches: ["a", "a/b", "a\nb"], misses: [] },
  { glob: "{src,test/**}/*.ts", matches: ["src/a.ts", "test/x/a.ts"], misses: ["lib/a.ts"] },
  { glob: "{**/a,b}", matches: ["a", "x/a", "b"], misses: ["x/b"] },
  { glob: "**a", matches: ["a", "x/ya"], misses: ["ab"] },
  { glob: "a?c", matches: ["abc", "a😀c"], misses: ["a/c", "ac"] },
  { glob: "[a-c]x", matches: ["ax", "cx"], misses: ["dx", "-x"] },
  { glob: "[!a-c]x", matches: ["dx"], misses: ["ax", "/x"] },
  { glob: "[^a]x", matches: ["bx", "\nx"], misses: ["ax", "/x"] },
  { glob: "[]]", matches: ["]"], misses: ["["] },
  { glob: "[a-]", matches: ["-", "a"], misses: ["b"] },
  { glob: "[.^$]", matches: [".", "^", "$"], misses: ["a"] },
  { glob: String.raw`\*\{`, matches: ["*{"], misses: ["a{"] },
  { glob: "a.b+(c)|$^", matches: ["a.b+(c)|$^"], misses: ["axb+(c)|$^"] },
  { glob: "ä€😀", matches: ["ä€😀"], misses: ["a"] },
  { glob: "A", matches: ["A"], misses: ["a"] },
  { glob: "a,b}", matches: ["a,b}"], misses: ["a"] },
  { glob: "{a},b", matches: ["a,b"], misses: ["a"] },
  { glob: "{a}{b}{c}{d}{e}{f}", matches: ["abcdef"], misses: [] },
  { glob: "x**/y", matches: ["xa/y", "x/y"], misses: ["xy"] },
  { glob: "[+-.]", matches: [",", "."], misses: ["/"] },
  { glob: "[!-a]x", matches: ["0x"], misses: ["-x", "ax", "/x"] },
  { glob: "a".repeat(1024), matches: ["a".repeat(1024)], misses: [] },
])("the path glob $glob", ({ glob, matches, misses }) => {
  expect(matches.filter((path) => !testPattern("path", glob, path))).toEqual([]);
  expect(misses.filter((path) => testPattern("path", glob, path))).toEqual([]);
});

test.each([
  { glob: "registry:*", matches: ["registry:https://a/b"], misses: ["git:registry:x"] },
  { glob: "github.*", matches: ["github.workflow.permission"], misses: ["githubx"] },
  { glob: "@a/?", matches: ["@a/b", "@a//"], misses: ["@a/bc"] },
  { glob: "[+-9]", matches: ["/"], misses: ["a"] },
  { glob: "[!a]x", matches: ["/x", "bx"], misses: ["ax"] },
  { glob: "/a", matches: ["/a"], misses: ["a"] },
  { glob: "a/", matches: ["a/"], misses: ["a"] },
])("the name glob $glob takes any character", ({ glob, matches, misses }) => {
  expect(matches.filter((name) => !testPattern("name", glob, name))).toEqual([]);
  expect(misses.filter((name) => testPattern("name", glob, name))).toEqual([]);
});

test.each<{ when: string; kind: PatternKind; source: string }>([
  { when: "a class is not closed", kind: "path", source: "[a" },
  { when: "a brace is not closed", kind: "path", source: "{a,b" },
  { when: "an escape escapes nothing", kind: "path", source: "a\\" },
  { when: "a class holds a slash", kind: "path", source: "[/]" },
  { when: "a range runs over the slash", kind: "path", source: "[+-9]" },
  { when: "a range is the wrong way round", kind: "path", source: "[z-a]" },
  { when: "braces nest too deep", kind: "path", source: "{".repeat(6) + "}".repeat(6) },
  { when: "it is too long", kind: "path", source: "a".repeat(1025) },
  { when: "it begins with a slash", kind: "path", source: "/a" },
  { when: "it begins with a dot and a slash", kind: "path", source: "./a" },
  { when: "it ends in a slash", kind: "path", source: "a/" },
  { when: "it is an empty path", kind: "path", source: "" },
  { when: "a pattern is not RE2", kind: "search", source: "(?=a)" },
  { when: "a pattern is too long", kind: "search", source: "a".repeat(1025) },
])("a glob or pattern is refused where $when", ({ kind, source }) => {
  expect(codeOf(() => compilePattern(kind, source))).toBe("PATTERN_INVALID");
});

test.each([
  { glob: "a".repeat(1_025), why: /^a glob has at most [0-9,]+ characters/ },
  { glob: "/a", why: "begin without / or ./" },
  { glob: "a/", why: "write /** for all that a folder holds" },
  { glob: "", why: "no path is empty" },
  { glob: "a\\", why: "at the end escapes nothing" },
  { glob: "{".repeat(50), why: /braces nest at most \d+ deep/ },
  { glob: "{a", why: "a { is not closed" },
  { glob: "[a/b]", why: "a class in a path cannot hold /" },
  { glob: "[a", why: "a [ is not closed" },
])("a glob that is refused says why: $why", ({ glob, why }) => {
  expect(() => globToPattern(glob, "path")).toThrow(why);
});

test("a star in a name takes slashes too, one as well as two", () => {
  for (const glob of ["*", "a*d", "a**d", "**"]) {
    expect([glob, testPattern("name", glob, "a/b/c/d")]).toEqual([glob, true]);
  }
  expect(testPattern("name", "**/d", "d")).toBe(false);
});

test("either is one of those that are written, and no other", () => {
  expect(globToPattern("{a,b}", "path")).toBe("(?:a|b)");
});

test("a pattern that repeats too much is refused as too large", () => {
  expect(codeOf(() => compilePattern("search", "a{1000}".repeat(100)))).toBe("PATTERN_TOO_LARGE");
});

test("a pattern is found anywhere in a text, in time linear to it", () => {
  expect(testPattern("search", "b", "abc")).toBe(true);
  expect(testPattern("search", "^b", "abc")).toBe(false);
  expect(testPattern("search", "^(a+)+$", `${"a".repeat(50_000)}!`)).toBe(false);
});

test("any text is a glob for itself once it is escaped", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), (text) => {
      const glob = text.replace(/[*?[\]{}\\,]/g, String.raw`\$&`);
      expect(testPattern("name", glob, text)).toBe(true);
      expect(testPattern("name", glob, `${text}x`)).toBe(false);
    }),
  );
});

test("compiling any glob ends or is refused", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from("*?[]{},\\/!-a")), maxLength: 30 }),
      (glob) => {
        expect([null, "PATTERN_INVALID"]).toContain(codeOf(() => compilePattern("path", glob)));
      },
    ),
  );
});

test("a single star never crosses a slash", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }), (left, right) => {
      expect(testPattern("path", "*", `${left}/${right}`)).toBe(false);
    }),
  );
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
