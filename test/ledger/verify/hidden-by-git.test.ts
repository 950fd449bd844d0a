import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerClone } from "../../../git/ledger-clone.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import {
  createFixtureRepository,
  fixtureGit,
  type FixtureRepository,
} from "../../git/fixture-repository.ts";
import { sampleLedger } from "../ledger-builder.ts";
import { plantLedger, type PlantedLedger } from "./planted-ledger.ts";

/** A ledger on its branch, and what git itself can be made to hide of it. No key is needed for any of this. */
let ledger: PlantedLedger;
let repository: FixtureRepository;
let ids: readonly string[];
const { commits } = sampleLedger();
const branch = "governance-ledger";
const told = (ref?: string) => ledger.told(ref);

beforeAll(async () => {
  ledger = await plantLedger();
  ({ repository, ids } = ledger);
});

afterAll(() => repository.dispose());

test("a merge over an old head, a fast-forward that looks like an honest history: TRUNCATED", async () => {
  const [genesis = "", second = "", , head = ""] = ids;
  const parents = ["-p", genesis, "-p", head];
  const args = ["commit-tree", `${second}^{tree}`, ...parents];
  const merge = await repository.gitWithInput(commits[1]?.message ?? "", ...args);
  expect(await repository.git("merge-base", head, merge)).toBe(head);
  expect(await told(merge)).toEqual([
    "TRUNCATED checkpoint",
    `MESSAGE_MISMATCH commit ${merge.slice(0, 7)}`,
  ]);
});

test("replace refs, grafts and notes hide nothing and add nothing", async () => {
  const [, second = "", third = "", head = ""] = ids;
  const args = ["commit-tree", `${second}^{tree}`, "-m", "DENY", "-p", second];
  const other = await repository.gitWithInput("", ...args);
  await repository.git("notes", "add", "-m", "ALLOW PR 42", third);
  await repository.git("replace", head, other);
  expect(await repository.git("rev-parse", `${head}^{tree}`)).toBe(
    await repository.git("rev-parse", `${second}^{tree}`),
  );
  await mkdir(join(repository.directory, "info"), { recursive: true });
  await writeFile(join(repository.directory, "info/grafts"), `${head}\n`);
  expect(await told(head)).toEqual([]);
  await repository.git("replace", "-d", head);
  await rm(join(repository.directory, "info/grafts"));
});

test("a history that a forged shallow file cuts off is not taken for the whole", async () => {
  const [, , third = "", head = ""] = ids;
  await writeFile(join(repository.directory, "shallow"), `${third}\n`);
  await expect(told(head)).rejects.toMatchObject({ code: "SHALLOW_HISTORY" });
  await rm(join(repository.directory, "shallow"));
});

test("objects that another folder lends are held against their ids too", async () => {
  await using borrower = await createFixtureRepository({ bare: true });
  const lent = join(repository.directory, "objects");
  await writeFile(join(borrower.directory, "objects/info/alternates"), `${lent}\n`);
  await borrower.git("update-ref", `refs/heads/${branch}`, ids.at(-1) ?? "");
  await using clone = await openLedgerClone({ repository: borrower.directory });
  expect((await verifyLedger(clone)).problems).toEqual([]);
});

/** Names that a checkout would put elsewhere, in a folder of their own: git refuses to write them. */
test.each([".git", ".GIT", "..", ".", "git~1", ".git\u200c"])(
  "an entry named %j among the records is told",
  async (name) => {
    const blob = await repository.git("rev-parse", `${branch}:README.md`);
    const listed = await repository.git("ls-tree", `${branch}:records`);
    const entries = listed.split("\n").map((line) => {
      const [, oid = "", file = ""] = /^100644 blob (\w+)\t(.*)$/.exec(line) ?? [];
      return entry("100644", file, oid);
    });
    const sorted = [entry("100644", name, blob), ...entries].sort((a, b) => a.compare(b));
    const bytes = Buffer.concat(sorted);
    const write = ["hash-object", "--literally", "-t", "tree", "-w", "--stdin"];
    const folder = await repository.gitWithInput(bytes, ...write);
    const records = await repository.git("rev-parse", `${branch}:records`);
    const raw = (oid: string) => Buffer.from(oid, "hex").toString("latin1");
    const codes = await told(await withTree([], [raw(records), raw(folder)]));
    expect(codes.filter((code) => code.startsWith("FILE_FOREIGN"))).toHaveLength(1);
  },
);

test("a tag named like the branch, at an old head, is not taken for it", async () => {
  await repository.git("tag", branch, ids[1] ?? "");
  await using clone = await openLedgerClone({ repository: repository.directory, ref: branch });
  expect(clone.commit).toBe(ids.at(-1));
  await repository.git("tag", "-d", branch);
});

test("a clone with a part of the history only says so, and accuses nobody", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-shallow-"));
  const url = `file://${repository.directory}`;
  await fixtureGit(folder, ["clone", "-q", "--depth", "2", "-b", branch, url, "clone"]);
  await using clone = await openLedgerClone({ repository: join(folder, "clone") });
  await expect(verifyLedger(clone)).rejects.toMatchObject({ code: "SHALLOW_HISTORY" });
  await rm(folder, { recursive: true });
});

/** `<mode> <name>\0<raw id>` */
function entry(mode: string, name: string, oid: string): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]);
}

/** The last commit with its tree made by hand: `added` at its end, `from` spelled `to`. */
async function withTree(
  added: readonly Buffer[],
  [from, to]: readonly [string, string] = ["", ""],
): Promise<string> {
  const [parent = "", head = ""] = ids.slice(-2);
  const listed = await repository.git("ls-tree", head);
  const entries = listed.split("\n").map((line) => {
    const [, mode = "", oid = "", name = ""] = /^0*(\d+) \w+ (\w+)\t(.*)$/.exec(line) ?? [];
    return entry(mode, name, oid);
  });
  const text = Buffer.concat([...entries, ...added]).toString("latin1");
  const bytes = Buffer.from(text.replace(from, to), "latin1");
  const write = ["hash-object", "--literally", "-t", "tree", "-w", "--stdin"];
  const tree = await repository.gitWithInput(bytes, ...write);
  return repository.gitWithInput(commits.at(-1)?.message ?? "", "commit-tree", tree, "-p", parent);
}

async function treeOf(lines: readonly string[]): Promise<string> {
  return repository.gitWithInput(lines.map((line) => `${line}\n`).join(""), "mktree");
}

test("a tree that nobody touched, made by hand, verifies", async () => {
  expect(await told(await withTree([]))).toEqual([]);
});

test.each([
  { spelled: "100664 checkpoint", code: "CHECKPOINT_INVALID checkpoint" },
  { spelled: "0100644 checkpoint", code: "CHECKPOINT_INVALID checkpoint" },
  { spelled: "100600 frontier", code: "FILE_FOREIGN frontier" },
])("a mode spelled $spelled: $code", async ({ spelled, code }) => {
  const name = spelled.split(" ")[1] ?? "";
  expect(await told(await withTree([], [`100644 ${name}`, spelled]))).toContain(code);
});

test("a folder's mode in another spelling is told", async () => {
  const commit = await withTree([], ["40000 trust", "040000 trust"]);
  expect(await told(commit)).toEqual(["FILE_FOREIGN trust"]);
});

test("an empty folder, which no listing of files shows, is told", async () => {
  expect(await told(await withTree([entry("40000", "zzz", await treeOf([]))]))).toEqual([
    "FILE_FOREIGN zzz",
  ]);
});

test("a second folder of records, which one reader sees and another does not, is told", async () => {
  const records = await repository.git("rev-parse", `${branch}:records`);
  for (const oid of [await treeOf([]), records]) {
    const codes = await told(await withTree([entry("40000", "records", oid)]));
    expect(codes).toContain("FILE_FOREIGN records");
  }
});

test("a file under a name with a slash is not taken for the one in the folder", async () => {
  const blob = await repository.git("rev-parse", `${branch}:records/001-1.jsonl`);
  const commit = await withTree([entry("100644", "zzz/001-1.jsonl", blob)]);
  expect(await told(commit)).toContain("FILE_FOREIGN zzz\\x2f001-1.jsonl");
});

test("an entry out of its order, which git may not find by its path, is told", async () => {
  const blob = await repository.git("rev-parse", `${branch}:README.md`);
  const readme = entry("100644", "README.md", blob);
  const commit = await withTree([readme], [readme.toString("latin1"), ""]);
  expect(await told(commit)).toEqual(["FILE_FOREIGN README.md"]);
});

test("a folder that holds itself ten times over, seven times, is refused in time", async () => {
  const blob = await repository.git("rev-parse", `${branch}:README.md`);
  const names = Array.from({ length: 10 }, (_, at) => `n${at}`);
  let tree = await treeOf(names.map((name) => `100644 blob ${blob}\t${name}`));
  for (let depth = 0; depth < 7; depth += 1) {
    tree = await treeOf(names.map((name) => `040000 tree ${tree}\t${name}`));
  }
  const commit = await withTree([entry("40000", "zzz", tree)]);
  await expect(told(commit)).rejects.toMatchObject({ code: "TOO_LARGE" });
});

test("names of 30 KB that stand in fifty folders are refused before they fill the memory", async () => {
  const blob = await repository.git("rev-parse", `${branch}:README.md`);
  const names = Array.from({ length: 100 }, (_, at) => `${at}`.padEnd(30_000, "n"));
  const folder = await treeOf(names.map((name) => `100644 blob ${blob}\t${name}`));
  const folders = Array.from({ length: 50 }, (_, at) => `040000 tree ${folder}\t${at}`);
  const commit = await withTree([entry("40000", "zzz", await treeOf(folders))]);
  await expect(told(commit)).rejects.toMatchObject({ code: "TOO_LARGE" });
});

test("folders deeper than any ledger's are told, and not followed", async () => {
  let tree = await treeOf([]);
  for (let depth = 0; depth < 40; depth += 1) tree = await treeOf([`040000 tree ${tree}\td`]);
  const [problem = ""] = await told(await withTree([entry("40000", "zzz", tree)]));
  expect(problem).toMatch(/^FILE_FOREIGN zzz(\/d){1,16}$/);
});

test("a tree whose bytes are not those of its id is refused", async () => {
  await using doctored = await createFixtureRepository({ bare: true });
  const packed = await repository.git("rev-parse", `${branch}^{tree}`);
  await doctored.git("fetch", "-q", repository.directory, `${branch}:${branch}`);
  const other = await repository.git("rev-parse", `${ids[1] ?? ""}^{tree}`);
  const place = (oid: string) => join("objects", oid.slice(0, 2), oid.slice(2));
  const target = join(doctored.directory, place(packed));
  await rm(target);
  await copyFile(join(doctored.directory, place(other)), target);
  await using clone = await openLedgerClone({ repository: doctored.directory });
  await expect(verifyLedger(clone)).rejects.toMatchObject({ code: "OBJECT_MISMATCH" });
});
