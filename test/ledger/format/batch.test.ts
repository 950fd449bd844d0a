import fc from "fast-check";
import { expect, test } from "vitest";
import {
  batchPath,
  formatBatch,
  parseBatch,
  parseBatchPath,
  tlogPath,
} from "../../../ledger/format/batch.ts";

test.each([
  { first: 0, count: 1, path: "records/000-1.jsonl" },
  { first: 25, count: 25, path: "records/025-25.jsonl" },
  { first: 999, count: 2, path: "records/999-2.jsonl" },
  { first: 1_000, count: 1, path: "records/x001/000-1.jsonl" },
  { first: 12_350, count: 25, path: "records/x012/350-25.jsonl" },
  { first: 1_234_067, count: 1_000, path: "records/x001/x234/067-1000.jsonl" },
])("the batch of $count from $first lies at $path", ({ first, count, path }) => {
  expect(batchPath(first, count)).toBe(path);
  expect(parseBatchPath(path)).toEqual({ first, count });
});

test("the specification's example", () => {
  expect(tlogPath(1_234_067)).toBe("x001/x234/067");
});

test.each([
  "records/000-0.jsonl",
  "records/000-01.jsonl",
  "records/000-1001.jsonl",
  "records/x000/001-1.jsonl",
  "records/x12/350-25.jsonl",
  "records/12350-25.jsonl",
  "records/x009/x007/x199/x254/x740/992-1.jsonl",
  "records/350-25.json",
  "records/350.jsonl",
  "records/./350-25.jsonl",
  "records/350-25.jsonl\n",
  "Records/350-25.jsonl",
  `records/${"x999/".repeat(6)}999-1.jsonl`,
  "",
])("%j is no batch's path", (path) => {
  expect(parseBatchPath(path)).toBeNull();
});

test("every place has one path, and the path its place", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 1_000 }), (first, count) => {
      fc.pre(Number.isSafeInteger(first + count));
      expect(parseBatchPath(batchPath(first, count))).toEqual({ first, count });
    }),
  );
});

test("lines read back as they were", () => {
  const lines = ["a", "bb", "{}"].map((text) => Buffer.from(text));
  const read = parseBatch(formatBatch(lines));
  expect(read.map((line) => Buffer.from(line).toString())).toEqual(["a", "bb", "{}"]);
});

test.each([
  { when: "nothing", text: "" },
  { when: "an empty line", text: "a\n\nb\n" },
  { when: "an empty line first", text: "\na\n" },
  { when: "a last line that does not end", text: "a\nb" },
])("refuses $when as a batch", ({ text }) => {
  expect(() => parseBatch(Buffer.from(text))).toThrow(
    expect.objectContaining({ code: "NOT_CANONICAL" }),
  );
});

const long = Buffer.alloc(256 * 1_024 + 1, "a");

test.each([
  { when: "a line over 256 KiB", bytes: Buffer.concat([long, Buffer.from("\n")]) },
  { when: "over 4 MiB", bytes: Buffer.alloc(4 * 1_024 * 1_024 + 1, "a\n") },
  { when: "over 1,000 lines", bytes: Buffer.from("a\n".repeat(1_001)) },
])("refuses a batch with $when", ({ bytes }) => {
  expect(() => parseBatch(bytes)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
});

test("a batch that could not be read is not written", () => {
  const lines = Array.from({ length: 17 }, () => long.subarray(1));
  expect(() => formatBatch(lines)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  const many = Array.from({ length: 1_001 }, () => Buffer.from("a"));
  expect(() => formatBatch(many)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
});

test("a line of 256 KiB, and 1,000 lines, are written and read", () => {
  expect(parseBatch(formatBatch([long.subarray(1)]))[0]).toHaveLength(256 * 1_024);
  const many = Array.from({ length: 1_000 }, () => Buffer.from("a"));
  expect(parseBatch(formatBatch(many))).toHaveLength(1_000);
});

test("4 MiB in lines of 128 KiB are written and read", () => {
  const lines = Array.from({ length: 32 }, () => Buffer.alloc(128 * 1_024 - 1, "a"));
  expect(formatBatch(lines)).toHaveLength(4 * 1_024 * 1_024);
  expect(parseBatch(formatBatch(lines))).toHaveLength(32);
});

test.each([
  { index: 0, path: "000" },
  { index: 12, path: "012" },
  { index: 123_456, path: "x123/456" },
  { index: 1_000_000, path: "x001/x000/000" },
])("the index $index is spelled $path", ({ index, path }) => {
  expect(tlogPath(index)).toBe(path);
});
