import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openRemoteLedgerBranch } from "../../git/remote-ledger-branch.ts";
import type { LedgerBranch } from "../../ledger/branch.ts";
import { expectCode } from "./act.ts";
import { createFixtureServer, type FixtureServer } from "./fixture-server.ts";

const LEDGER = "refs/heads/governance-ledger";
const BRANCH = "governance-ledger";

let server: FixtureServer;
let cacheDir: string;
let branch: LedgerBranch & AsyncDisposable;
let ours: string;

beforeEach(async () => {
  server = await createFixtureServer();
  cacheDir = await mkdtemp(join(tmpdir(), "bailiff-cache-"));
  branch = await openRemoteLedgerBranch({ url: server.url, cacheDir });
  await branch.advance(null, files({ checkpoint: "1", frontier: "1", "records/a": "1" }), "1");
  ours = (await branch.tip())?.commit ?? "";
});

afterEach(async () => {
  await branch[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(cacheDir, { recursive: true });
});

function files(entries: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(entries).map(([path, text]) => [path, Buffer.from(text)]));
}

/** Somebody else's commit on top of ours; then an append of ours on top of that. */
async function appendOn(changes: Readonly<Record<string, string | null>>): Promise<string> {
  const theirs = await server.repository.commit(changes, { branch: BRANCH, parents: [ours] });
  return branch.advance(theirs, files({ checkpoint: "3", "records/c": "3" }), "3");
}

describe("a commit of somebody else on top of ours", () => {
  test.each([
    { when: "appends", changes: { checkpoint: "2", frontier: "2", "records/b": "2" } },
    {
      when: "brings policies and a keyset",
      changes: { "policies/ab": "2", "trust/2.root.json": "2" },
    },
    { when: "says something else to people", changes: { "README.md": "2" } },
    { when: "changes nothing", changes: {} },
  ])("is built on where it $when", async ({ changes }) => {
    expect(await appendOn(changes)).toBe("advanced");
  });

  test.each([
    { when: "edits a record", changes: { "records/a": "2" } },
    { when: "removes a record", changes: { "records/a": null } },
    { when: "brings what no ledger has", changes: { "evil.sh": "2" } },
    { when: "removes a head", changes: { frontier: null } },
  ])("is refused where it $when", async ({ changes }) => {
    await expectCode(appendOn(changes), "LEDGER_BRANCH_UNUSABLE");
    expect(await server.repository.git("rev-parse", `${LEDGER}~1`)).toContain(ours);
  });
});

test("a commit that is restored on top of a foreign one is built on", async () => {
  const theirs = await server.repository.commit(
    { "records/a": "2" },
    { branch: BRANCH, parents: [ours] },
  );
  const tree = (await server.repository.git("rev-parse", `${ours}^{tree}`)).trim();
  const restored = (
    await server.repository.git("commit-tree", "-p", theirs, "-p", ours, "-m", "restore", tree)
  ).trim();
  await server.repository.git("update-ref", LEDGER, restored);
  expect(await branch.advance(restored, files({ "records/b": "2" }), "2")).toBe("advanced");
});
