import { expect, test } from "vitest";
import type { LedgerClone } from "../../../ledger/branch.ts";
import {
  NO_HISTORY,
  readHistory,
  sinceTouched,
  textDigest,
} from "../../../ledger/verify/history.ts";
import { commitId, fakeClone } from "../fake-clone.ts";
import { sampleLedger } from "../ledger-builder.ts";
import { digestOf } from "../verdict-fixture.ts";

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
  const largest = new Uint8Array(1_024);
  const clone: LedgerClone = {
    ...fakeClone(sampleLedger().commits),
    mergedCheckpoints: async function* () {
      yield await Promise.resolve({ commit: "1", checkpoint: largest });
      yield { commit: "2", checkpoint: new Uint8Array(1_025) };
    },
  };
  expect((await readHistory(clone)).merged).toEqual([
    { commit: "1", bytes: largest },
    { commit: "2", bytes: null },
  ]);
});

test("a head is told of the commits that change it, and of no other", async () => {
  const { commits } = sampleLedger().commit({ "notes.txt": "hello" });
  const { checkpoints, placements } = await readHistory(fakeClone(commits));
  expect(checkpoints.map(({ commit }) => commit)).toEqual([0, 1, 2, 3].map(commitId));
  expect(placements).toHaveLength(5);
});

test("a branch whose commits nobody asks for tells as much as one without commits", async () => {
  expect(NO_HISTORY).toEqual(await readHistory(fakeClone([])));
});

test("a path that no commit touched has been so since nobody knows when", async () => {
  const history = await readHistory(fakeClone(sampleLedger().commits));
  expect(sinceTouched(history, "frontier")).toBe(`commit ${commitId(3).slice(0, 7)}`);
  expect(sinceTouched(history, "notes.txt")).toBeNull();
});

test("texts and bytes are told by their sha256 in hex", () => {
  expect(textDigest("hello")).toBe(digestOf("hello"));
  expect(textDigest(Buffer.from("hello"))).toBe(digestOf("hello"));
});
