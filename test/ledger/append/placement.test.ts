import { expect, test } from "vitest";
import { isPlaced, placeBatch, signPlacement } from "../../../ledger/append/placement.ts";
import type { Head } from "../../../ledger/append/head.ts";
import { openCheckpoint } from "../../../ledger/format/checkpoint.ts";
import { formatBatch } from "../../../ledger/format/batch.ts";
import { recordLeaf } from "../../../ledger/format/leaf.ts";
import { Frontier, leafHash } from "../../../ledger/format/tree.ts";
import { LEDGER_KEY, verdictLine } from "../ledger-builder.ts";
import { digestOf, ORIGIN } from "../verdict-fixture.ts";

const base = new Frontier(1, [leafHash(Buffer.from("record 0"))]);
const lines = [verdictLine({ id: "1" }), verdictLine({ id: "2", number: 43 })];

function documentsOf(count: number, sizeBytes: number): ReadonlyMap<string, Uint8Array> {
  const numbers = Array.from({ length: count }, (_, at) => at);
  return new Map(numbers.map((at) => [digestOf(String(at)), Buffer.alloc(sizeBytes, at)]));
}

test("a batch is placed at the end, with all that its commit writes", async () => {
  const placement = placeBatch(ORIGIN, base, { lines, documents: documentsOf(1, 1) });
  expect(placement).toMatchObject({ first: 1, checkpoint: { origin: ORIGIN, size: 3 } });
  expect(placement.leaves).toEqual(lines.map((line) => recordLeaf("verdict", line)));
  expect(placement.message).toMatch(/^2 verdicts: 2 DENY\n/);
  expect(base.size).toBe(1);

  const files = signPlacement(placement, LEDGER_KEY);
  expect([...files.keys()]).toEqual([
    "records/001-2.jsonl",
    `policies/${digestOf("0")}`,
    "frontier",
    "checkpoint",
  ]);
  expect(files.get("records/001-2.jsonl")).toEqual(formatBatch(lines));
  const checkpoint = files.get("checkpoint") ?? Buffer.of();
  expect(await openCheckpoint(checkpoint, [LEDGER_KEY.public], ORIGIN)).toEqual(
    placement.checkpoint,
  );
});

test("100 files and 4 MiB of documents are placed in one commit", () => {
  const many = placeBatch(ORIGIN, base, { lines, documents: documentsOf(97, 1) });
  expect(signPlacement(many, LEDGER_KEY).size).toBe(100);
  const large = placeBatch(ORIGIN, base, { lines, documents: documentsOf(4, 1_048_576) });
  expect(large.files.size).toBe(6);
});

test.each([
  { when: "101 files", documents: documentsOf(98, 1) },
  { when: "a byte over 4 MiB of documents", documents: documentsOf(1, 4_194_305) },
  {
    when: "4 MiB of documents and another",
    documents: new Map([...documentsOf(4, 1_048_576), [digestOf("x"), Buffer.from("x")]]),
  },
])("$when is too much for one commit", ({ documents }) => {
  expect(() => placeBatch(ORIGIN, base, { lines, documents })).toThrow(
    expect.objectContaining({ code: "TOO_LARGE" }),
  );
});

function headWith(size: number, files: ReadonlyMap<string, Uint8Array>): Head {
  const tip = {
    commit: "0".repeat(40),
    read: (path: string) => Promise.resolve(files.get(path) ?? null),
    list: () => Promise.resolve([]),
  };
  return { tip, checkpoint: { origin: ORIGIN, size, root: "" } } as unknown as Head;
}

test.each([
  {
    when: "of its size with its bytes",
    size: 3,
    path: "records/001-2.jsonl",
    bytes: lines,
    is: true,
  },
  {
    when: "that is larger with its bytes",
    size: 4,
    path: "records/001-2.jsonl",
    bytes: lines,
    is: true,
  },
  {
    when: "that is smaller, its bytes beside it",
    size: 2,
    path: "records/001-2.jsonl",
    bytes: lines,
    is: false,
  },
  {
    when: "with other bytes there",
    size: 3,
    path: "records/001-2.jsonl",
    bytes: lines.slice(1),
    is: false,
  },
  {
    when: "with its bytes elsewhere",
    size: 3,
    path: "records/002-2.jsonl",
    bytes: lines,
    is: false,
  },
])("a head $when holds the batch: $is", async ({ size, path, bytes, is }) => {
  const result = { size: 3, root: "" };
  const pending = { base: { size: 1, root: "" }, result, lines, documents: new Map() };
  const head = headWith(size, new Map([[path, formatBatch(bytes)]]));
  expect(await isPlaced(head, pending)).toBe(is);
});
