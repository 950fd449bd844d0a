import { expect, test } from "vitest";
import { factListOf, factsOf, type Paths, raw } from "./tree-change.ts";

const KIND = "tree.symlink";

function levelOf(path: string, target: string | Uint8Array, others: Paths = {}): string | null {
  const facts = factListOf(KIND, {}, { [path]: { link: target }, ...others });
  return facts.find((fact) => fact.path === path)?.after ?? null;
}

test.each([
  { when: "to a file beside it", path: "a", target: "b" },
  { when: "to a file below it", path: "d/a", target: "e/f" },
  { when: "to another folder", path: "d/a", target: "../e/f" },
  { when: "up to the root", path: "d/e/a", target: "../.." },
  { when: "through dots and doubled slashes", path: "a", target: ".//./b/" },
  { when: "to a name that only starts as git's folder", path: "a", target: ".github/x" },
  { when: "to a name that is not UTF-8", path: "a", target: raw("caf\xe9") },
])("a link that leads $when is inside", ({ path, target }) => {
  expect(levelOf(path, target)).toBe("inside");
});

test.each([
  { when: "is an absolute path", path: "a", target: "/etc/passwd" },
  { when: "is a drive", path: "a", target: "C:\\x" },
  { when: "is a share", path: "a", target: "\\\\host\\x" },
  { when: "leaves the root", path: "a", target: ".." },
  { when: "leaves the root from a folder", path: "d/a", target: "../../x" },
  { when: "leaves the root and comes back", path: "a", target: "../repository/x" },
  { when: "leaves the root on Windows", path: "d/a", target: "..\\..\\x" },
  { when: "leads into git's own folder", path: "d/a", target: "../.git/hooks/x" },
  { when: "leads into it in capitals", path: "a", target: ".GIT/config" },
  { when: "leads into it with a space", path: "a", target: ".git /config" },
  { when: "leads into it by its short name", path: "a", target: "git~1/config" },
  { when: "leads into it on Windows", path: "a", target: "x\\.git\\config" },
  { when: "goes up again from what may be a link", path: "d/a", target: "root/../x" },
  { when: "is empty", path: "a", target: "" },
  { when: "holds a NUL", path: "a", target: "b\0c" },
  { when: "is longer than any system follows", path: "a", target: "b/".repeat(2049) },
])("a link is outside where its target $when", ({ path, target }) => {
  expect(levelOf(path, target)).toBe("outside");
});

test("a link whose target was not read is outside", () => {
  const { oid } = { oid: "1".repeat(40) };
  const more = { a: { head: { oid, mode: "120000" as const } } };
  const facts = factListOf(KIND, {}, { a: { unread: "missing-object" } }, more);
  expect(facts).toMatchObject([
    { name: "an unread target", after: "outside", context: "its target was not read" },
  ]);
});

test.each([
  { target: "b", context: "" },
  { target: "/b", context: "its target is an absolute path" },
])("a link to $target is told for sure, and why it is outside", ({ target, context }) => {
  const facts = factListOf(KIND, {}, { a: { link: target } });
  expect(facts).toMatchObject([{ context, certainty: "exact" }]);
});

test.each([
  { when: "goes out", others: { d: { link: "/x" } }, level: "outside" },
  { when: "goes up", others: { d: { link: ".." } }, level: "outside" },
  {
    when: "goes up from where it leads",
    others: { d: { link: "e" } },
    target: "d/../../x",
    level: "outside",
  },
  {
    when: "comes from deeper folders",
    others: { d: { link: "e/f/g" }, "e/f/g/l": { link: "m" } },
    target: "d/../../x",
    level: "inside",
  },
  {
    when: "comes from what may be a link",
    others: { d: { link: "e/f/g" } },
    target: "d/../../x",
    level: "outside",
  },
  { when: "leads into git's folder", others: { d: { link: ".git" } }, level: "outside" },
  { when: "holds nothing", others: { d: { link: "" } }, level: "outside" },
  {
    when: "goes on to one that goes out",
    others: { d: { link: "e" }, e: { link: "/x" } },
    level: "outside",
  },
  { when: "comes back to itself", others: { d: { link: "d" } }, level: "outside" },
  { when: "stays inside", others: { d: { link: "e" } }, level: "inside" },
  { when: "splits as on Windows", others: { d: { link: "..\\x" } }, level: "outside" },
])("a link through another one that $when is $level", ({ others, target = "d/x", level }) => {
  expect(levelOf("a", target, others as Paths)).toBe(level);
});

test.each([
  {
    when: "a link is moved as it is",
    base: { a: { link: "x" } },
    head: { b: { link: "x" } },
    seen: [],
  },
  {
    when: "a link points elsewhere",
    base: { a: { link: "x" } },
    head: { a: { link: "/x" } },
    seen: ["added /x -→outside", "removed x inside→-"],
  },
  {
    when: "a file becomes a link",
    base: { a: "/x" },
    head: { a: { link: "/x" } },
    seen: ["added /x -→outside"],
  },
  {
    when: "a link is moved to where it leads out",
    base: { "d/a": { link: "../x" } },
    head: { a: { link: "../x" } },
    seen: ["added ../x -→outside", "removed ../x inside→-"],
  },
  {
    when: "targets differ in what is not shown",
    base: { a: { link: "x y" } },
    head: { a: { link: "x\ty" } },
    seen: ["raised x y inside→inside"],
  },
] as { when: string; base: Paths; head: Paths; seen: string[] }[])(
  "the difference is right where $when",
  ({ base, head, seen }) => {
    expect(factsOf(KIND, base, head).sort()).toEqual(seen);
  },
);

test("very long targets through very many links end soon", () => {
  const links = Array.from({ length: 500 }, (_, index): [string, { link: string }] => [
    `l${index}`,
    { link: `l${(index * 7) % 500}/`.repeat(700) },
  ]);
  expect(factsOf(KIND, {}, Object.fromEntries(links))).toHaveLength(500);
});
