import { expect, test } from "vitest";
import type { BaseOwners } from "../../../rules/change/listing.ts";
import { withOwners } from "../../../rules/facts/file-owners.ts";
import { someFile } from "../sample-evidence.ts";

const text = (written: string): BaseOwners => ({
  path: "CODEOWNERS",
  content: new TextEncoder().encode(written),
});

const RULES = "* @All\nsrc/ @bo @acme/Web\nsrc/free\nsrc/\\\\x @cy\nbroken @\n";

test.each<{ when: string; owners: BaseOwners | undefined; path?: string; told: unknown }>([
  { when: "the last line that matches", owners: text(RULES), told: ["@acme/web", "@bo"] },
  { when: "a line for all", owners: text(RULES), path: "a", told: ["@all"] },
  { when: "a line without owners", owners: text(RULES), path: "src/free", told: [] },
  { when: "a line that is skipped", owners: text(RULES), path: "broken", told: ["@all"] },
  { when: "no line", owners: text("docs/ @bo\n"), told: [] },
  { when: "no file", owners: { path: null, content: null }, told: [] },
  { when: "a link", owners: { path: "CODEOWNERS", content: null }, told: [] },
  {
    when: "a file that GitHub does not load",
    owners: { path: "CODEOWNERS", content: { unread: "too-large" } },
    told: [],
  },
  { when: "a file of three million bytes", owners: text("*".repeat(3_000_000)), told: [] },
  {
    when: "a file that is missing",
    owners: { path: "CODEOWNERS", content: { unread: "missing-object" } },
    told: null,
  },
  { when: "nobody who listed it", owners: undefined, told: null },
])("by $when", ({ owners, path = "src/a.ts", told }) => {
  expect(withOwners([{ ...someFile, path }], owners)).toMatchObject([{ owners: told }]);
});

test("a rename has the owners of both its names", () => {
  const file = { ...someFile, path: "a", previousPath: "src/a.ts" };
  expect(withOwners([file], text(RULES))).toMatchObject([
    { owners: ["@all"], previousOwners: ["@acme/web", "@bo"] },
  ]);
});
