import { expect, test } from "vitest";
import type { LedgerClone } from "../../../ledger/branch.ts";
import { readHistory } from "../../../ledger/verify/history.ts";
import { fakeClone } from "../fake-clone.ts";
import { sampleLedger } from "../ledger-builder.ts";

/** Anyone who may push can make a branch of more messages and heads than memory holds. */
test("of a commit's message a digest is kept, of a head no more than a signed one has", async () => {
  const long = "m".repeat(60_000);
  const ledger = sampleLedger().commit({ checkpoint: long }, long);
  const history = await readHistory(fakeClone(ledger.commits));
  expect(JSON.stringify(history).length).toBeLessThan(20_000);
  expect(history.checkpoints.map(({ bytes }) => bytes === null)).toEqual([
    ...[false, false, false, false],
    true,
  ]);
});

test("of the heads that merges hide no more is kept either", async () => {
  const clone: LedgerClone = {
    ...fakeClone(sampleLedger().commits),
    mergedCheckpoints: async function* () {
      yield await Promise.resolve({ commit: "1", checkpoint: Buffer.alloc(2_000) });
    },
  };
  expect((await readHistory(clone)).merged).toEqual([{ commit: "1", bytes: null }]);
});
