import { expect, test } from "vitest";
import { generateSigningKey } from "../../../ledger/format/keys.ts";
import { parseNote, signNote, verifyNote } from "../../../ledger/format/note.ts";

const { key } = generateSigningKey();
const other = generateSigningKey().key;
const NAME = "a.example/log";
const note = Buffer.from(signNote("one\ntwo\n", NAME, key)).toString();
const [signatureLine = ""] = note.split("\n").slice(-2);

test.each([
  { when: "no text", text: `\n${signatureLine}\n` },
  { when: "no empty line", text: `one\n${signatureLine}\n` },
  { when: "no signature", text: "one\n\n" },
  { when: "another byte for its last line break", text: `${note.slice(0, -1)}x` },
  { when: "a word before the dash", text: note.replace("— ", "x — ") },
  { when: "a word after the signature", text: note.replace(/\n$/, " x\n") },
  { when: "a signature in another spelling", text: note.replace(/=+\n$/, "\n") },
  { when: "an empty line after its signatures", text: `${note}\n` },
])("refuses a note with $when", ({ text }) => {
  expect(() => parseNote(Buffer.from(text))).toThrow(
    expect.objectContaining({ code: "CHECKPOINT_INVALID" }),
  );
});

test("refuses a note whose signers have names that are not UTF-8, and keeps the cause", () => {
  const bytes = Buffer.from(note.replace(`— ${NAME}`, "— ?"));
  bytes[bytes.indexOf("?")] = 0xff;
  expect(() => parseNote(bytes)).toThrow(
    expect.objectContaining({
      code: "CHECKPOINT_INVALID",
      cause: expect.any(TypeError) as TypeError,
    }),
  );
});

test("a text of one empty line is a text", async () => {
  const parsed = parseNote(signNote("\n", NAME, key));
  expect(parsed.text).toBe("\n");
  await expect(verifyNote(parsed, [{ name: NAME, key: key.public }])).resolves.toBeUndefined();
});

test("a note of 64 KiB is read, a longer one is not", () => {
  const padded = (length: number): Uint8Array => {
    const room = length - note.length - 2;
    return Buffer.from(`${"x".repeat(room)}\n${note}`);
  };
  const largest = padded(65_536 - (Buffer.byteLength(note) - note.length) + 1);
  expect(largest).toHaveLength(65_536);
  expect(parseNote(largest).signatures).toHaveLength(1);
  expect(() => parseNote(Buffer.concat([Buffer.from("x"), largest]))).toThrow(
    expect.objectContaining({ code: "CHECKPOINT_INVALID" }),
  );
});

test("a signature by another key of the same name is passed over", async () => {
  const theirs = Buffer.from(signNote("one\ntwo\n", NAME, other))
    .toString()
    .split("\n")
    .slice(-2)
    .join("\n");
  const both = parseNote(Buffer.from(`${note}${theirs}`));
  expect(both.signatures).toHaveLength(2);
  await expect(verifyNote(both, [{ name: NAME, key: key.public }])).resolves.toBeUndefined();
});

test("the same key under another name is another signer", async () => {
  const keys = [{ name: "b.example/log", key: key.public }];
  await expect(verifyNote(parseNote(Buffer.from(note)), keys)).rejects.toMatchObject({
    code: "CHECKPOINT_INVALID",
  });
});
