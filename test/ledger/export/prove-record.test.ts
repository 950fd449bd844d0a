import { expect, test } from "vitest";
import { proveRecord } from "../../../ledger/export/prove-record.ts";
import { fromBase64 } from "../../../ledger/format/base64.ts";
import { parseCheckpoint, signCheckpoint } from "../../../ledger/format/checkpoint.ts";
import { verifyInclusion } from "../../../ledger/format/proof.ts";
import { leafHash } from "../../../ledger/format/tree.ts";
import { fakeClone } from "../fake-clone.ts";
import { recordLeaf } from "../../../ledger/format/leaf.ts";
import { THIEF } from "../verify/attacks/attack.ts";
import { LedgerBuilder, sampleLedger, verdictLine } from "../ledger-builder.ts";

const PROOF =
  /^c2sp\.org\/tlog-proof@v1\nextra ([A-Za-z0-9+/=]+)\nindex (\d+)\n((?:[A-Za-z0-9+/=]{44}\n)*)\n([^]+)$/;

/** What a proof's file says, read as its specification has it. */
function read(bytes: Uint8Array) {
  const [, extra = "", index = "", lines = "", note = ""] =
    PROOF.exec(Buffer.from(bytes).toString()) ?? [];
  const decoded = (text: string) => fromBase64(text) ?? new Uint8Array(0);
  const { checkpoint } = parseCheckpoint(Buffer.from(note));
  return {
    note,
    entry: decoded(extra),
    claim: {
      index: Number(index),
      leaf: leafHash(decoded(extra)),
      head: { size: checkpoint.size, root: decoded(checkpoint.root) },
      proof: lines.split("\n").slice(0, -1).map(decoded),
    },
  };
}

test("every record's proof leads to the branch's own checkpoint, and only for its index", async () => {
  const ledger = sampleLedger();
  const clone = fakeClone(ledger.commits);
  const checkpoint = Buffer.from((await clone.read("checkpoint")) ?? "").toString();
  for (let index = 0; index < 5; index += 1) {
    const { note, claim } = read((await proveRecord(clone, index)) ?? Buffer.of());
    expect(note).toBe(checkpoint);
    expect(claim.index).toBe(index);
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: (index + 1) % 5 })).toBe(false);
  }
});

test("a proof carries the entry of its record", async () => {
  const line = verdictLine({ id: "9" });
  const ledger = new LedgerBuilder().place([line]);
  const { entry } = read((await proveRecord(fakeClone(ledger.commits), 1)) ?? Buffer.of());
  expect(leafHash(entry)).toEqual(recordLeaf("verdict", line));
});

test("the only record's proof is empty", async () => {
  const clone = fakeClone(new LedgerBuilder().commits);
  expect(read((await proveRecord(clone, 0)) ?? Buffer.of()).claim.proof).toEqual([]);
});

test.each([5, 6, Number.MAX_SAFE_INTEGER])(
  "there is no proof for index %i of five records",
  async (index) => {
    expect(await proveRecord(fakeClone(sampleLedger().commits), index)).toBeNull();
  },
);

test("no proof is given that does not hold: the records are not those of the checkpoint", async () => {
  const { commits } = sampleLedger();
  const other = new LedgerBuilder().verdicts({ id: "x" }, { id: "y" }, { id: "z" }, { id: "w" });
  const checkpoint = other.commits.at(-1)?.files["checkpoint"] ?? "";
  const clone = fakeClone([...commits, { message: "", files: { checkpoint } }]);
  for (const index of [0, 1, 4]) {
    await expect(proveRecord(clone, index)).rejects.toMatchObject({
      code: "TREE_MISMATCH",
      message: "the records do not lead to the root that the checkpoint names",
    });
  }
});

test("no proof is given where records are missing before, at or after the index", async () => {
  const { commits } = sampleLedger();
  const gone = { message: "", files: { "records/004-1.jsonl": null } };
  const clone = fakeClone([...commits, gone]);
  for (const index of [0, 3, 4]) {
    await expect(proveRecord(clone, index)).rejects.toMatchObject({ code: "TREE_MISMATCH" });
  }
});

test("a branch without a checkpoint is refused", async () => {
  const { commits } = sampleLedger();
  const clone = fakeClone([...commits, { message: "", files: { checkpoint: null } }]);
  await expect(proveRecord(clone, 0)).rejects.toMatchObject({ code: "CHECKPOINT_INVALID" });
});

test("a record that has not its form is named by its batch", async () => {
  const { commits } = sampleLedger();
  const bent = { message: "", files: { "records/001-1.jsonl": "{}\n" } };
  await expect(proveRecord(fakeClone([...commits, bent]), 0)).rejects.toMatchObject({
    code: "NOT_CANONICAL",
    message: expect.stringMatching(/^records\/001-1\.jsonl: /) as string,
  });
});

test("no proof is given under a checkpoint that nobody signed who may", async () => {
  const { commits, pin } = sampleLedger();
  const { origin, size, root } = pin;
  const forged = { checkpoint: signCheckpoint({ origin, size, root }, THIEF) };
  const clone = fakeClone([...commits, { message: "", files: forged }]);
  await expect(proveRecord(clone, 1)).rejects.toMatchObject({ code: "CHECKPOINT_INVALID" });
});
