import { expect, test } from "vitest";
import { listingOfFile } from "../../../rules/capabilities/read-file.ts";
import { readCapabilities } from "../../../rules/capabilities/read-change.ts";
import { contentKey, type FileVersion } from "../../../rules/change/listing.ts";
import { changeOf, diffOf, readingOf, shown, type Tree } from "./changes.ts";

const AT = ".github/CODEOWNERS";

/** Files that are there on both sides. */
const FILES: Tree = { "src/a.ts": "", "src/secure/key.ts": "", "docs/a.md": "", "README.md": "" };

function facts(base: string | Tree, head: string | Tree): string[] {
  const tree = (side: string | Tree): Tree =>
    typeof side === "string" ? { ...FILES, [AT]: side } : { ...FILES, ...side };
  return diffOf(tree(base), tree(head)).map((fact) => `${fact.kind} ${shown(fact)}`);
}

test.each([
  {
    when: "a rule without owners takes a path that had one",
    base: "* @a",
    head: "* @a\n/src/",
    seen: ["owners.unowned added nobody /src/ -→taking CODEOWNERS:2"],
  },
  {
    when: "such a rule takes what no folder of it names",
    base: "/src/ @a",
    head: "/src/ @a\n*.ts",
    seen: ["owners.unowned added nobody *.ts -→taking CODEOWNERS:2"],
  },
  {
    when: "such a rule moves to the end",
    base: "/src/\n* @a",
    head: "* @a\n/src/",
    seen: ["owners.unowned added nobody /src/ -→taking CODEOWNERS:2"],
  },
  {
    when: "a rule loses its owners",
    base: "* @a",
    head: "*",
    seen: ["owners.unowned added nobody * -→taking CODEOWNERS:1"],
  },
  {
    when: "a rule goes and nothing stands for it",
    base: "/src/ @a\n/docs/ @b",
    head: "/docs/ @b",
    seen: ["owners.owned removed @a /src/ living→- CODEOWNERS:1"],
  },
  {
    when: "the case of a folder is changed",
    base: "/src/ @a",
    head: "/Src/ @a",
    seen: [
      "owners.owned removed @a /src/ living→- CODEOWNERS:1",
      "owners.owned added @a /Src/ -→dormant CODEOWNERS:1",
      "owners.owner added /Src/ @a -→first CODEOWNERS:1",
    ],
  },
  {
    when: "an owner is written wrongly",
    base: "/src/ @a",
    head: "/src/ @a b",
    seen: [
      "owners.owned removed @a /src/ living→- CODEOWNERS:1",
      "owners.skipped added an owner that is no @user, @organisation/team or e-mail address /src/ @a b -→- CODEOWNERS:1",
    ],
  },
  {
    when: "a space looks like one",
    base: "/src/ @a",
    head: "/src/\u{A0}@a",
    seen: [
      "owners.owned removed @a /src/ living→- CODEOWNERS:1",
      "owners.unowned added nobody /src/ @a (a3d8f44371fe) -→taking CODEOWNERS:1",
    ],
  },
  {
    when: "a folder is bound to what lies in it alone",
    base: "/src/ @a",
    head: "/src/* @a",
    seen: ["owners.owned removed @a /src/ living→- CODEOWNERS:1"],
  },
  {
    when: "another owner takes over",
    base: "* @a",
    head: "* @b",
    seen: [
      "owners.owner added * @b -→instead CODEOWNERS:1",
      "owners.owner removed * @a instead→- CODEOWNERS:1",
    ],
  },
  {
    when: "an owner joins",
    base: "* @a",
    head: "* @a @b",
    seen: ["owners.owner added * @b -→beside CODEOWNERS:1"],
  },
  {
    when: "one of two owners goes",
    base: "* @a @b",
    head: "* @a",
    seen: ["owners.owner removed * @b beside→- CODEOWNERS:1"],
  },
  {
    when: "an owner's rule goes and an older one takes over",
    base: "* @a\n/src/ @b",
    head: "* @a",
    seen: ["owners.owner removed /src/ @b left→- CODEOWNERS:2"],
  },
  {
    when: "two rules change places and with them who decides",
    base: "*.ts @a\n/src/ @b",
    head: "/src/ @b\n*.ts @a",
    seen: ["owners.owner removed /src/ @b left→- CODEOWNERS:2"],
  },
  {
    when: "a later rule gives a folder to another owner",
    base: "* @a",
    head: "* @a\n/src/secure/ @b",
    seen: [
      "owners.owner added /src/secure/ @b -→instead CODEOWNERS:2",
      "owners.owner removed * @a instead→- CODEOWNERS:1",
    ],
  },
  {
    when: "the file is deleted",
    base: "* @a",
    head: {},
    seen: ["owners.owned removed @a * living→- CODEOWNERS:1"],
  },
  {
    when: "it is emptied",
    base: "* @a",
    head: "",
    seen: ["owners.owned removed @a * living→- CODEOWNERS:1"],
  },
  {
    when: "it goes to a place that nobody reads",
    base: "* @a",
    head: { ".github/workflows/CODEOWNERS": "* @a" },
    seen: ["owners.owned removed @a * living→- CODEOWNERS:1"],
  },
  {
    when: "it comes from such a place",
    base: { ".github/workflows/CODEOWNERS": "* @a" },
    head: "* @a",
    seen: [
      "owners.owned added @a * -→living CODEOWNERS:1",
      "owners.owner added * @a -→first CODEOWNERS:1",
    ],
  },
  {
    when: "an earlier place takes over",
    base: { CODEOWNERS: "* @a" },
    head: { CODEOWNERS: "* @a", [AT]: "" },
    seen: ["owners.owned removed @a * living→- CODEOWNERS:1"],
  },
  {
    when: "the first place goes and a later one is read",
    base: { CODEOWNERS: "* @b", [AT]: "* @a" },
    head: { CODEOWNERS: "* @b" },
    seen: [
      "owners.owner added * @b -→instead CODEOWNERS:1",
      "owners.owner removed * @a instead→- CODEOWNERS:1",
    ],
  },
  { when: "a rule goes that no file needs", base: "* @a\n/gone/ @b", head: "* @a", seen: [] },
  {
    when: "a rule goes that nothing stands for and no file needs",
    base: "/gone/ @b",
    head: "",
    seen: ["owners.owned removed @b /gone/ dormant→- CODEOWNERS:1"],
  },
  {
    when: "a rule follows its file",
    base: { "old.md": "text", [AT]: "* @a @b\nold.md @a" },
    head: { "new.md": "text", [AT]: "* @a @b\nnew.md @a" },
    seen: ["owners.owner removed * @b beside→- CODEOWNERS:1"],
  },
  {
    when: "a name stands alone on a line",
    base: "* @a",
    head: "* @a\n@b",
    seen: ["owners.skipped added an owner without a pattern before it @b -→- CODEOWNERS:2"],
  },
  {
    when: "such a line names a folder that is there",
    base: { "@b/c": "", [AT]: "* @a" },
    head: { "@b/c": "", [AT]: "* @a\n@b" },
    seen: [
      "owners.skipped added an owner without a pattern before it @b -→- CODEOWNERS:2",
      "owners.unowned added nobody @b -→taking CODEOWNERS:2",
    ],
  },
  {
    when: "a first file leaves a folder to nobody",
    base: {},
    head: "* @a\n/src/",
    seen: [
      "owners.owned added @a * -→living CODEOWNERS:1",
      "owners.owner added * @a -→first CODEOWNERS:1",
      "owners.unowned added nobody /src/ -→idle CODEOWNERS:2",
    ],
  },
] as { when: string; base: string | Tree; head: string | Tree; seen: string[] }[])(
  "it is seen where $when",
  ({ base, head, seen }) => {
    expect(facts(base, head).sort()).toEqual(seen.sort());
  },
);

test.each([
  {
    when: "rules change places that no path has in common",
    base: "/src/ @a\n/docs/ @b",
    head: "/docs/ @b\n/src/ @a",
  },
  {
    when: "owners are written in another order and other letters",
    base: "* @a @B",
    head: "* @b @A",
  },
  { when: "comments, blank lines and spaces change", base: "# a\n* @a", head: "\n*    @a # b" },
  { when: "a rule is written twice", base: "* @a", head: "* @a\n* @a" },
  { when: "a pattern is written otherwise", base: "src/secure/ @a", head: "/src/secure/ @a" },
  {
    when: "the file moves to another place",
    base: { CODEOWNERS: "* @a\n!b @c" },
    head: { "docs/CODEOWNERS": "* @a\n!b @c" },
  },
  {
    when: "a file changes that nobody reads, behind another",
    base: { CODEOWNERS: "* @b", [AT]: "* @a" },
    head: { CODEOWNERS: "", [AT]: "* @a" },
  },
] as { when: string; base: string | Tree; head: string | Tree }[])(
  "nobody gains or loses where $when",
  ({ base, head }) => {
    expect(facts(base, head)).toEqual([]);
  },
);

test("a file that leaves its owner together with its rule has lost it", () => {
  const base = { "lock/a.ts": "text", [AT]: "/lock/ @a" };
  const head = { "open/a.ts": "text", [AT]: "/docs/ @b" };
  expect(facts(base, head)).toContain("owners.owned removed @a /lock/ living→- CODEOWNERS:1");
});

test("without the paths of the head every rule counts as one that a file needs", () => {
  const { listing, contents } = changeOf({ [AT]: "/gone/ @b" }, { [AT]: "" });
  const { owners } = listing;
  const reading = readCapabilities(
    { ...listing, ...(owners && { owners: { files: owners.files } }) },
    contents,
  );
  expect(reading.base).toMatchObject([{ kind: "owners.owned", level: "living" }]);
});

test("what is over two hundred of a sort is told together", () => {
  const rules = Array.from({ length: 300 }, (_, at) => `/f${at}/ @a`).join("\n");
  const { base } = readingOf({ ...FILES, [AT]: rules }, FILES);
  expect(base).toHaveLength(200);
  expect(base.at(-1)).toMatchObject({ name: "and more", context: "101 of this kind" });
});

test("patterns of which only the first part is shown stay apart", () => {
  const long = "a".repeat(300);
  const { base } = readingOf({ ...FILES, [AT]: `/${long}b @a\n/${long}c @a` }, FILES);
  expect(new Set(base.map(({ name }) => name)).size).toBe(2);
});

test.each([
  {
    what: "a link",
    version: { oid: "1", mode: "120000" },
    why: "a symbolic link, which is never followed",
  },
  {
    what: "a missing object",
    version: { oid: "1", mode: "100644" },
    why: "its content was not gathered",
  },
] as { what: string; version: FileVersion; why: string }[])(
  "$what in its place is refused",
  ({ version, why }) => {
    const { completeness } = readCapabilities(listingOfFile(AT, version), new Map());
    expect(completeness.unread).toMatchObject([{ path: AT, claim: "grants", why }]);
  },
);

test("a file that GitHub does not load is refused, and owns nothing", () => {
  const large = `* @a\n${"#\n".repeat(1_500_000)}`;
  const reading = readingOf({ ...FILES, [AT]: "* @a" }, { ...FILES, [AT]: large });
  expect(reading.completeness.unread).toMatchObject([{ why: "too large for GitHub to load" }]);
  expect(reading.base).toMatchObject([{ kind: "owners.owned", name: "*" }]);
});

test("what the base says is not known either where its content is missing", () => {
  const { listing, contents } = changeOf({ ...FILES, [AT]: "* @a" }, { ...FILES, [AT]: "" });
  const known = new Map([...contents].filter(([key]) => key !== contentKey("base", AT)));
  expect(readCapabilities(listing, known).completeness.unread).toMatchObject([
    { path: AT, side: "base", claim: "grants" },
  ]);
});

test("rules that are too much to compare are refused", () => {
  const hard = `${"*a".repeat(40)}*c*b @a\n`.repeat(4_000);
  const names = Array.from({ length: 300 }, (_, at) => [`${at}${"a".repeat(120)}xb`, ""]);
  const files = Object.fromEntries(names) as Tree;
  const { completeness } = readingOf({ ...files, [AT]: hard }, { ...files, [AT]: `* @b\n${hard}` });
  expect(completeness.unread).toMatchObject([
    { path: AT, why: "too many patterns and paths to compare" },
  ]);
});

const ONE = { oid: "1", mode: "100644" } as const;
const TWO = { oid: "2", mode: "100644" } as const;

test.each([
  {
    when: "the base took away the file that hid it",
    other: { path: AT, base: ONE, head: ONE, baseTip: null },
    refused: true,
  },
  {
    when: "the base left the others alone",
    other: { path: AT, base: ONE, head: ONE },
    refused: false,
  },
])("owners that change where $when: refused $refused", ({ other, refused }) => {
  const changed = { path: "CODEOWNERS", base: ONE, head: TWO };
  const listing = {
    ...listingOfFile("CODEOWNERS", TWO),
    files: [changed],
    owners: { files: [other, changed] },
  };
  const contents = new Map(
    ["base", "head"].flatMap(
      (side) =>
        [
          [`${side}:${AT}`, new Uint8Array()],
          [`${side}:CODEOWNERS`, new Uint8Array()],
        ] as const,
    ),
  );
  expect(readCapabilities(listing, contents).completeness.unread.length > 0).toBe(refused);
});

test("what the base has already takes nothing", () => {
  const merged = { path: AT, base: ONE, head: TWO, baseTip: TWO };
  const listing = { ...listingOfFile(AT, TWO), files: [merged], owners: { files: [merged] } };
  const contents = new Map([
    [`base:${AT}`, new TextEncoder().encode("* @a")],
    [`head:${AT}`, new Uint8Array()],
  ]);
  const { base, head, completeness } = readCapabilities(listing, contents);
  expect([...base, ...head, ...completeness.unread]).toEqual([]);
});
