import { expect, test } from "vitest";
import { formatBatch } from "../../ledger/format/batch.ts";
import { replay } from "../../ledger/replay.ts";
import type { FixtureFile } from "../git/fixture-repository.ts";
import { fakeClone, gathered } from "./fake-clone.ts";
import { batchFiles, signedLine, type FixtureRecord } from "./signed-batches.ts";
import { verdictPredicateOf } from "./verdict-fixture.ts";

function verdict(id: string): FixtureRecord {
  return { kind: "verdict", predicate: verdictPredicateOf({ id }) };
}

const unknownKind: FixtureRecord = {
  kind: "omission",
  predicate: {
    id: "u",
    ledger: "somewhere",
    at: "2026-01-02T03:04:05Z",
    observed: { size: 0, root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
    whatever: [1],
  },
};

const three = batchFiles([[unknownKind], [verdict("a"), verdict("b")]]);

async function replayed(
  files: Readonly<Record<string, FixtureFile>>,
  options: Parameters<typeof replay>[1] = {},
) {
  const clone = fakeClone([{ message: "", files }]);
  return gathered(replay(clone, options));
}

test("records come in index order, whatever their kind", async () => {
  const records = await replayed(three);
  expect(records.map(({ index, kind }) => ({ index, kind }))).toEqual([
    { index: 0, kind: "omission" },
    { index: 1, kind: "verdict" },
    { index: 2, kind: "verdict" },
  ]);
  expect(records.map(({ verdict }) => verdict?.id)).toEqual([undefined, "a", "b"]);
});

test.each([
  { when: "as of an index inside a batch", options: { asOf: 1 }, indices: [0, 1] },
  { when: "as of the first", options: { asOf: 0 }, indices: [0] },
  { when: "as of one beyond the end", options: { asOf: 99 }, indices: [0, 1, 2] },
  { when: "only some", options: { only: new Set([2]) }, indices: [2] },
])("$when", async ({ options, indices }) => {
  expect((await replayed(three, options)).map(({ index }) => index)).toEqual(indices);
});

test("a batch without a wanted record is not read", async () => {
  const files = { ...three, "records/000-1.jsonl": "not a record\n" };
  expect(await replayed(files, { only: new Set([1]) })).toHaveLength(1);
});

const line = signedLine(verdict("a"));
const notAVerdict = { kind: "verdict", predicate: { ...unknownKind.predicate } };

test.each<{ when: string; files: Record<string, FixtureFile>; code: string }>([
  { when: "a gap", files: { "records/001-1.jsonl": formatBatch([line]) }, code: "TREE_MISMATCH" },
  {
    when: "an overlap",
    files: { ...three, "records/001-1.jsonl": formatBatch([line]) },
    code: "TREE_MISMATCH",
  },
  {
    when: "more lines than the name says",
    files: { "records/000-1.jsonl": formatBatch([line, line]) },
    code: "TREE_MISMATCH",
  },
  {
    when: "a batch that is a link",
    files: { ...three, "records/000-1.jsonl": { mode: "120000", content: "README.md" } },
    code: "TREE_MISMATCH",
  },
  { when: "a line cut short", files: { "records/000-1.jsonl": line }, code: "NOT_CANONICAL" },
  { when: "no record", files: { "records/000-1.jsonl": "{}\n" }, code: "NOT_CANONICAL" },
  {
    when: "a verdict without a verdict's members",
    files: batchFiles([[notAVerdict]]),
    code: "KIND_MISMATCH",
  },
  {
    when: "a line over the limit",
    files: { "records/000-1.jsonl": `${"x".repeat(300_000)}\n` },
    code: "NOT_CANONICAL",
  },
])("replay refuses $when", async ({ files, code }) => {
  await expect(replayed(files)).rejects.toMatchObject({ code });
});
