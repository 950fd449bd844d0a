import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64 } from "../../../ledger/format/base64.ts";
import {
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from "../../../ledger/format/checkpoint.ts";
import { generateSigningKey, parsePublicKey } from "../../../ledger/format/keys.ts";
import { noteKeyHash, noteVerifierKey, parseNote, signNote } from "../../../ledger/format/note.ts";
import { originOf } from "../../../ledger/format/origin.ts";
import { formatPin, parsePin } from "../../../ledger/format/pin.ts";
import { VECTORS_NOTE, VECTORS_PRESENT, vectorBytes } from "../vectors.ts";

const ORIGIN = "bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const ROOT = toBase64(new Uint8Array(32).fill(9));
const { key } = generateSigningKey();
const other = generateSigningKey().key;
const signed = signCheckpoint({ origin: ORIGIN, size: 42, root: ROOT }, key);
const text = Buffer.from(signed).toString();

function open(bytes: Uint8Array | string) {
  return openCheckpoint(Buffer.from(bytes), [key.public], ORIGIN);
}

test("a signed checkpoint opens under its key", async () => {
  expect(await open(signed)).toEqual({ origin: ORIGIN, size: 42, root: ROOT });
});

test("signatures of others beside it are passed over", async () => {
  const [line = ""] = Buffer.from(signNote(`${ORIGIN}\n`, "a.example/b", other))
    .toString()
    .split("\n")
    .slice(-2);
  const many = `${text}${`${line}\n`.repeat(15)}`;
  await expect(open(many)).resolves.toMatchObject({ size: 42 });
});

const stolenHash = Buffer.from(noteKeyHash(ORIGIN, key.public), "hex");
const wrongSignature = toBase64(Buffer.concat([stolenHash, other.sign(Buffer.from(text))]));
const textOf = (note: string) => Buffer.from(signNote(note, ORIGIN, key)).toString();

test.each([
  {
    when: "another key's signature",
    bytes: signCheckpoint({ origin: ORIGIN, size: 42, root: ROOT }, other),
  },
  { when: "another size under the same signature", bytes: text.replace("\n42\n", "\n43\n") },
  {
    when: "a known key's signature that fails beside one that holds",
    bytes: `${text}— ${ORIGIN} ${wrongSignature}\n`,
  },
  {
    when: "another origin",
    bytes: signCheckpoint({ origin: `${ORIGIN}0`, size: 42, root: ROOT }, key),
  },
  { when: "a leading zero", bytes: textOf(`${ORIGIN}\n042\n${ROOT}\n`) },
  { when: "a size beyond 2^53", bytes: textOf(`${ORIGIN}\n9007199254740993\n${ROOT}\n`) },
  { when: "a negative size", bytes: textOf(`${ORIGIN}\n-1\n${ROOT}\n`) },
  { when: "a root of 31 bytes", bytes: textOf(`${ORIGIN}\n1\n${toBase64(new Uint8Array(31))}\n`) },
  {
    when: "a root in another spelling",
    bytes: textOf(`${ORIGIN}\n1\n${ROOT.replace("k=", "l=")}\n`),
  },
  { when: "a line before its origin", bytes: textOf(`first\n${ORIGIN}\n1\n${ROOT}\n`) },
  { when: "an extension line", bytes: textOf(`${ORIGIN}\n1\n${ROOT}\nextra\n`) },
  {
    when: "another origin under this one's name",
    bytes: signNote(`${ORIGIN}0\n1\n${ROOT}\n`, ORIGIN, key),
  },
  { when: "a control character in another's name", bytes: `${text}— a\u0000b AAAAAAAA\n` },
  { when: "another's signature of four bytes", bytes: `${text}— a.example AAAAAA==\n` },
  { when: "no root", bytes: textOf(`${ORIGIN}\n1\n`) },
  { when: "no signature", bytes: `${ORIGIN}\n42\n${ROOT}\n` },
  { when: "no signature after the empty line", bytes: `${ORIGIN}\n42\n${ROOT}\n\n` },
  { when: "a hyphen for the dash", bytes: text.replace("—", "-") },
  { when: "a last line that does not end", bytes: text.trimEnd() },
  { when: "two spaces", bytes: text.replace("— ", "—  ") },
  { when: "a plus in the name", bytes: text.replace(`— ${ORIGIN}`, `— ${ORIGIN}+`) },
  { when: "a signature of four bytes", bytes: `${ORIGIN}\n42\n${ROOT}\n\n— ${ORIGIN} AAAAAA==\n` },
  { when: "a carriage return", bytes: text.replaceAll("\n", "\r\n") },
  { when: "a byte order mark", bytes: `\ufeff${text}` },
  { when: "bytes that are not UTF-8", bytes: Buffer.concat([Buffer.from([0xff]), signed]) },
  { when: "more than 64 KiB", bytes: text + `— a.example ${"A".repeat(100)}\n`.repeat(700) },
  { when: "nothing", bytes: "" },
])("refuses $when", async ({ bytes }) => {
  await expect(open(bytes)).rejects.toMatchObject({ code: "CHECKPOINT_INVALID" });
});

test("no changed byte opens", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(signed.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const changed = Buffer.from(signed);
        changed[at] = (changed[at] ?? 0) ^ flip;
        await expect(open(changed)).rejects.toMatchObject({ code: "CHECKPOINT_INVALID" });
      },
    ),
    { numRuns: 200 },
  );
});

test("the note's text may hold empty lines", () => {
  const note = parseNote(signNote("a\n\nb\n", "a.example", key));
  expect(note.text).toBe("a\n\nb\n");
  expect(note.signatures).toHaveLength(1);
});

describe.skipIf(!VECTORS_PRESENT)(`Tessera's checkpoints${VECTORS_NOTE}`, () => {
  const name = "example.com/log/testdata";
  const verifier = "AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

  test("its verifier key, hash and all, is written as we write it", () => {
    expect(noteVerifierKey(name, tesseraKey())).toBe(`${name}+33d7b496+${verifier}`);
  });

  test.each(Array.from({ length: 16 }, (_, size) => size))("number %i opens", async (size) => {
    const bytes = vectorBytes(`tessera/testdata/log/checkpoint.${size}`);
    const opened = await openCheckpoint(bytes, [tesseraKey()], name);
    expect(opened.size).toBe(parseCheckpoint(bytes).checkpoint.size);
  });

  function tesseraKey() {
    return parsePublicKey(toBase64(Buffer.from(verifier, "base64").subarray(1)));
  }
});

const pin = { origin: ORIGIN, size: 42, root: ROOT, trustRoot: "ab".repeat(32) };

test("a pin reads back, also with a line break after it", () => {
  expect(parsePin(formatPin(pin))).toEqual(pin);
  expect(parsePin(`${formatPin(pin)}\n`)).toEqual(pin);
});

test.each([
  { when: "another origin", text: formatPin({ ...pin, origin: "example.com/log" }) },
  { when: "a size with a leading zero", text: formatPin(pin).replace(" 42 ", " 042 ") },
  { when: "a size beyond 2^53", text: formatPin(pin).replace(" 42 ", " 9999999999999999 ") },
  {
    when: "a root in another spelling",
    text: formatPin({ ...pin, root: ROOT.replace("k=", "l=") }),
  },
  { when: "a digest cut short", text: formatPin(pin).slice(0, -1) },
  { when: "a word before it", text: `x ${formatPin(pin)}` },
  { when: "something before the origin", text: formatPin({ ...pin, origin: `x${ORIGIN}` }) },
  { when: "something after the origin", text: formatPin({ ...pin, origin: `${ORIGIN}/x` }) },
  { when: "an origin of 15", text: formatPin({ ...pin, origin: originOf("a".repeat(15)) }) },
  { when: "an origin of 65", text: formatPin({ ...pin, origin: originOf("a".repeat(65)) }) },
  { when: "a root of 31 bytes", text: formatPin({ ...pin, root: toBase64(new Uint8Array(31)) }) },
  { when: "a field too many", text: `${formatPin(pin)} x` },
  { when: "nothing", text: "" },
])("refuses a pin with $when", ({ text: line }) => {
  expect(() => parsePin(line)).toThrow(expect.objectContaining({ code: "PIN_INVALID" }));
});

test.each([0, 9, 10, 12_350, 2 ** 53 - 1])(
  "a head of %i records is signed, opened and pinned",
  async (size) => {
    const head = { origin: ORIGIN, size, root: ROOT };
    expect(await open(signCheckpoint(head, key))).toEqual(head);
    expect(parsePin(formatPin({ ...pin, size }))).toEqual({ ...pin, size });
  },
);

test.each([16, 64])("an origin of %i letters and digits may be pinned", (length) => {
  const origin = originOf("a1".repeat(length / 2));
  expect(parsePin(formatPin({ ...pin, origin }))).toEqual({ ...pin, origin });
});
