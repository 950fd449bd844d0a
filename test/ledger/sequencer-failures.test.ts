import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LedgerBranch } from "../../ledger/branch.ts";
import type { Pin } from "../../ledger/format/pin.ts";
import { openSequencer, type SequencerOptions } from "../../ledger/sequencer.ts";
import type { FakeBranch, Fault } from "./fake-branch.ts";
import { memoryFiles } from "./memory-files.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import {
  DOCUMENTS,
  newLedger,
  soundRecords,
  verdictDraft,
  WRITER_KEY,
  writerOf,
} from "./writer-fixture.ts";

const draft = verdictDraft({ number: 1 });
let ledger: { branch: FakeBranch; pin: Pin };
beforeEach(async () => {
  ledger = await newLedger();
});

/** A branch whose moving fails with what is thrown, and which cannot be read from then on. */
function brokenBranch(branch: LedgerBranch, thrown: unknown, whenRead?: Error): LedgerBranch {
  let failed = false;
  return {
    tip: () => (failed && whenRead ? Promise.reject(whenRead) : branch.tip()),
    advance: (...change) => {
      failed = true;
      if (thrown === "lost-race") return Promise.resolve("lost-race");
      if (thrown === null) return branch.advance(...change);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- ports may
      return Promise.reject(thrown);
    },
  };
}

describe("a branch that does not move", () => {
  const cause = new Error("the line was cut");

  test("is told with what the branch said, and its cause", async () => {
    const branch = brokenBranch(ledger.branch, cause);
    await expect(writerOf({ ...ledger, branch }).append([draft], DOCUMENTS)).rejects.toMatchObject({
      code: "ADVANCE_FAILED",
      message: expect.stringContaining("the line was cut") as string,
      cause,
    });
  });

  test("and says nothing is told as that", async () => {
    const branch = brokenBranch(ledger.branch, "no");
    await expect(writerOf({ ...ledger, branch }).append([draft], DOCUMENTS)).rejects.toMatchObject({
      code: "ADVANCE_FAILED",
      message: expect.stringContaining("no stated reason") as string,
    });
  });

  test("and cannot be read either is told for not moving", async () => {
    const branch = brokenBranch(ledger.branch, cause, new Error("no such host"));
    await expect(writerOf({ ...ledger, branch }).append([draft], DOCUMENTS)).rejects.toMatchObject({
      code: "ADVANCE_FAILED",
      cause,
    });
  });

  test("because somebody else moved it, and cannot be read, is told for that", async () => {
    const branch = brokenBranch(ledger.branch, "lost-race", new Error("no such host"));
    const appended = writerOf({ ...ledger, branch }).append([draft], DOCUMENTS);
    await expect(appended).rejects.toThrow("no such host");
  });

  test("and holds another head by then is told for that head", async () => {
    const branch = brokenBranch(ledger.branch, cause);
    const spoilt: LedgerBranch = {
      tip: () => branch.tip(),
      advance: (...change) => {
        ledger.branch.put(new Map([["frontier", null]]));
        return branch.advance(...change);
      },
    };
    const appended = writerOf({ ...ledger, branch: spoilt }).append([draft], DOCUMENTS);
    await expect(appended).rejects.toMatchObject({ code: "FILE_MISSING" });
  });
});

test.each([
  { races: 11, placed: true },
  { races: 12, placed: false },
])("after $races lost races in a row a batch is placed: $placed", async ({ races, placed }) => {
  ledger.branch.faults.push(...lostRaces(races));
  const appended = writerOf(ledger).append([draft], DOCUMENTS);
  await (placed
    ? expect(appended).resolves.toMatchObject([{ index: 1, appended: true }])
    : expect(appended).rejects.toMatchObject({ code: "LOST_RACE" }));
});

test("between lost races writers wait for random times that grow, half a minute at most", async () => {
  const waits: number[][] = [];
  for (let writers = 0; writers < 20; writers += 1) {
    const own: number[] = [];
    const pause = (ms: number) => Promise.resolve(void own.push(ms));
    ledger.branch.faults.push(...lostRaces(12));
    const appended = writerOf(ledger, { pause }).append([draft], DOCUMENTS);
    await expect(appended).rejects.toMatchObject({ code: "LOST_RACE" });
    waits.push(own);
  }
  const longestAfter = (race: number) => Math.max(...waits.map((own) => own[race] ?? NaN));
  expect(longestAfter(0)).toBeLessThanOrEqual(100);
  expect(longestAfter(6)).toBeGreaterThan(100);
  expect(new Set(waits.map((own) => own[6])).size).toBeGreaterThan(1);
  const totals = waits.map((own) => own.reduce((sum, ms) => sum + ms, 0));
  expect(Math.max(...totals)).toBeLessThan(30_000);
});

function lostRaces(count: number): readonly Fault[] {
  const meanwhile = (): void => {
    ledger.branch.put(new Map());
  };
  return Array.from({ length: count }, () => ({ meanwhile }));
}

test("what was placed is journaled as seen, and no longer as pending", async () => {
  const stored = new Map<string, Uint8Array>();
  await writerOf(ledger, { files: memoryFiles(stored) }).append([draft], DOCUMENTS);
  const noted = JSON.parse(Buffer.from(stored.get("noted.json") ?? []).toString()) as unknown;
  expect(noted).toMatchObject({ size: 2 });
  expect(stored.has("pending.json")).toBe(false);
});

test("only a verdict's record says what it supersedes", async () => {
  const waiver = { ...draft, kind: "waiver" as const };
  await writerOf(ledger).append([draft, waiver], DOCUMENTS);
  const records = await soundRecords(ledger.branch);
  expect(records.map(({ predicate }) => "supersedes" in predicate)).toEqual([false, true, false]);
});

test("the ids that a writer was given are used once each, and a draft cannot bring its own", async () => {
  const own = { ...draft, predicate: { ...draft.predicate, id: "mine", ledger: "mine" } };
  await writerOf(ledger).append([own, verdictDraft({ number: 2 })], DOCUMENTS);
  const [, ...records] = await soundRecords(ledger.branch);
  const ids = records.map(({ predicate }) => predicate.id);
  expect(new Set(ids).size).toBe(2);
  expect(ids.every((id) => /^id-\d+$/.test(id))).toBe(true);
  expect(records.map(({ predicate }) => predicate.ledger)).toEqual([
    ledger.pin.origin,
    ledger.pin.origin,
  ]);
});

describe("a writer's folder", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bailiff-writer-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function optionsOf({ branch, pin }: { branch: FakeBranch; pin: Pin }): SequencerOptions {
    return {
      ...{ branch, key: WRITER_KEY, repositoryId: REPOSITORY_ID },
      ...{ expectedRoot: pin.trustRoot, directory: folder },
    };
  }

  test("is made by the first append, one for each ledger, and holds no lock afterwards", async () => {
    const other = await newLedger();
    const writers = [ledger, other].map((each) => openSequencer(optionsOf(each)));
    expect(await readdir(folder)).toEqual([]);
    for (const writer of writers) await writer.append([draft], DOCUMENTS);
    const names = [ledger, other].map(({ pin }) => pin.trustRoot.slice(0, 16));
    expect((await readdir(folder)).sort()).toEqual([...names].sort());
    expect((await readdir(join(folder, names[0] ?? ""))).sort()).toEqual(["latest", "noted.json"]);
  });

  test("is shared by writers that take turns", async () => {
    const writers = [1, 2, 3].map(() => openSequencer(optionsOf(ledger)));
    const placed = await Promise.all(
      writers.map((writer, at) => writer.append([verdictDraft({ number: at })], DOCUMENTS)),
    );
    expect(
      placed
        .flat()
        .map(({ index }) => index)
        .toSorted(),
    ).toEqual([1, 2, 3]);
    const records = await soundRecords(ledger.branch);
    const ids = records.map(({ predicate }) => predicate.id);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(4);
  });

  test.each([
    { when: "with something before it", root: (digest: string) => `/${digest}` },
    { when: "with something after it", root: (digest: string) => `${digest}/..` },
    { when: "in capitals", root: (digest: string) => digest.toUpperCase() },
    { when: "cut short", root: (digest: string) => digest.slice(1) },
  ])("is not made for a root $when", ({ root }) => {
    const options = { ...optionsOf(ledger), expectedRoot: root("ab".repeat(32)) };
    expect(() => openSequencer(options)).toThrow(
      expect.objectContaining({ code: "ROOT_UNTRUSTED" }),
    );
  });
});
