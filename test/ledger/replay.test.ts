import { expect, test } from "vitest";
import { formatBatch } from "../../ledger/format/batch.ts";
import { batchesOf, replay } from "../../ledger/replay.ts";
import type { FixtureFile } from "../git/fixture-repository.ts";
import { fakeClone, gathered } from "./fake-clone.ts";
import { executionPredicateOf, PHASES } from "./execution-fixture.ts";
import { batchFiles, leafOf, signedLine, type FixtureRecord } from "./signed-batches.ts";
import { digestOf, verdictPredicateOf } from "./verdict-fixture.ts";

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

test.each<{ when: string; files: Record<string, FixtureFile>; place: RegExp }>([
  {
    when: "a record",
    files: { ...three, "records/001-2.jsonl": formatBatch([line, Buffer.from("{}")]) },
    place: /^records\/001-2\.jsonl:2: /,
  },
  {
    when: "a batch",
    files: { ...three, "records/001-2.jsonl": formatBatch([line]) },
    place: /^records\/001-2\.jsonl: /,
  },
  {
    when: "an index",
    files: { "records/003-1.jsonl": formatBatch([line]) },
    place: /^records\/003-1\.jsonl: index 0 /,
  },
])("replay names $when that it refuses", async ({ files, place }) => {
  await expect(replayed(files)).rejects.toThrow(place);
});

test("a refused line keeps its cause", async () => {
  await expect(replayed({ "records/000-1.jsonl": "{}\n" })).rejects.toMatchObject({
    cause: expect.objectContaining({ code: "NOT_CANONICAL" }) as Error,
  });
});

const execution = {
  kind: "execution",
  predicate: executionPredicateOf(digestOf("v"), PHASES.started),
};

test("a record of each kind is told with what it holds, its leaf and its key", async () => {
  const records = [unknownKind, verdict("a"), execution];
  const told = await replayed(batchFiles([records]));
  expect(told.map(({ verdict, execution }) => [verdict?.id, execution?.phase])).toEqual([
    [undefined, undefined],
    ["a", undefined],
    [undefined, "started"],
  ]);
  expect(told.map(({ leaf }) => leaf)).toEqual(records.map((record) => leafOf(record)));
  expect(told.map(({ predicate }) => predicate.id)).toEqual(["u", "a", "0011223344556677"]);
  expect(told.map(({ keyid }) => /^[0-9a-f]{64}$/.test(keyid))).toEqual([true, true, true]);
  expect(told.map(({ statement }) => statement.predicateType)).toEqual([
    ...["omission", "verdict", "execution"].map((kind) => `https://bailiff.dev/${kind}/v1`),
  ]);
});

test.each<{ when: string; record: FixtureRecord }>([
  {
    when: "an execution of no phase",
    record: { ...execution, predicate: { ...execution.predicate, phase: "paused" } },
  },
  {
    when: "a predicate whose ledger's name is too long for one",
    record: { ...unknownKind, predicate: { ...unknownKind.predicate, ledger: "x".repeat(256) } },
  },
])("replay tells $when by its code", async ({ record }) => {
  await expect(replayed(batchFiles([[record]]))).rejects.toMatchObject({ code: "KIND_MISMATCH" });
});

test("the batches of a tree are the regular files of a batch's name and size, in index order", () => {
  const file = (path: string, more: object = {}) => {
    return { path, mode: "100644", oid: "0".repeat(40), sizeBytes: 4_194_304, ...more };
  };
  const files = [
    file("records/x001/000-1.jsonl"),
    file("records/002-7.jsonl"),
    file("records/002-3.jsonl"),
    file("records/000-2.jsonl"),
    file("records/005-1.jsonl", { sizeBytes: 4_194_305 }),
    file("records/006-1.jsonl", { mode: "100755" }),
    file("records/007-1.json"),
  ];
  expect(batchesOf(files)).toEqual([
    { path: "records/000-2.jsonl", first: 0, count: 2 },
    { path: "records/002-3.jsonl", first: 2, count: 3 },
    { path: "records/002-7.jsonl", first: 2, count: 7 },
    { path: "records/x001/000-1.jsonl", first: 1_000, count: 1 },
  ]);
});

test("only wanted records of a batch are told, and none beyond the last that counts", async () => {
  const wanted = { only: new Set([0, 2]) };
  expect((await replayed(three, wanted)).map(({ index }) => index)).toEqual([0, 2]);
  expect((await replayed(three, { ...wanted, asOf: 1 })).map(({ index }) => index)).toEqual([0]);
  expect(await replayed(three, { only: new Set() })).toEqual([]);
});

test("a batch beyond the last index that counts is not read", async () => {
  const files = { ...three, "records/001-2.jsonl": "not a record\n" };
  expect(await replayed(files, { asOf: 0 })).toHaveLength(1);
});

test("a batch without a wanted record is not even taken apart", async () => {
  const files = { ...three, "records/000-1.jsonl": "a line that does not end" };
  expect((await replayed(files, { only: new Set([2]) })).map(({ index }) => index)).toEqual([2]);
});
