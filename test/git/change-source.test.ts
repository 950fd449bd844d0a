import { createHash } from "node:crypto";
import { chmod, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWanted } from "../../git/change-content.ts";
import { addedPaths } from "../../git/added-paths.ts";
import { openChangeSource } from "../../git/change-source.ts";
import { openRepository } from "../../git/repository.ts";
import { diffTrees } from "../../git/tree-diff.ts";
import { filesDigest } from "../../rules/change/files-digest.ts";
import { contentOf, type Listing, type Wanted } from "../../rules/change/listing.ts";
import { actionOn, expectCode } from "./act.ts";
import {
  createFixtureRepository,
  fixtureGit,
  type FixtureRepository,
} from "./fixture-repository.ts";

let fixture: FixtureRepository;
let base: string;
let head: string;

const NAMES = [
  "a\\nb",
  '"quoted"',
  "-x",
  "tab\there",
  "line\nbreak",
  "caf\\xe9",
  "caf\u00e9",
  "\u{1f34b}",
];

beforeAll(async () => {
  fixture = await createFixtureRepository();
  base = await fixture.commit({
    kept: "kept",
    changed: "before",
    removed: "removed",
    script: "run",
    becomesFolder: "file",
    "becomesFile/inner": "inner",
    "same/deep/file": "same",
    "same.dot": "sorts between",
    link: { mode: "120000", content: "kept" },
    module: { submodule: "1".repeat(40) },
  });
  head = await fixture.commit({
    changed: "after",
    removed: null,
    script: { mode: "100755", content: "run" },
    becomesFolder: null,
    "becomesFolder/inner": "inner",
    "becomesFile/inner": null,
    becomesFile: "file",
    "new/deep/file": "new",
    "same/deep/other": "other",
    link: { mode: "120000", content: "changed" },
    module: { submodule: "2".repeat(40) },
    ...Object.fromEntries(NAMES.map((name) => [name.replace(/\\(?!x)/g, "\\\\"), `of ${name}`])),
  });
});

afterAll(() => fixture.dispose());

async function list(
  from: FixtureRepository,
  range: { base: string; head: string },
): Promise<Listing> {
  await using repository = await openRepository(from.directory);
  return await openChangeSource({ repository }).list(actionOn(range.base, range.head));
}

async function oracle(from: FixtureRepository, before: string, after: string): Promise<string[]> {
  const args = ["diff-tree", "-r", "--raw", "--no-renames", "--no-abbrev", before, after];
  const lines = await fixtureGit(from.directory, ["-c", "core.quotePath=true", ...args]);
  return lines.split("\n").filter((line) => line !== "");
}

/** What `git diff-tree -r` prints for these files, less the status and the name. */
function rawFields(listing: Listing): string[] {
  const none = { mode: "000000", oid: "0".repeat(40) };
  return listing.files.map(({ base: before = none, head: after = none }) =>
    [`:${before.mode}`, after.mode, before.oid, after.oid].join(" "),
  );
}

test("a listing has exactly what git diff-tree says, in its order", async () => {
  const listing = await list(fixture, { base, head });
  const lines = await oracle(fixture, base, head);
  expect(rawFields(listing)).toEqual(lines.map((line) => line.split(" ").slice(0, 4).join(" ")));
  const trees = await fixture.git("rev-parse", `${base}^{tree}`, `${head}^{tree}`);
  const [baseTree, headTree] = trees.split("\n");
  expect(listing).toMatchObject({
    base,
    head,
    mergeBase: base,
    baseTree,
    headTree,
    mergeTree: headTree,
  });
});

test("paths are printable, unique and sorted by their bytes", async () => {
  const paths = (await list(fixture, { base, head })).files.map(({ path }) => path);
  for (const name of [
    "a\\\\nb",
    '"quoted"',
    "-x",
    "tab\there",
    "line\nbreak",
    "caf\\xe9",
    "café",
    "🍋",
  ]) {
    expect(paths).toContain(name);
  }
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => path.startsWith("becomesF"))).toEqual([
    "becomesFile",
    "becomesFile/inner",
    "becomesFolder",
    "becomesFolder/inner",
  ]);
});

test("an empty range lists nothing", async () => {
  const listing = await list(fixture, { base: head, head });
  expect(listing).toMatchObject({ mergeBase: head, files: [] });
});

test("a first commit adds all its files to the empty tree", async () => {
  const empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  const listing = await list(fixture, { base: empty, head: base });
  expect(listing).toMatchObject({ base: empty, mergeBase: empty, baseTree: empty });
  expect(listing.mergeTree).toBe(listing.headTree);
  const lines = await oracle(fixture, empty, base);
  expect(rawFields(listing)).toEqual(lines.map((line) => line.split(" ").slice(0, 4).join(" ")));
});

test("files that become folders and back agree with git diff-tree at every step", async () => {
  await using random = await createFixtureRepository();
  const paths = ["a", "a/b", "a.b", "a-b", "a0", "z/y/x", "z/y", "z"];
  let previous = await random.commit({ seed: "" });
  for (let round = 0; round < 12; round += 1) {
    const bits = createHash("sha256").update(`round ${round}`).digest();
    const files = paths
      .map((path, index) => [path, bits[index] ?? 0] as const)
      .filter(([, byte]) => byte % 3 !== 0)
      .map(([path, byte]) => [path, byte % 3 === 1 ? null : String(byte)] as const);
    const next = await random.commit(Object.fromEntries(files));
    const lines = await oracle(random, previous, next);
    const fields = lines.map((line) => line.split(" ").slice(0, 4).join(" "));
    expect(rawFields(await list(random, { base: previous, head: next }))).toEqual(fields);
    previous = next;
  }
});

test.each([
  { when: "the head is no commit", range: { head: "1".repeat(40) } },
  { when: "the base is no commit", range: { base: "1".repeat(40) } },
  { when: "an id is short", range: { head: "1234567" } },
  { when: "an id is a name", range: { head: "main" } },
])("a range is refused where $when", async ({ range }) => {
  await expectCode(list(fixture, { base, head, ...range }), "UNKNOWN_REVISION");
});

test("a head that left the base earlier is compared with where it left", async () => {
  await using forked = await createFixtureRepository();
  const fork = await forked.commit({ a: "1", b: "1", "d/x": "1", "d/y": "1" });
  const main = await forked.commit({ a: "2", "d/x": "2", gone: null });
  const topic = await forked.commit({ b: "2", "d/y": null }, { branch: "topic", parents: [fork] });
  const listing = await list(forked, { base: main, head: topic });
  expect(listing).toMatchObject({ base: main, head: topic, mergeBase: fork });
  expect(listing.files.map(({ path }) => path)).toEqual(["b", "d/y"]);
  expect(listing.mergeTree).toBe(await forked.git("merge-tree", "--write-tree", main, topic));
});

test("a path that the base has changed since says what it has there", async () => {
  await using forked = await createFixtureRepository();
  const fork = await forked.commit({ both: "1", "d/gone": "1", "d/same": "1", mine: "1" });
  const main = await forked.commit({ both: "2", "d/gone": null, "d/same": "3", theirs: "1" });
  const topic = await forked.commit(
    { both: "3", "d/gone": null, "d/same": "3", mine: "2" },
    { branch: "topic", parents: [fork] },
  );
  const { files } = await list(forked, { base: main, head: topic });
  const tips = await Promise.all(
    ["both", "d/same"].map((path) => forked.git("rev-parse", `${main}:${path}`)),
  );
  expect(files.map(({ path, baseTip }) => [path, baseTip && baseTip.oid])).toEqual([
    ["both", tips[0]],
    ["d/gone", null],
    ["d/same", tips[1]],
    ["mine", undefined],
  ]);
});

const LINES = "on: push\npermissions: {contents: read}\njobs:\n  a:\n    steps: []\n";
const RAISED_LINES = LINES.replace("read", "write");
const MOVED = ".github/workflows/r.yml";

test.each([
  {
    what: "an edit of a file",
    path: "off/r.yml",
    lands: MOVED,
    fork: { "off/r.yml": LINES, kept: "" },
    main: { "off/r.yml": null, [MOVED]: LINES },
    seen: { baseTip: null },
  },
  {
    what: "a new file in a folder",
    path: "ci/new.yml",
    lands: ".github/workflows/new.yml",
    fork: { "ci/r.yml": LINES, kept: "" },
    main: { "ci/r.yml": null, [MOVED]: LINES },
    seen: { folderGone: "ci" },
  },
  {
    what: "a new file in a new folder inside a folder",
    path: "x/workflows/new.yml",
    lands: ".github/workflows/new.yml",
    fork: { "x/caf\\xe9": LINES, "x/b": "b\n".repeat(20) },
    main: {
      ...{ "x/caf\\xe9": null, "x/b": null },
      ...{ ".github/caf\\xe9": LINES, ".github/b": "b\n".repeat(20) },
    },
    topic: { "x/also": "of x itself" },
    seen: { folderGone: "x" },
  },
])("$what that the base moved says so, and git's merge does carry it", async (moved) => {
  const { path, lands, fork, main, topic = {}, seen } = moved;
  await using forked = await createFixtureRepository();
  const origin = await forked.commit(fork);
  const base = await forked.commit(main);
  const head = await forked.commit(
    { [path]: RAISED_LINES, ...topic },
    { branch: "topic", parents: [origin] },
  );
  const listing = await list(forked, { base, head });
  expect(listing.files.find((file) => file.path === path)).toMatchObject(seen);
  const added = Object.entries(main).filter(([, content]) => content !== null);
  expect(listing.baseAdded).toEqual(added.map(([name]) => name).sort());
  const renames = ["-c", "merge.directoryRenames=true"];
  const merged = await forked.git(...renames, "merge-tree", "--write-tree", base, head);
  expect(await forked.git("cat-file", "blob", `${merged}:${lands}`)).toBe(RAISED_LINES.trimEnd());
});

test.each([
  {
    when: "it moved nothing that the change touches",
    main: { a: null, z: "a" },
    topic: { b: "2" },
  },
  { when: "the change removes it as well", main: { a: null, z: "a" }, topic: { a: null } },
  { when: "a folder lost some files only", main: { "d/x": null }, topic: { "d/z": "" } },
  { when: "a folder is the change's own", main: { z: "" }, topic: { "e/z": "" } },
])("what the base added is not listed where $when", async ({ main, topic }) => {
  await using forked = await createFixtureRepository();
  const fork = await forked.commit({ a: "a", b: "1", "d/x": "", "d/y": "" });
  const base = await forked.commit(main);
  const head = await forked.commit(topic, { branch: "topic", parents: [fork] });
  const listing = await list(forked, { base, head });
  expect(listing).not.toHaveProperty("baseAdded");
  for (const file of listing.files) expect(file).not.toHaveProperty("folderGone");
});

test("the outermost folder that the base has no more is told, for added files only", async () => {
  await using forked = await createFixtureRepository();
  const fork = await forked.commit({ "d/e/f/x": "1", "d/y": "" });
  const base = await forked.commit({ "d/e/f/x": null });
  const topic = { "d/e/f/x": "2", "d/e/f/g/new": "", "d/new": "" };
  const head = await forked.commit(topic, { branch: "topic", parents: [fork] });
  const { files, baseAdded } = await list(forked, { base, head });
  expect(files.map(({ path, folderGone }) => [path, folderGone])).toEqual([
    ["d/e/f/g/new", "d/e"],
    ["d/e/f/x", undefined],
    ["d/new", undefined],
  ]);
  expect(baseAdded).toEqual([]);
});

test("added paths over a limit are unknown, never a shorter list; other failures throw", async () => {
  await using repository = await openRepository(fixture.directory);
  const { objects } = repository.store;
  const listing = await list(fixture, { base, head });
  const trees = { before: listing.baseTree, after: listing.headTree };
  const all = listing.files.filter((file) => !file.base).map(({ path }) => path);
  expect(await addedPaths(objects, trees)).toEqual(all);
  expect(await addedPaths(objects, trees, { files: 3 })).toBeNull();
  await expectCode(addedPaths(objects, { ...trees, after: "1".repeat(40) }), "MISSING_OBJECT");
});

test.each([
  { when: "both change one file", main: { a: "2" }, topic: { a: "3" } },
  { when: "one removes what the other changes", main: { a: null }, topic: { a: "3" } },
  {
    when: "one makes a folder of what the other changes",
    main: { a: null, "a/b": "" },
    topic: { a: "3" },
  },
])("no merged tree is foretold where $when", async ({ main, topic }) => {
  await using forked = await createFixtureRepository();
  const fork = await forked.commit({ a: "1", b: "1" });
  const ours = await forked.commit(main);
  const theirs = await forked.commit(topic, { branch: "topic", parents: [fork] });
  expect((await list(forked, { base: ours, head: theirs })).mergeTree).toBeNull();
});

test("a folder that both sides empty is not in the merged tree", async () => {
  await using forked = await createFixtureRepository();
  const fork = await forked.commit({ a: "1", "d/x": "1", "d/y": "1" });
  const main = await forked.commit({ "d/x": null });
  const topic = await forked.commit({ "d/y": null }, { branch: "topic", parents: [fork] });
  const expected = await forked.git("merge-tree", "--write-tree", main, topic);
  expect((await list(forked, { base: main, head: topic })).mergeTree).toBe(expected);
});

test("unrelated histories are refused", async () => {
  const orphan = await fixture.commit({ a: "a" }, { branch: "orphan", parents: [] });
  await expectCode(list(fixture, { base, head: orphan }), "UNRELATED_HISTORIES");
});

test("several merge bases are refused: one of them can hold what the change brings back", async () => {
  await using crossed = await createFixtureRepository();
  const root = await crossed.commit({ permission: "write", a: "1", b: "1" });
  const kept = await crossed.commit({ a: "2" }, { branch: "kept", parents: [root] });
  const lowered = await crossed.commit({ permission: "read" }, { branch: "low", parents: [root] });
  const main = await crossed.commit(
    { permission: "read" },
    { branch: "main", parents: [kept, lowered] },
  );
  const attack = await crossed.commit({ b: "2" }, { branch: "attack", parents: [kept, lowered] });
  await expectCode(list(crossed, { base: main, head: attack }), "SEVERAL_MERGE_BASES");
});

test("in a shallow history an ancestor is a base, and anything else is refused", async () => {
  await using origin = await createFixtureRepository();
  const root = await origin.commit({ a: "0" });
  const early = await origin.commit({ a: "1" });
  const late = await origin.commit({ a: "2" });
  const topic = await origin.commit({ b: "1" }, { branch: "topic", parents: [root] });
  await using shallow = await createFixtureRepository();
  const refs = ["main:main", "topic:topic"];
  await shallow.git(
    "fetch",
    "-q",
    "--depth=2",
    `file://${origin.directory}`,
    ...refs,
    "--update-head-ok",
  );
  const listing = await list(shallow, { base: early, head: late });
  expect(listing.mergeBase).toBe(early);
  await expectCode(list(shallow, { base: late, head: early }), "SHALLOW_HISTORY");
  await using one = await createFixtureRepository();
  await one.git(
    "fetch",
    "-q",
    "--depth=1",
    `file://${origin.directory}`,
    ...refs,
    "--update-head-ok",
  );
  await expectCode(list(one, { base: late, head: topic }), "SHALLOW_HISTORY");
});

test.each([
  { when: "files", limits: { files: 3 } },
  { when: "folders", limits: { folders: 3 } },
])("a list with too many $when is refused, never cut short", async ({ limits }) => {
  await using repository = await openRepository(fixture.directory);
  const listing = await list(fixture, { base, head });
  const sides = { base: listing.baseTree, head: listing.headTree };
  await expectCode(diffTrees(repository.store.objects, sides, limits), "TOO_LARGE");
});

test("a path deeper than any file system has is refused", async () => {
  await using deep = await createFixtureRepository();
  const first = await deep.commit({ a: "" });
  let tree = await deep.git("rev-parse", `${first}^{tree}`);
  for (let depth = 0; depth < 25; depth += 1) {
    tree = await deep.gitWithInput(`040000 tree ${tree}\t${"n".repeat(200)}\n`, "mktree");
  }
  const commit = await deep.git("commit-tree", "-p", first, "-m", "deep", tree);
  await expectCode(list(deep, { base: first, head: commit }), "TOO_LARGE");
});

test("a tree whose one object stands at very many paths ends soon", async () => {
  await using bomb = await createFixtureRepository();
  const first = await bomb.commit({ a: "" });
  let tree = await bomb.git("rev-parse", `${first}^{tree}`);
  for (let level = 0; level < 12; level += 1) {
    const lines = Array.from({ length: 10 }, (_, index) => `040000 tree ${tree}\td${index}\n`);
    tree = await bomb.gitWithInput(lines.join(""), "mktree");
  }
  const commit = await bomb.git("commit-tree", "-p", first, "-m", "bomb", tree);
  await expectCode(list(bomb, { base: first, head: commit }), "TOO_LARGE");
});

test("contents come with a reason where they do not come", async () => {
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  const listing = await source.list(actionOn(base, head));
  const wanted: Wanted[] = [
    { path: "changed", side: "base", maxBytes: 100 },
    { path: "changed", side: "head", maxBytes: 5 },
    { path: "becomesFile", side: "head", maxBytes: 3 },
    { path: "link", side: "head", maxBytes: 100 },
    { path: "caf\\xe9", side: "head", maxBytes: 100 },
    { path: "removed", side: "head", maxBytes: 100 },
    { path: "kept", side: "head", maxBytes: 100 },
    { path: "module", side: "head", maxBytes: 100 },
  ];
  const contents = await source.read(listing, wanted);
  const got = wanted.map(({ side, path }) => {
    const content = contentOf(contents, side, path);
    return content instanceof Uint8Array ? Buffer.from(content).toString() : content.unread;
  });
  expect(got).toEqual([
    ...["before", "after", "too-large", "changed", "of caf\\xe9"],
    ...["absent", "absent", "not-a-file"],
  ]);
});

test("nothing wanted reads nothing", async () => {
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  expect(await source.read(await source.list(actionOn(base, head)), [])).toEqual(new Map());
});

test("what goes over the total comes back too large, in the order asked for", async () => {
  await using repository = await openRepository(fixture.directory);
  const listing = await openChangeSource({ repository }).list(actionOn(base, head));
  const wanted = [
    { path: "changed", side: "base", maxBytes: 100 },
    { path: "changed", side: "head", maxBytes: 100 },
    { path: "becomesFile", side: "head", maxBytes: 100 },
  ] as const;
  const contents = await readWanted(repository.store, listing, wanted, 10);
  expect(contentOf(contents, "base", "changed")).toEqual(Buffer.from("before"));
  expect(contentOf(contents, "head", "changed")).toEqual({ unread: "too-large" });
  expect(contentOf(contents, "head", "becomesFile")).toEqual(Buffer.from("file"));
});

test("the digest is over every path, mode and both contents", async () => {
  await using small = await createFixtureRepository();
  const one = await small.commit({ a: "1", module: { submodule: "1".repeat(40) } });
  const two = await small.commit({ a: { mode: "100755", content: "2" }, b: "", module: null });
  await using repository = await openRepository(small.directory);
  const source = openChangeSource({ repository });
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const expected = filesDigest([
    {
      path: "a",
      base: { mode: "100644", sha256: sha256("1") },
      head: { mode: "100755", sha256: sha256("2") },
    },
    { path: "b", head: { mode: "100644", sha256: sha256("") } },
    { path: "module", base: { mode: "160000", sha256: sha256("1".repeat(40)) } },
  ]);
  expect(await source.digest(await source.list(actionOn(one, two)))).toBe(expected);
});

async function looseObject(from: FixtureRepository, oid: string): Promise<string> {
  const path = join(from.gitDir, "objects", oid.slice(0, 2), oid.slice(2));
  await from.git("unpack-objects", "-q").catch(() => undefined);
  return path;
}

test("a blob that is not here is missing, and no digest pretends otherwise", async () => {
  await using partial = await createFixtureRepository();
  const one = await partial.commit({ a: "1" });
  const two = await partial.commit({ a: "2" });
  await rm(await looseObject(partial, await partial.git("rev-parse", `${two}:a`)));
  await using repository = await openRepository(partial.directory);
  const source = openChangeSource({ repository });
  const listing = await source.list(actionOn(one, two));
  const contents = await source.read(listing, [{ path: "a", side: "head", maxBytes: 9 }]);
  expect(contentOf(contents, "head", "a")).toEqual({ unread: "missing-object" });
  await expectCode(source.digest(listing), "MISSING_OBJECT");
});

test.each([
  { what: "blob", of: ":a", content: "blob 1\0x" },
  { what: "commit", of: "", content: "commit 46\0tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n" },
  { what: "tree", of: "^{tree}", content: "tree 0\0" },
])("other content stored under a $what's id is refused", async ({ of, content }) => {
  await using lying = await createFixtureRepository();
  const one = await lying.commit({ a: "1" });
  const two = await lying.commit({ a: "2" });
  const path = await looseObject(lying, await lying.git("rev-parse", `${two}${of}`));
  await chmod(path, 0o644);
  await writeFile(path, deflateSync(Buffer.from(content)));
  await using repository = await openRepository(lying.directory);
  const source = openChangeSource({ repository });
  const all = source.list(actionOn(one, two)).then(async (listing) => source.digest(listing));
  await expectCode(all, "OBJECT_MISMATCH");
});

test("a tree that holds one name twice is refused: either could be the one that counts", async () => {
  await using twice = await createFixtureRepository();
  const first = await twice.commit({ a: "harmless" });
  const harmless = Buffer.from(await twice.git("rev-parse", `${first}:a`), "hex");
  const hostile = Buffer.from(
    await twice.gitWithInput("hostile", "hash-object", "-w", "--stdin"),
    "hex",
  );
  const name = Buffer.from("100644 a\0");
  const content = Buffer.concat([name, hostile, name, harmless]);
  const args = ["hash-object", "--literally", "-t", "tree", "-w", "--stdin"];
  const tree = await twice.gitWithInput(content, ...args);
  const commit = await twice.git("commit-tree", "-p", first, "-m", "twice", tree);
  await expectCode(list(twice, { base: first, head: commit }), "MALFORMED_OBJECT");
});
