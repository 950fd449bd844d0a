import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  compileOwnersPattern,
  examplesOf,
  matchesOwners,
} from "../../../../rules/capabilities/owners/pattern.ts";

const vectors = "../shared/vectors/codeowners/testdata/patterns.json";

interface Vector {
  readonly pattern: string;
  readonly paths: Readonly<Record<string, boolean>>;
}

function matches(pattern: string, path: string): boolean {
  const compiled = compileOwnersPattern(pattern);
  return compiled !== null && matchesOwners(compiled, path.split("/"), { steps: 100_000 });
}

test.skipIf(!existsSync(vectors))(
  "the published CODEOWNERS patterns match what they should (skipped without them)",
  () => {
    const all = JSON.parse(readFileSync(vectors, "utf8")) as readonly Vector[];
    const wrong = all.flatMap(({ pattern, paths }) =>
      Object.entries(paths)
        // Not the path of a file.
        .filter(([path]) => !path.endsWith("/"))
        .filter(([path, wanted]) => matches(pattern, path) !== wanted)
        .map(([path, wanted]) => `${pattern} ${wanted ? "should" : "should not"} match ${path}`),
    );
    expect(all.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  },
);

test.each([
  { pattern: "*", matched: ["a", "a/b/c"], others: [] },
  { pattern: "/**", matched: ["a", "a/b/c"], others: [] },
  { pattern: "*.js", matched: ["a.js", "b/a.js", "b.js/c"], others: ["a.jsx"] },
  { pattern: "docs/*", matched: ["docs/a"], others: ["docs/a/b", "b/docs/a"] },
  { pattern: "apps/", matched: ["apps/a", "b/apps/a"], others: ["apps"] },
  { pattern: "/apps/", matched: ["apps/a/b"], others: ["b/apps/a"] },
  { pattern: "/scripts", matched: ["scripts", "scripts/a"], others: ["b/scripts", "scripts2"] },
  { pattern: "**/logs", matched: ["logs/a", "b/c/logs/a"], others: ["blogs"] },
  { pattern: "a/**/b", matched: ["a/b", "a/x/y/b/c"], others: ["a/x"] },
  { pattern: "a/**/b/**/c", matched: ["a/b/c", "a/b/b/x/c"], others: ["a/c/b"] },
  { pattern: "my\\ docs/", matched: ["my docs/a"], others: ["my"] },
  { pattern: "a\\*b", matched: ["a*b"], others: ["axb"] },
  { pattern: "a\\*?", matched: ["a*b"], others: ["axb", "a*"] },
  { pattern: "[ab].c", matched: ["[ab].c"], others: ["a.c"] },
  { pattern: "?", matched: ["a", "😀"], others: ["ab"] },
  { pattern: "*a*b", matched: ["xaab", "ab"], others: ["ba"] },
  { pattern: "Docs/", matched: ["Docs/a"], others: ["docs/a"] },
  { pattern: "/", matched: [], others: ["a"] },
  { pattern: "//", matched: [], others: ["a"] },
  { pattern: "a//b", matched: [], others: ["a/b"] },
  { pattern: "a".repeat(5_000), matched: [], others: ["a".repeat(5_000)] },
])("$pattern matches as on GitHub", ({ pattern, matched, others }) => {
  expect(matched.filter((path) => !matches(pattern, path))).toEqual([]);
  expect(others.filter((path) => matches(pattern, path))).toEqual([]);
});

test.each(["a", "/a", "a/", "a/b", "*.js", "a/**", "**/a/b", "a?/*", "a\\*b/"])(
  "every example of %s is matched by it",
  (pattern) => {
    const compiled = compileOwnersPattern(pattern);
    const examples = compiled ? examplesOf(compiled) : [];
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter((path) => !matches(pattern, path))).toEqual([]);
  },
);

test("a pattern that could be tried in very many ways comes to an end", () => {
  const compiled = compileOwnersPattern(`${"**/*a*a*a/".repeat(30)}b`);
  const effort = { steps: 2_000_000 };
  const path = Array.from({ length: 60 }, () => "a".repeat(60));
  expect(compiled && matchesOwners(compiled, path, effort)).toBe(false);
});

test("comparing stops where nothing is left to spend", () => {
  const compiled = compileOwnersPattern("a/b");
  expect(() => compiled && matchesOwners(compiled, ["a", "b"], { steps: 1 })).toThrow(
    expect.objectContaining({ code: "too-much" }),
  );
});
