import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { openRemoteLedgerBranch } from "../../git/remote-ledger-branch.ts";
import type { LedgerBranch } from "../../ledger/branch.ts";
import { expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";
import { createFixtureServer } from "./fixture-server.ts";

const LEDGER = "refs/heads/governance-ledger";

interface Ground {
  readonly where: string;
  readonly open: () => Promise<LedgerBranch & AsyncDisposable>;
  readonly repository: FixtureRepository;
  readonly dispose: () => Promise<void>;
}

async function localGround(options: { bare?: boolean; objectFormat?: "sha256" }): Promise<Ground> {
  const repository = await createFixtureRepository(options);
  const open = () => openLedgerBranch({ repository: repository.directory });
  return { where: "local", open, repository, dispose: () => repository.dispose() };
}

async function remoteGround(): Promise<Ground> {
  const server = await createFixtureServer();
  const cacheDir = await mkdtemp(join(tmpdir(), "bailiff-cache-"));
  const open = () => openRemoteLedgerBranch({ url: server.url, cacheDir, token: "ghs_secret" });
  const dispose = async () => {
    await server[Symbol.asyncDispose]();
    await rm(cacheDir, { recursive: true });
  };
  return { where: "remote", open, repository: server.repository, dispose };
}

const GROUNDS = [
  { where: "a work tree's repository", make: () => localGround({}) },
  { where: "a bare repository", make: () => localGround({ bare: true }) },
  { where: "a repository of SHA-256 objects", make: () => localGround({ objectFormat: "sha256" }) },
  { where: "a remote", make: remoteGround },
] as const;

function files(entries: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(entries).map(([path, text]) => [path, Buffer.from(text)]));
}

async function tipOf(branch: LedgerBranch): Promise<string> {
  const tip = await branch.tip();
  if (tip === null) throw new Error("there is no tip");
  return tip.commit;
}

async function textAt(branch: LedgerBranch, path: string): Promise<string | undefined> {
  const content = await (await branch.tip())?.read(path);
  return content ? Buffer.from(content).toString() : undefined;
}

test.each(GROUNDS)("in $where a ledger grows by one commit a call", async ({ make }) => {
  const ground = await make();
  await using branch = await ground.open();
  expect(await branch.tip()).toBeNull();
  const genesis = files({
    checkpoint: "0",
    "trust/1.root.json": "root",
    "records/x000/000-1.jsonl": "a",
  });
  expect(await branch.advance(null, genesis, "genesis\n\nbody\n")).toBe("advanced");
  const first = await branch.tip();
  const batch = files({ checkpoint: "1", "records/x000/001-1.jsonl": "b" });
  expect(await branch.advance(first?.commit ?? "", batch, "one")).toBe("advanced");
  expect(Buffer.from((await first?.read("checkpoint")) ?? []).toString()).toBe("0");
  expect(await textAt(branch, "checkpoint")).toBe("1");
  expect(await textAt(branch, "trust/1.root.json")).toBe("root");
  expect(await textAt(branch, "absent")).toBeUndefined();
  const tip = await branch.tip();
  expect(await tip?.list("records/x000")).toEqual(["000-1.jsonl", "001-1.jsonl"]);
  expect(await tip?.list("checkpoint")).toEqual([]);
  expect(await tip?.list("absent")).toEqual([]);
  const log = await ground.repository.git("log", "--format=%an <%ae>|%cn|%B|", LEDGER);
  expect(log.split("\n").filter((line) => line.includes("Bailiff"))).toHaveLength(2);
  expect(log).toContain("Bailiff <bailiff@noreply.invalid>|Bailiff|genesis\n\nbody\n");
  await ground.repository.git("fsck", "--strict");
  await ground.dispose();
});

test.each(GROUNDS)("in $where of racing writers one advances", async ({ make }) => {
  const ground = await make();
  await using one = await ground.open();
  await using other = await ground.open();
  const race = (from: string | null, round: string) =>
    Promise.all(
      [one, other, one, other].map((branch, index) =>
        branch.advance(from, files({ who: `${round}${index}` }), `${round}${index}`),
      ),
    );
  const outcome = ["advanced", "lost-race", "lost-race", "lost-race"];
  expect((await race(null, "genesis")).sort()).toEqual(outcome);
  expect((await race(await tipOf(one), "next")).sort()).toEqual(outcome);
  expect(await ground.repository.git("rev-list", "--count", LEDGER)).toBe("2");
  await ground.dispose();
});

test.each(GROUNDS)("in $where a writer with an old or no tip loses", async ({ make }) => {
  const ground = await make();
  await using branch = await ground.open();
  await branch.advance(null, files({ a: "1" }), "one");
  const first = await tipOf(branch);
  await branch.advance(first, files({ a: "2" }), "two");
  const second = await tipOf(branch);
  expect(await branch.advance(first, files({ a: "3" }), "late")).toBe("lost-race");
  expect(await branch.advance(null, files({ a: "3" }), "again")).toBe("lost-race");
  expect(await tipOf(branch)).toBe(second);
  await ground.repository.git("update-ref", LEDGER, first);
  expect(await branch.advance(second, files({ a: "3" }), "set back")).toBe("lost-race");
  expect(await tipOf(branch)).toBe(first);
  await ground.dispose();
});

test.each(GROUNDS)(
  "in $where a commit by another writer is read and built on",
  async ({ make }) => {
    const ground = await make();
    await using branch = await ground.open();
    await branch.advance(null, files({ a: "1" }), "one");
    const foreign = await ground.repository.commit(
      { "records/b": "2" },
      { branch: "governance-ledger" },
    );
    expect(await tipOf(branch)).toBe(foreign);
    expect(await textAt(branch, "records/b")).toBe("2");
    expect(await branch.advance(foreign, files({ c: "3" }), "three")).toBe("advanced");
    expect(await ground.repository.git("ls-tree", "--name-only", LEDGER)).toBe("a\nc\nrecords");
    await ground.dispose();
  },
);

test("a file of the tip that is a symbolic link is not read", async () => {
  const ground = await localGround({});
  await ground.repository.commit(
    { checkpoint: { mode: "120000", content: "README.md" } },
    { branch: "governance-ledger", parents: [] },
  );
  await using branch = await ground.open();
  await expectCode(textAt(branch, "checkpoint"), "NOT_A_FILE");
  await ground.dispose();
});

test("the work tree, the index and every other ref stay as they are", async () => {
  const ground = await localGround({});
  await ground.repository.commit({ a: "1" });
  await ground.repository.git("reset", "-q", "--hard");
  const before = await ground.repository.git("for-each-ref");
  await using branch = await ground.open();
  await branch.advance(null, files({ a: "2" }), "one");
  expect(await ground.repository.git("status", "--porcelain")).toBe("");
  const after = await ground.repository.git("for-each-ref");
  const others = after.split("\n").filter((line) => !line.endsWith(LEDGER));
  expect(others.join("\n")).toBe(before);
  await ground.dispose();
});

let hostile: FixtureRepository;
beforeEach(async () => {
  hostile = await createFixtureRepository();
  await hostile.commit({ a: "1" });
});
afterEach(() => hostile.dispose());

test.each([
  { when: "is a symbolic ref", plant: ["symbolic-ref", LEDGER, "refs/heads/main"] },
  { when: "names a blob", plant: ["update-ref", "refs/tags/blob", "main:a"] },
  { when: "is a folder of branches", plant: ["update-ref", `${LEDGER}/x`, "main"] },
])("a ledger branch that $when is refused, and nothing moves", async ({ when, plant }) => {
  await hostile.git(...plant);
  if (when === "names a blob") {
    const blob = await hostile.git("rev-parse", "main:a");
    await writeFile(join(hostile.gitDir, LEDGER), `${blob}\n`);
  }
  const before = await hostile.git("rev-parse", "main");
  await using branch = await openLedgerBranch({ repository: hostile.directory });
  await expectCode(branch.tip(), "LEDGER_BRANCH_UNUSABLE");
  await expectCode(branch.advance(null, files({ a: "2" }), "x"), "LEDGER_BRANCH_UNUSABLE");
  expect(await hostile.git("rev-parse", "main")).toBe(before);
});

test("a lock that is never released is an error, not a lost race", async () => {
  await writeFile(join(hostile.gitDir, `${LEDGER}.lock`), "");
  await using branch = await openLedgerBranch({ repository: hostile.directory });
  await expectCode(branch.advance(null, files({ a: "2" }), "x"), "LEDGER_BRANCH_UNUSABLE");
  expect(await branch.tip()).toBeNull();
});

test.each([
  { when: "climbs", path: "../x" },
  { when: "is absolute", path: "/x" },
  { when: "breaks the line", path: "x\ndeleteall" },
  { when: "is quoted", path: '"x"' },
  { when: "is git's own", path: ".GIT/config" },
])("a path that $when is not written", async ({ path }) => {
  await using branch = await openLedgerBranch({ repository: hostile.directory });
  await expectCode(branch.advance(null, files({ [path]: "2" }), "x"), "LEDGER_BRANCH_UNUSABLE");
  expect(await branch.tip()).toBeNull();
});

test("a push that the server's rules refuse throws, and says what the server said", async () => {
  const ground = await remoteGround();
  const hook = join(ground.repository.directory, "hooks", "pre-receive");
  await mkdir(join(ground.repository.directory, "hooks"), { recursive: true });
  await writeFile(hook, "#!/bin/sh\necho 'error: GH013: rule violations' >&2\nexit 1\n", {
    mode: 0o755,
  });
  await using branch = await ground.open();
  const pushed = branch.advance(null, files({ a: "1" }), "one");
  await expect(pushed).rejects.toThrow(/GH013/);
  await expectCode(pushed, "PUSH_REFUSED");
  expect(await branch.tip()).toBeNull();
  await ground.dispose();
});

test("a remote that does not answer is an error", async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), "bailiff-cache-"));
  await using branch = await openRemoteLedgerBranch({ url: "http://127.0.0.1:1/x", cacheDir });
  await expectCode(branch.tip(), "FETCH_FAILED");
  await rm(cacheDir, { recursive: true });
});

test("a lock that a killed git left is named, with what to do", async () => {
  const { repository, open, dispose } = await localGround({ bare: true });
  await using branch = await open();
  await branch.advance(null, files({ a: "1" }), "x");
  await writeFile(join(repository.directory, `${LEDGER}.lock`), "");
  const from = await tipOf(branch);
  await expect(branch.advance(from, files({ a: "2" }), "x")).rejects.toThrow(/remove the file/);
  await dispose();
});
