import { expect, test } from "vitest";
import { readCapabilities } from "../../../rules/capabilities/read-change.ts";
import { strongestClaim } from "../../../rules/capabilities/readers.ts";
import {
  type Content,
  contentKey,
  type FileMode,
  type ListedFile,
} from "../../../rules/change/listing.ts";
import { changeOf, listingOf, readingOf, type Tree } from "./changes.ts";

const PATH = ".github/workflows/ci.yml";
const GOOD = "on: push\npermissions: {contents: read}\njobs: {a: {}}\n";
const BROKEN = "on: push\njobs: a\n";

test("each side's capabilities carry their path", () => {
  const { base, head, completeness } = readingOf({}, { [PATH]: GOOD, "README.md": "x" });
  expect(base).toEqual([]);
  expect(head.map(({ path, name }) => `${path} ${name}`)).toEqual([
    `${PATH} push`,
    `${PATH} contents`,
  ]);
  expect(completeness).toEqual({ relevant: 1, read: 1, unread: [] });
});

test("a head that is not understood is unread, with its line", () => {
  const { completeness } = readingOf({ [PATH]: GOOD }, { [PATH]: BROKEN });
  const why = "`jobs` is no map of jobs";
  expect(completeness).toEqual({
    relevant: 2,
    read: 1,
    unread: [{ path: PATH, side: "head", claim: "grants", why, line: 2 }],
  });
});

test("a base that is not understood counts, but denies nothing: all at head is then new", () => {
  const { base, head, completeness } = readingOf({ [PATH]: BROKEN }, { [PATH]: GOOD });
  expect(base).toEqual([]);
  expect(head).toHaveLength(2);
  expect(completeness).toEqual({ relevant: 2, read: 1, unread: [] });
});

test.each<{ what: string; content?: Content; mode?: FileMode; why: string }>([
  { what: "too large", content: { unread: "too-large" }, why: "too large" },
  {
    what: "missing",
    content: { unread: "missing-object" },
    why: "its object is missing from the repository",
  },
  { what: "not a file", content: { unread: "not-a-file" }, why: "a submodule, not a file" },
  { what: "not gathered", why: "its content was not gathered" },
  { what: "a submodule", mode: "160000", why: "a submodule, not a file" },
  {
    what: "a symlink, even to a good workflow",
    mode: "120000",
    content: encoded(GOOD),
    why: "a symbolic link, which is never followed",
  },
])("a head that is $what is unread", ({ content, mode = "100644", why }) => {
  const files: ListedFile[] = [{ path: PATH, head: { oid: "a", mode } }];
  const contents = new Map(content ? [[contentKey("head", PATH), content]] : []);
  const { head, completeness } = readCapabilities(listingOf(files), contents);
  expect(head.filter(({ kind }) => kind.startsWith("github."))).toEqual([]);
  expect(completeness).toEqual({
    relevant: 1,
    read: 0,
    unread: [{ path: PATH, side: "head", claim: "grants", why, line: null }],
  });
});

const LANDED = { oid: "a", mode: "100644" } as const;
const OTHER = { oid: "b", mode: "100644" } as const;

test.each<{
  when: string;
  head?: ListedFile["head"];
  baseTip: ListedFile["baseTip"];
  unread: number;
}>([
  { when: "changed it in another way", head: LANDED, baseTip: OTHER, unread: 1 },
  { when: "removed it", head: LANDED, baseTip: null, unread: 1 },
  { when: "has the head's version already", head: LANDED, baseTip: LANDED, unread: 0 },
  { when: "removed it as the head does", baseTip: null, unread: 0 },
  { when: "changed what the head removes", baseTip: OTHER, unread: 0 },
])("a file grants nothing of its own on either side where the base $when", (file) => {
  const { head: version, baseTip = null, unread } = file;
  const listed = {
    path: PATH,
    base: { oid: "c", mode: "100644" } as const,
    ...(version && { head: version }),
    baseTip,
  };
  const bytes = encoded(GOOD);
  const contents = new Map(
    [contentKey("base", PATH), contentKey("head", PATH)].map((key) => [key, bytes]),
  );
  const { base, head, completeness } = readCapabilities(listingOf([listed]), contents);
  expect([base, head]).toEqual([[], []]);
  const why = [
    "the base has changed it, or what it may have been renamed from, since this change left it",
    "merge the base into the head",
  ].join("; ");
  expect(completeness.unread.map((fact) => fact.why)).toEqual(Array(unread).fill(why));
});

test.each<{ when: string; from: Partial<ListedFile>; unread: readonly string[] }>([
  { when: "the base has changed what is removed", from: { baseTip: OTHER }, unread: [PATH] },
  { when: "the base has removed it too", from: { baseTip: null }, unread: [] },
  { when: "the base has left it alone", from: {}, unread: [] },
  { when: "it is not removed", from: { head: LANDED, baseTip: LANDED }, unread: [] },
])("a new workflow beside a removed file: $when", ({ from, unread }) => {
  const removed = { path: "off/ci.txt", base: { oid: "c", mode: "100644" } as const, ...from };
  const listing = listingOf([removed, { path: PATH, head: LANDED }]);
  const contents = new Map([[contentKey("head", PATH), encoded(GOOD)]]);
  const { completeness } = readCapabilities(listing, contents);
  expect(completeness.unread.map(({ path }) => path)).toEqual(unread);
});

test("a workflow that is edited beside a file that the base changed and the head removes is read", () => {
  const removed = { path: "off/ci.txt", base: LANDED, baseTip: OTHER };
  const listing = listingOf([removed, { path: PATH, base: OTHER, head: LANDED }]);
  const contents = new Map(
    [contentKey("base", PATH), contentKey("head", PATH)].map((key) => [key, encoded(GOOD)]),
  );
  const { completeness } = readCapabilities(listing, contents);
  expect(completeness).toEqual({ relevant: 2, read: 2, unread: [] });
});

test.each([
  { when: "the base added a workflow", baseAdded: [PATH], relevant: 1 },
  { when: "the base added none", baseAdded: ["src/ci.c"], relevant: 0 },
])("a file that the base moved counts $relevant times as unread where $when", (since) => {
  const { baseAdded, relevant } = since;
  const file = { path: "off/ci.txt", base: OTHER, head: LANDED, baseTip: null };
  const { completeness } = readCapabilities({ ...listingOf([file]), baseAdded }, new Map());
  expect(completeness).toMatchObject({ relevant, read: 0 });
  const why = [
    "the base moved or removed it, or its folder, since this change left it, and merging may put it where files grant",
    "merge the base into the head",
  ].join("; ");
  const fact = { path: "off/ci.txt", side: "head", claim: "grants", why, line: null };
  expect(completeness.unread).toEqual(Array(relevant).fill(fact));
});

const MEBIBYTE = 1024 * 1024;
const HOOK = "runs: {using: node24, main: x, pre: y}\n";

test.each([
  { what: "bytes", full: times(32, `${HOOK}#${"x".repeat(MEBIBYTE - HOOK.length - 1)}`) },
  { what: "characters with all aliases", full: times(4, writtenOut(2 * MEBIBYTE)) },
  { what: "capabilities", full: times(20, permissions(27, 37), ".github/workflows/", ".yml") },
])("of as many $what as the cap all is read, and nothing of what comes then", ({ full }) => {
  expect(readingOf({}, full).completeness.unread).toEqual([]);
  const unread = "unread/action.yml";
  const all = { "more/action.yml": HOOK, ".gitmodules": '[submodule "a"]\nurl = ../a\n' };
  const claims = new Set(Object.keys(full).map((path) => strongestClaim(path)));
  const more = Object.fromEntries(
    Object.entries(all).filter(([path]) => claims.has(strongestClaim(path))),
  );
  const { listing, contents } = changeOf({}, { [unread]: "", ...full, ...more });
  const gathered = new Map<string, Content>(contents);
  gathered.set(contentKey("head", unread), { unread: "too-large" });
  const { completeness } = readCapabilities(listing, gathered);
  const why = "this change holds more such files than are read together; split it";
  expect(completeness.unread.map((fact) => [fact.path, fact.why])).toEqual([
    [unread, "too large"],
    ...Object.keys(more).map((path) => [path, why]),
  ]);
});

test.each([
  { what: "script", steps: `\n      - run: "# ${"x".repeat(4_000)}"` },
  { what: "list of empty steps", steps: "\n      - {}".repeat(40) },
])(
  "a hundred small workflows whose jobs share one $what by alias are refused at once",
  (shared) => {
    const others = Array.from({ length: 990 }, (_, job) => `  j${job}: *a\n`).join("");
    const text = `on: push\npermissions: {}\njobs:\n  a: &a\n    runs-on: ubuntu-latest\n    steps:${shared.steps}\n${others}`;
    const tree = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [`.github/workflows/${at}.yml`, text]),
    );
    const { read, unread } = readingOf({}, tree).completeness;
    expect(text.length).toBeLessThan(16_000);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(30);
    expect(unread).toHaveLength(100 - read);
  },
);

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** As many files of the same text, as actions if nothing else is said. */
function times(count: number, text: string, before = "", behind = "/action.yml"): Tree {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${before}${index}${behind}`, text]),
  );
}

/** An action that weighs that much written out, a multiple of 64 KiB: its texts, and 8 for each node. */
function writtenOut(weight: number): string {
  const each = 65_536;
  const aliases = "*a,".repeat(weight / each - 2);
  const others = "runsusingnode24mainxab".length + 11 * 8;
  return `runs: {using: node24, main: x}\na: &a ${"x".repeat(each - 8)}\nb: [${aliases}${"x".repeat(each - others)}]\n`;
}

/** A workflow with one event, and jobs that have as many scopes each. */
function permissions(jobs: number, scopes: number): string {
  const each = Array.from({ length: scopes }, (_, index) => `s${index}: read`).join(", ");
  const ids = Array.from({ length: jobs }, (_, index) => `j${index}: {}`).join(", ");
  return `on: push\npermissions: {${each}}\njobs: {${ids}}\n`;
}

const ROLE =
  "apiVersion: v1\nkind: Role\nrules: [{ apiGroups: [a], resources: [b], verbs: [get] }]\n";

test("a part that is not understood is unread, with its line, and the rest is read", () => {
  const { head, completeness } = readingOf({}, { "k8s/a.yaml": `${ROLE}---\napiVersion: [\n` });
  expect(head).toHaveLength(1);
  expect(completeness).toMatchObject({
    relevant: 1,
    read: 0,
    unread: [{ path: "k8s/a.yaml", side: "head", claim: "grants", line: 6 }],
  });
});

test("a part of a base that is not understood counts, but denies nothing", () => {
  const { completeness } = readingOf({ "k8s/a.yaml": `${ROLE}---\napiVersion: [\n` }, {});
  expect(completeness).toEqual({ relevant: 1, read: 0, unread: [] });
});

test("what only resembles files that grant takes no room from those", () => {
  const large = `#${"a".repeat(4 * 1024 * 1024 - 9)}\n`;
  const others = "abcdefghi"
    .split("")
    .map((name): [string, string] => [`${name}.yaml`, `# ${name}\n${large}`]);
  const files = { ...Object.fromEntries(others), "k8s/a.yaml": ROLE };
  const { completeness, head } = readingOf({}, files);
  // The role's file resembles others' as well, of which no more are read.
  expect(completeness.unread.map(({ path, claim }) => `${claim} ${path}`)).toEqual([
    "resembles i.yaml",
    "resembles k8s/a.yaml",
  ]);
  expect(head.filter(({ path }) => path === "k8s/a.yaml")).not.toEqual([]);
});
