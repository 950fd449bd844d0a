import { expect, test } from "vitest";
import { LedgerError } from "../../ledger/errors.ts";
import { signCheckpoint } from "../../ledger/format/checkpoint.ts";
import { refuseUnsigned, signedHead } from "../../ledger/signed-head.ts";
import { fakeClone } from "./fake-clone.ts";
import { LEDGER_KEY, sampleLedger, verdictLine } from "./ledger-builder.ts";
import { THIEF } from "./verify/attacks/attack.ts";

type Files = Readonly<Record<string, string | Uint8Array | null>>;

const NOTHING: Files = {};
const { origin, size, root } = sampleLedger().pin;
const batch = (key = LEDGER_KEY) => `${Buffer.from(verdictLine({ id: "1" }, key)).toString()}\n`;

/** The sample ledger after somebody changed its files. */
function cloneWith(files: Files) {
  return fakeClone(sampleLedger().commit(files).commits);
}

test("the head is the branch's checkpoint, byte by byte, and what it says", async () => {
  const clone = cloneWith(NOTHING);
  const head = await signedHead(clone);
  expect(head.checkpoint).toMatchObject({ origin, size, root });
  expect(head.bytes).toEqual(await clone.read("checkpoint"));
  expect(await refuseUnsigned(clone)).toEqual(head.checkpoint);
});

test.each<{ when: string; files: Files; code: string }>([
  { when: "there is no checkpoint", files: { checkpoint: null }, code: "CHECKPOINT_INVALID" },
  { when: "it is of no form", files: { checkpoint: "5 records\n" }, code: "CHECKPOINT_INVALID" },
  {
    when: "a stranger signed it",
    files: { checkpoint: signCheckpoint({ origin, size, root }, THIEF) },
    code: "CHECKPOINT_INVALID",
  },
  { when: "its keyset is gone", files: { "trust/1.root.json": null }, code: "TRUST_INVALID" },
  { when: "its keyset is none", files: { "trust/1.root.json": "{}\n" }, code: "TRUST_INVALID" },
  {
    when: "a keyset after it is none",
    files: { "trust/2.root.json": "{}\n" },
    code: "TRUST_INVALID",
  },
])("a branch has no signed head where $when", async ({ files, code }) => {
  expect(await codeOf(signedHead(cloneWith(files)))).toBe(code);
  expect(await codeOf(refuseUnsigned(cloneWith(files)))).toBe(code);
});

test.each<{ when: string; files: Files; told: string }>([
  { when: "one was replaced", files: { "records/001-1.jsonl": batch(THIEF) }, told: "the root" },
  {
    when: "one more lies behind them",
    files: { "records/005-1.jsonl": batch() },
    told: "they are 6, the signed head says 5",
  },
  {
    when: "one is gone",
    files: { "records/004-1.jsonl": null },
    told: "they are 4, the signed head says 5",
  },
])("records are not those of the head where $when", async ({ files, told }) => {
  expect(await codeOf(signedHead(cloneWith(files)))).toBeNull();
  await expect(refuseUnsigned(cloneWith(files))).rejects.toMatchObject({
    code: "TREE_MISMATCH",
    message: expect.stringContaining(told) as string,
  });
});

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
}
