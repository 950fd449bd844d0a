import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import type { LedgerBranch } from "../../ledger/branch.ts";
import { expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

const LEDGER = "refs/heads/governance-ledger";
const BRANCH = "governance-ledger";

let repository: FixtureRepository;
let notes: string;
let branch: LedgerBranch & AsyncDisposable;
let first: string;
let ours: string;

beforeEach(async () => {
  repository = await createFixtureRepository({ bare: true });
  notes = await mkdtemp(join(tmpdir(), "bailiff-notes-"));
  branch = await openLedgerBranch({ repository: repository.directory, notes });
  await branch.advance(null, files({ checkpoint: "0", frontier: "0", "records/a": "0" }), "0");
  first = (await tipOf(branch)) ?? "";
  await branch.advance(first, files({ checkpoint: "1", frontier: "1", "records/b": "1" }), "1");
  ours = (await tipOf(branch)) ?? "";
});

afterEach(async () => {
  await branch[Symbol.asyncDispose]();
  await repository.dispose();
  await rm(notes, { recursive: true });
});

function files(entries: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(entries).map(([path, text]) => [path, Buffer.from(text)]));
}

async function tipOf(from: LedgerBranch): Promise<string | undefined> {
  return (await from.tip())?.commit;
}

function theirs(changes: Readonly<Record<string, string | null>>): Promise<string> {
  return repository.commit(changes, { branch: BRANCH, parents: [ours] });
}

/** The checkpoint and the frontier stay as they were: by them alone the head is the known one. */
test.each([
  { when: "edits a record", changes: { "records/b": "2" } },
  { when: "removes a record", changes: { "records/a": null } },
  { when: "brings what no ledger has", changes: { "evil.sh": "2" } },
])("a commit of somebody else on this machine that $when is no head", async ({ changes }) => {
  await theirs(changes);
  await expectCode(tipOf(branch), "LEDGER_BRANCH_UNUSABLE");
  await using later = await openLedgerBranch({ repository: repository.directory, notes });
  await expectCode(tipOf(later), "LEDGER_BRANCH_UNUSABLE");
});

test("a commit of somebody else that appends is a head, and one that puts the files back", async () => {
  const appended = await theirs({ checkpoint: "2", "records/c": "2" });
  expect(await tipOf(branch)).toBe(appended);
  const foreign = await theirs({ "records/b": "2" });
  await expectCode(tipOf(branch), "LEDGER_BRANCH_UNUSABLE");
  const args = ["-p", foreign, "-p", ours, "-m", "restore", `${ours}^{tree}`];
  const restored = await repository.git("commit-tree", ...args);
  await repository.git("update-ref", LEDGER, restored);
  expect(await tipOf(branch)).toBe(restored);
});

test("an older head of ours is one: that it is older is told by its size", async () => {
  await repository.git("update-ref", LEDGER, first);
  expect(await tipOf(branch)).toBe(first);
});

test("another ledger's head is one: that it is another's is told by its root", async () => {
  const other = await theirs({ "records/a": "2", "trust/1.root.json": "another" });
  expect(await tipOf(branch)).toBe(other);
});

test("a head is refused where our last commit is gone, and nothing can be compared", async () => {
  const foreign = await repository.commit({ "records/b": "2" }, { branch: BRANCH, parents: [] });
  await repository.git("reflog", "expire", "--expire=now", "--all");
  await repository.git("gc", "-q", "--prune=now");
  await using later = await openLedgerBranch({ repository: repository.directory, notes });
  await expectCode(tipOf(later), "LEDGER_BRANCH_UNUSABLE");
  await using newcomer = await openLedgerBranch({ repository: repository.directory });
  expect(await tipOf(newcomer)).toBe(foreign);
});
