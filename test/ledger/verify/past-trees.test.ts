import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleLedger } from "../ledger-builder.ts";
import { digestOf, DOCUMENT } from "../verdict-fixture.ts";
import { plantLedger, type PlantedLedger } from "./planted-ledger.ts";
import { entriesOf, type TreeEntry, writeTree } from "./trees-by-hand.ts";

/** A ledger whose earlier trees were made by hand, by whoever can force a push; the newest is as it was. */
let ledger: PlantedLedger;
let repository: PlantedLedger["repository"];
let ids: readonly string[];
let other: string;
const { commits } = sampleLedger();

beforeAll(async () => {
  ledger = await plantLedger();
  ({ repository, ids } = ledger);
  other = await repository.gitWithInput("another\n", "hash-object", "-w", "--stdin");
});

afterAll(() => repository.dispose());

type Edit = (entries: readonly TreeEntry[]) => readonly TreeEntry[];

/** The branch with the tree of its second commit, or of a folder in it, edited. */
async function retold(edit: Edit, folder = ""): Promise<string> {
  const [first = "", second = "", ...later] = ids;
  const edited = await writeTree(
    repository,
    edit(await entriesOf(repository, `${second}:${folder}`)),
  );
  const put: Edit = (entries) =>
    entries.map((entry) => (entry.name === folder ? { ...entry, oid: edited } : entry));
  const tree =
    folder === "" ? edited : await writeTree(repository, put(await entriesOf(repository, second)));
  let head = await commitLike(1, tree, first);
  for (const [at, id] of later.entries()) head = await commitLike(at + 2, `${id}^{tree}`, head);
  return head;
}

function commitLike(at: number, tree: string, parent: string): Promise<string> {
  return repository.gitWithInput(commits[at]?.message ?? "", "commit-tree", tree, "-p", parent);
}

function twice(name: string, place: "before" | "after"): Edit {
  return (entries) =>
    entries.flatMap((entry) => {
      const second = { ...entry, oid: other };
      if (entry.name !== name) return [entry];
      return place === "after" ? [entry, second] : [second, entry];
    });
}

test("history that is told again as it was verifies", async () => {
  expect(await ledger.told(await retold((entries) => entries))).toEqual([]);
});

test.each([
  { what: "a head", folder: "", name: "checkpoint" },
  { what: "a policy document", folder: "policies", name: digestOf(DOCUMENT) },
  { what: "an older batch", folder: "records", name: "000-1.jsonl" },
  { what: "the README", folder: "", name: "README.md" },
])("$what that an earlier tree held twice is told", async ({ folder, name }) => {
  const path = folder === "" ? name : `${folder}/${name}`;
  for (const place of ["before", "after"] as const) {
    expect(await ledger.told(await retold(twice(name, place), folder))).toContain(
      `FILE_FOREIGN ${path}`,
    );
  }
});

test("an empty folder of an earlier tree, or a mode that git reads as the plain one, tells no reader anything", async () => {
  const oid = await writeTree(repository, []);
  const withFolder: Edit = (entries) => [...entries, { mode: "40000", name: "zzz", oid }];
  expect(await ledger.told(await retold(withFolder))).toEqual([]);
  const shared: Edit = (entries) =>
    entries.map((entry) => (entry.mode === "100644" ? { ...entry, mode: "100664" } : entry));
  expect(await ledger.told(await retold(shared))).toEqual([]);
});

test("a commit of more files than an append writes, and one that removes them, are told as two problems", async () => {
  const names = Array.from({ length: 1_000 }, (_, at) => String(at).padStart(3, "0"));
  const files = names.map((name) => ({ mode: "100644", name, oid: other }));
  const oid = await writeTree(repository, files);
  const told = await ledger.told(
    await retold((entries) => [...entries, { mode: "40000", name: "zzz", oid }]),
  );
  expect(told.filter((code) => code.startsWith("MESSAGE_MISMATCH"))).toHaveLength(2);
});

test("a thousand folders of a thousand files that came and went are refused in time", async () => {
  const names = Array.from({ length: 1_000 }, (_, at) => String(at).padStart(3, "0"));
  const files = names.map((name) => ({ mode: "100644", name, oid: other }));
  const folder = await writeTree(repository, files);
  const folders = names.map((name) => ({ mode: "40000", name, oid: folder }));
  const oid = await writeTree(repository, folders);
  const head = await retold((entries) => [...entries, { mode: "40000", name: "zzz", oid }]);
  await expect(ledger.told(head)).rejects.toMatchObject({ code: "TOO_LARGE" });
});
