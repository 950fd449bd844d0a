import { expect, test } from "vitest";
import { whyOutside } from "../../../../rules/capabilities/tree/link-target.ts";
import { linkTree } from "../../../../rules/capabilities/tree/link-tree.ts";
import { changeOfPaths } from "./tree-change.ts";

/** The most segments of all targets on a way, and characters of one. */
const MOST = 4_096;

function why(path: string, target: string, others: Readonly<Record<string, string>> = {}) {
  const links = Object.entries(others).map(([at, link]) => [at, { link }] as const);
  return whyOutside(path, target, linkTree(changeOfPaths({}, Object.fromEntries(links))).head);
}

test.each([
  { target: "", reason: "its target is empty" },
  { target: "a\0b", reason: "its target holds a NUL" },
  { target: "a".repeat(MOST + 1), reason: "its target is too long to be followed" },
  { target: "/x", reason: "its target is an absolute path" },
  { target: ".git", reason: "its target leads into git's own folder" },
  { target: "..", reason: "its target leaves the repository" },
  { target: "b/../x", reason: "its target goes up again from what may be a link" },
])("of a link out of the repository it is said why: $reason", ({ target, reason }) => {
  expect(why("a", target)).toBe(reason);
});

test.each([
  { when: "goes up from its own folders, which hold no other link", path: "d/e/a", target: "../x" },
  { when: "goes up twice through an empty name", path: "d/e/a", target: "..//../x" },
  { when: "goes up twice through a dot", path: "d/e/a", target: ".././../x" },
  { when: "is just as long as may be followed", path: "a", target: "a".repeat(MOST) },
])("a link is inside where its target $when", ({ path, target }) => {
  expect(why(path, target)).toBeNull();
});

test("a link below folders leads through the other links of its folder", () => {
  expect(why("d/e/a", "l/x", { "d/e/l": "/y" })).toBe("its target is an absolute path");
});

test("who has gone up is in unknown folders from there on", () => {
  expect(why("d/e/a", "../../x/../y")).toBe("its target goes up again from what may be a link");
});

test.each([
  { more: 0, reason: null },
  { more: 1, reason: "its target leads through too many folders and links" },
])("all targets on a way have $more segments more than the most", ({ more, reason }) => {
  const target = `l${"/b".repeat(MOST / 2 - 1)}`;
  const link = `${"b/".repeat(MOST / 2 - 1)}${more === 0 ? "b" : "b/"}`;
  expect(why("a", target, { l: link })).toBe(reason);
});
