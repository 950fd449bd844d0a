import { beforeEach, expect, test } from "vitest";
import { catchUp } from "../../../ledger/append/catch-up.ts";
import { decide } from "../../../ledger/append/decide.ts";
import { readHead, type Head } from "../../../ledger/append/head.ts";
import { Journal } from "../../../ledger/append/journal.ts";
import { LatestIndex } from "../../../ledger/append/latest-index.ts";
import { formatBatch } from "../../../ledger/format/batch.ts";
import { signCheckpoint } from "../../../ledger/format/checkpoint.ts";
import type { Pin } from "../../../ledger/format/pin.ts";
import type { FakeBranch } from "../fake-branch.ts";
import { memoryFiles } from "../memory-files.ts";
import { REPOSITORY_ID } from "../verdict-fixture.ts";
import {
  DOCUMENTS,
  lineOf,
  newLedger,
  verdictDraft,
  WRITER_KEY,
  writerOf,
} from "../writer-fixture.ts";

const [one, two] = [verdictDraft({ number: 1 }), verdictDraft({ number: 2 })];
let ledger: { branch: FakeBranch; pin: Pin };
let stored: Map<string, Uint8Array>;
/** The names of the files that were written, in order. */
let written: string[];

beforeEach(async () => {
  ledger = await newLedger();
  stored = new Map();
  written = [];
});

function files() {
  const inner = memoryFiles(stored);
  return {
    ...inner,
    write: (name: string, bytes: Uint8Array) => {
      written.push(name);
      return inner.write(name, bytes);
    },
  };
}

function writer() {
  return writerOf(ledger, { files: files() });
}

function headNow(): Promise<Head> {
  const expected = { root: ledger.pin.trustRoot, repositoryId: REPOSITORY_ID };
  return readHead(ledger.branch, expected);
}

async function caughtUp(): Promise<Head> {
  const head = await headNow();
  await catchUp(head, new Journal(files()), new LatestIndex(files()));
  return head;
}

function noted(): unknown {
  return JSON.parse(Buffer.from(stored.get("noted.json") ?? []).toString());
}

test("a head that is known and noted is not written down again", async () => {
  await caughtUp();
  written = [];
  await caughtUp();
  expect(written).toEqual([]);
});

test.each([
  { when: "was never noted", older: null },
  { when: "was noted at an older size", older: 1 },
])("a head that is known and $when is noted", async ({ older }) => {
  await writer().append([one, two], DOCUMENTS);
  const { checkpoint } = await caughtUp();
  const { size, root } = ledger.pin;
  if (older === null) stored.delete("noted.json");
  else stored.set("noted.json", Buffer.from(JSON.stringify({ size, root })));
  await caughtUp();
  expect(noted()).toEqual({ size: checkpoint.size, root: checkpoint.root });
});

/** What whoever can force a push makes of two commits: the same records, order, root and head. */
function putIntoOne(): void {
  const lines = ["records/001-1.jsonl", "records/002-1.jsonl"].map((path) =>
    Buffer.from(ledger.branch.file(path)),
  );
  ledger.branch.put(
    new Map([
      ["records/001-1.jsonl", null],
      ["records/002-1.jsonl", null],
      ["records/001-2.jsonl", Buffer.concat(lines)],
    ]),
  );
}

test.each([
  { when: "that is known to its end", prepare: caughtUp },
  { when: "whose last record is not known yet", prepare: () => Promise.resolve() },
])("two batches of a head $when that were put into one are appended to", async ({ prepare }) => {
  for (const draft of [one, two]) await writer().append([draft], DOCUMENTS);
  await prepare();
  putIntoOne();
  expect(await writer().append([two], DOCUMENTS)).toMatchObject([{ index: 2, appended: false }]);
  const three = verdictDraft({ number: 3 });
  expect(await writer().append([three], DOCUMENTS)).toMatchObject([{ index: 3 }]);
});

test("a head that was noted in the middle of what is one batch now is passed through", async () => {
  await writer().append([one], DOCUMENTS);
  await caughtUp();
  const before = new Map(stored);
  await writer().append([two], DOCUMENTS);
  putIntoOne();
  stored = before;
  expect(await writer().append([two], DOCUMENTS)).toMatchObject([{ index: 2, appended: false }]);
});

test("an older head that was noted and is not in this tree stops the writer", async () => {
  await writer().append([one, two], DOCUMENTS);
  await caughtUp();
  const { root } = ledger.pin;
  stored.set("noted.json", Buffer.from(JSON.stringify({ size: 2, root })));
  await expect(caughtUp()).rejects.toMatchObject({
    code: "FORKED",
    message: expect.stringContaining("size 2") as string,
  });
});

test("records that do not give the signed root stop a writer that has seen nothing", async () => {
  await writer().append([one, two], DOCUMENTS);
  const line = lineOf(one, ledger.pin.origin, WRITER_KEY);
  ledger.branch.put(new Map([["records/001-2.jsonl", formatBatch([line, line])]]));
  stored.clear();
  await expect(caughtUp()).rejects.toMatchObject({
    code: "FORKED",
    message: expect.stringContaining("size 3") as string,
  });
});

test("a head of another size over the known root is not the known head", async () => {
  await writer().append([one, two], DOCUMENTS);
  const { checkpoint } = await caughtUp();
  // Trees of three and of five leaves have two peaks each.
  const larger = signCheckpoint({ ...checkpoint, size: 5 }, WRITER_KEY);
  ledger.branch.put(new Map([["checkpoint", larger]]));
  await expect(caughtUp()).rejects.toMatchObject({ code: "TREE_MISMATCH" });
});

test("a record that was exchanged under a head that is known stops the writer that looks", async () => {
  await writer().append([one], DOCUMENTS);
  await writer().append([two], DOCUMENTS);
  await caughtUp();
  const line = lineOf(two, ledger.pin.origin, WRITER_KEY);
  ledger.branch.put(new Map([["records/001-1.jsonl", formatBatch([line])]]));
  await expect(writer().append([one], DOCUMENTS)).rejects.toMatchObject({
    code: "FORKED",
    message: expect.stringContaining("size 3") as string,
  });
});

test("an index that points to a wrong record even when it was made again is not believed", async () => {
  const head = await caughtUp();
  class Lying extends LatestIndex {
    override find(): Promise<{ index: number; first: number }> {
      return Promise.resolve({ index: 0, first: 0 });
    }
  }
  const latest = new Lying(files());
  const decided = await decide([one], { head, key: WRITER_KEY, randomId: () => "id", latest });
  expect(decided.outcomes).toEqual([{ line: 0, appended: true }]);
});

test("what is decided is told by line, with the predicates of what is new", async () => {
  const head = await caughtUp();
  const latest = new LatestIndex(files());
  const context = { head, key: WRITER_KEY, randomId: () => "id", latest };
  expect(await decide([], context)).toEqual({ outcomes: [], lines: [], predicates: [] });
  const { outcomes, lines, predicates } = await decide([one, two, one], context);
  expect(outcomes).toEqual([
    { line: 0, appended: true },
    { line: 1, appended: true },
    { line: 0, appended: false },
  ]);
  expect([lines.length, predicates.length]).toEqual([2, 2]);
  expect(predicates.map(({ action }) => (action as { number: number }).number)).toEqual([1, 2]);
});

/** A head of whose files the first that is read fails, and no other. */
function failingOnce(head: Head): Head {
  let isCut = true;
  const read = (path: string): ReturnType<Head["tip"]["read"]> => {
    if (!isCut) return head.tip.read(path);
    isCut = false;
    return Promise.reject(new Error("the line was cut"));
  };
  return { ...head, tip: { ...head.tip, read } };
}

test("a branch that could not be read is no cache that leads nowhere", async () => {
  await caughtUp();
  const before = new Map(stored);
  await writer().append([one], DOCUMENTS);
  stored = before;
  const head = failingOnce(await headNow());
  const catchingUp = catchUp(head, new Journal(files()), new LatestIndex(files()));
  await expect(catchingUp).rejects.toThrow("the line was cut");
});

test("a branch that could not be read is no index that points to a wrong record", async () => {
  await writer().append([one], DOCUMENTS);
  const head = failingOnce(await caughtUp());
  const latest = new LatestIndex(files());
  const deciding = decide([one], { head, key: WRITER_KEY, randomId: () => "id", latest });
  await expect(deciding).rejects.toThrow("the line was cut");
});
