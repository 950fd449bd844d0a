import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import type { LedgerCommit } from "../../ledger/branch.ts";
import { collect, expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

const branch = "governance-ledger";
let fixture: FixtureRepository;
let commits: string[];

beforeAll(async () => {
  fixture = await createFixtureRepository();
  const side = await fixture.commit({ other: "x" }, { branch: "side" });
  const first = await fixture.commit(
    { checkpoint: "0", "records/a": "a", "caf\\xe9": "latin" },
    { branch, message: "genesis\n\nbody" },
  );
  const second = await fixture.commit({ "records/b": "b" }, { branch, message: ":100644 é\n" });
  const merge = await fixture.commit(
    { checkpoint: "2", "records/a": null, "records/b": "changed" },
    { branch, parents: [second, side] },
  );
  const link = await fixture.commit({ checkpoint: { mode: "120000", content: "x" } }, { branch });
  const same = await fixture.commit({}, { branch });
  const large = await fixture.commit({ checkpoint: "x".repeat(70_000) }, { branch });
  const last = await fixture.commit({ checkpoint: "6", sub: { submodule: first } }, { branch });
  commits = [first, second, merge, link, same, large, last];
});

afterAll(() => fixture.dispose());

async function history(ref?: string): Promise<LedgerCommit[]> {
  const options = ref === undefined ? {} : { ref };
  await using clone = await openLedgerClone({ repository: fixture.directory, ...options });
  return await collect(clone.history());
}

test("history goes from genesis along first parents, with what each changed", async () => {
  const all = await history();
  expect(all.map(({ commit }) => commit)).toEqual(commits);
  expect(all.map(({ parents }) => parents.length)).toEqual([0, 1, 2, 1, 1, 1, 1]);
  expect(all.slice(0, 2).map(({ message }) => message)).toEqual(["genesis\n\nbody", ":100644 é\n"]);
  expect(all.map(({ changes }) => Object.fromEntries(changes))).toEqual([
    { checkpoint: "added", "records/a": "added", "caf\\xe9": "added" },
    { "records/b": "added" },
    { checkpoint: "modified", "records/a": "removed", "records/b": "modified" },
    { checkpoint: "modified" },
    {},
    { checkpoint: "modified" },
    { checkpoint: "modified", sub: "added" },
  ]);
});

test("each commit has the checkpoint of its own tree, none where that is no small file", async () => {
  const texts = (await history()).map(({ checkpoint }) =>
    checkpoint === null ? null : Buffer.from(checkpoint).toString(),
  );
  expect(texts).toEqual(["0", "0", "2", null, null, null, "6"]);
});

test("of a commit that changes more files than an append writes, some are told, and the heads", async () => {
  const names = Array.from({ length: 300 }, (_, index) => `a/${index}`);
  const files = Object.fromEntries([...names, "checkpoint", "frontier"].map((name) => [name, "x"]));
  await fixture.commit(files, { branch: "crowded", parents: [] });
  await fixture.commit({ checkpoint: "y" }, { branch: "crowded" });
  const [first, second] = await history("crowded");
  expect(first).toMatchObject({ isCut: true, checkpoint: Buffer.from("x") });
  expect(first?.changes.size).toBe(102);
  expect(first?.changes.get("frontier")).toBe("added");
  expect(second).toMatchObject({ isCut: false, checkpoint: Buffer.from("y") });
});

test("a message is cut at 64 KiB", async () => {
  const long = await fixture.commit(
    {},
    { branch: "long", parents: [], message: "m".repeat(200_000) },
  );
  const [only] = await history("long");
  expect(only).toMatchObject({ commit: long, message: "m".repeat(65_536) });
});

test("every entry of the tree is listed by the bytes of its path", async () => {
  await using clone = await openLedgerClone({ repository: fixture.directory });
  expect(clone.commit).toBe(commits.at(-1));
  const files = await clone.files();
  expect(files.map(({ path, mode, sizeBytes }) => [path, mode, sizeBytes])).toEqual([
    ["caf\\xe9", "100644", 5],
    ["checkpoint", "100644", 1],
    ["records/b", "100644", 7],
    ["sub", "160000", 0],
  ]);
});

test("files are read one by one and many in the order asked for", async () => {
  await using clone = await openLedgerClone({ repository: fixture.directory });
  expect(await clone.read("records/b")).toEqual(Buffer.from("changed"));
  expect(await clone.read("caf\\xe9")).toEqual(Buffer.from("latin"));
  for (const path of ["absent", "records", "sub"]) expect(await clone.read(path)).toBeNull();
  const order = ["records/b", "checkpoint", "records/b"];
  const texts = [];
  for await (const bytes of clone.readAll(order)) {
    // Reading one file while going through many must not wait for the other.
    expect(await clone.read("checkpoint")).toEqual(Buffer.from("6"));
    texts.push(Buffer.from(bytes).toString());
  }
  expect(texts).toEqual(["changed", "6", "changed"]);
  await expectCode(collect(clone.readAll(["absent"])), "NOT_A_FILE");
  expect(await collect(clone.readAll([]))).toEqual([]);
});

test("more files than one window holds come complete and in order", async () => {
  const entries = Array.from({ length: 600 }, (_, index) => [`f${index}`, `content ${index}`]);
  await fixture.commit(Object.fromEntries(entries) as Record<string, string>, {
    branch: "many",
    parents: [],
  });
  await using clone = await openLedgerClone({ repository: fixture.directory, ref: "many" });
  const contents = await collect(clone.readAll(entries.map(([path = ""]) => path)));
  expect(contents.map((bytes) => Buffer.from(bytes).toString())).toEqual(
    entries.map(([, text]) => text),
  );
});

test("a history longer than one window comes complete and in order", async () => {
  const tree = await fixture.git("rev-parse", `${branch}^{tree}`);
  const lines = Array.from({ length: 700 }, (_, index) =>
    [
      `commit refs/heads/lengthy`,
      `committer Ann <ann@example.invalid> ${1_700_000_000 + index} +0000`,
      `data 4\n${String(index).padStart(4, "0")}`,
      `M 100644 inline checkpoint\ndata 4\n${String(index).padStart(4, "0")}`,
      index === 0 ? `M 040000 ${tree} kept` : "",
    ].join("\n"),
  );
  await fixture.gitWithInput(`${lines.join("\n")}\n`, "fast-import", "--quiet");
  const all = await history("lengthy");
  expect(all).toHaveLength(700);
  expect(
    all.every(({ message, checkpoint }) => message === Buffer.from(checkpoint ?? []).toString()),
  ).toBe(true);
  expect(all.slice(1).every(({ changes }) => changes.size === 1)).toBe(true);
});

test("a clone without a branch of its own shows the one of its origin", async () => {
  await using clone = await createFixtureRepository();
  await clone.git("fetch", "-q", fixture.directory, `${branch}:refs/remotes/origin/${branch}`);
  await using ledger = await openLedgerClone({ repository: clone.directory });
  expect(ledger.commit).toBe(commits.at(-1));
});

test("a repository without a ledger says so", async () => {
  await using empty = await createFixtureRepository();
  await empty.commit({ a: "a" });
  await expectCode(openLedgerClone({ repository: empty.directory }), "LEDGER_ABSENT");
  await expectCode(
    openLedgerClone({ repository: empty.directory, ref: "nowhere" }),
    "UNKNOWN_REVISION",
  );
});
