import { expect, test } from "vitest";
import { Journal, type PendingBatch } from "../../../ledger/append/journal.ts";
import { memoryFiles } from "../memory-files.ts";
import { digestOf } from "../verdict-fixture.ts";

const pending: PendingBatch = {
  base: { size: 1, root: "one" },
  result: { size: 3, root: "three" },
  lines: [Uint8Array.of(0, 255), Uint8Array.of()],
  documents: new Map([[digestOf("x"), Uint8Array.of(120)]]),
};

async function journaled(name: string, text: string): Promise<Journal> {
  const files = memoryFiles();
  await files.write(name, Buffer.from(text));
  return new Journal(files);
}

test("what was begun is told until it ended, also to another process", async () => {
  const stored = new Map<string, Uint8Array>();
  const journal = new Journal(memoryFiles(stored));
  expect(await journal.pending()).toBeNull();
  await journal.begin(pending);
  expect(await new Journal(memoryFiles(stored)).pending()).toEqual(pending);
  await journal.end();
  expect(await journal.pending()).toBeNull();
  expect([...stored.keys()]).toEqual([]);
});

test("the head that was noted last is told, and nothing else of it", async () => {
  const stored = new Map<string, Uint8Array>();
  const journal = new Journal(memoryFiles(stored));
  expect(await journal.noted()).toBeNull();
  const origin = { origin: "somewhere" };
  await journal.note({ size: 0, root: "zero", ...origin });
  expect(await journal.noted()).toEqual({ size: 0, root: "zero" });
  await journal.note({ size: 2, root: "two" });
  expect(await new Journal(memoryFiles(stored)).noted()).toEqual({ size: 2, root: "two" });
});

const whole = {
  base: { size: 1, root: "one" },
  result: { size: 2, root: "two" },
  lines: ["e30="],
  documents: { x: "e30=" },
};

test("a journal's file is read as it stands in the folder", async () => {
  const journal = await journaled("pending.json", JSON.stringify(whole));
  expect(await journal.pending()).toEqual({
    ...whole,
    lines: [new Uint8Array(Buffer.from("{}"))],
    documents: new Map([["x", new Uint8Array(Buffer.from("{}"))]]),
  });
});

test.each([
  { when: "cut short", text: JSON.stringify(whole).slice(0, -1) },
  { when: "nothing", text: "" },
  { when: "without lines", text: JSON.stringify({ ...whole, lines: [] }) },
  { when: "with a line that is no base64", text: JSON.stringify({ ...whole, lines: ["e30"] }) },
  {
    when: "with a document that is no base64",
    text: JSON.stringify({ ...whole, documents: { x: "e30" } }),
  },
  { when: "with more than was written", text: JSON.stringify({ ...whole, more: 1 }) },
  { when: "without its base", text: JSON.stringify({ ...whole, base: undefined }) },
  {
    when: "with a base below zero",
    text: JSON.stringify({ ...whole, base: { size: -1, root: "" } }),
  },
  { when: "with a result of no root", text: JSON.stringify({ ...whole, result: { size: 2 } }) },
  { when: "with half a size", text: JSON.stringify({ ...whole, result: { size: 1.5, root: "" } }) },
])("a pending batch $when is a conflict", async ({ text }) => {
  const journal = await journaled("pending.json", text);
  await expect(journal.pending()).rejects.toMatchObject({ code: "JOURNAL_CONFLICT" });
});

test.each(["{", "null", '{"size":1}', '{"size":-1,"root":""}', '{"size":1,"root":"","at":0}'])(
  "a noted head that reads %j is a conflict, and keeps its cause",
  async (text) => {
    const journal = await journaled("noted.json", text);
    await expect(journal.noted()).rejects.toMatchObject({
      code: "JOURNAL_CONFLICT",
      cause: expect.any(Error) as Error,
    });
  },
);
