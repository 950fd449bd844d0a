import { beforeEach, expect, test } from "vitest";
import { readHead, type Head } from "../../../ledger/append/head.ts";
import type { PendingBatch } from "../../../ledger/append/journal.ts";
import { standsElsewhere } from "../../../ledger/append/stale-journal.ts";
import { generateSigningKey } from "../../../ledger/format/keys.ts";
import type { Pin } from "../../../ledger/format/pin.ts";
import type { FakeBranch } from "../fake-branch.ts";
import { REPOSITORY_ID } from "../verdict-fixture.ts";
import { lineOf, newLedger, placeByHand, verdictDraft } from "../writer-fixture.ts";

const key = generateSigningKey().key;
let ledger: { branch: FakeBranch; pin: Pin };
beforeEach(async () => {
  ledger = await newLedger();
});

function line(number: number, origin = ledger.pin.origin): Uint8Array {
  return lineOf(verdictDraft({ number }), origin, key);
}

function headNow(): Promise<Head> {
  const expected = { root: ledger.pin.trustRoot, repositoryId: REPOSITORY_ID };
  return readHead(ledger.branch, expected);
}

/** A batch that was journaled on top of a tree of `size` records. */
function journaled(size: number, ...lines: readonly Uint8Array[]): PendingBatch {
  const [base, result] = [size, size + lines.length].map((each) => ({ size: each, root: "" }));
  const head = { size, root: "" };
  return { base: base ?? head, result: result ?? head, lines, documents: new Map() };
}

test.each([
  { when: "placed after others", placed: [[7], [1, 2]], stands: true },
  { when: "placed in part", placed: [[7, 1]], stands: true },
  { when: "not placed", placed: [[7], [8]], stands: false },
])("a journaled batch that was $when stands elsewhere: $stands", async ({ placed, stands }) => {
  for (const numbers of placed) {
    placeByHand(
      ledger.branch,
      numbers.map((number) => line(number)),
    );
  }
  expect(await standsElsewhere(await headNow(), journaled(1, line(1), line(2)))).toBe(stands);
});

test("what was placed before the tree that it was to go on top of is not looked at", async () => {
  for (const number of [1, 7]) placeByHand(ledger.branch, [line(number)]);
  expect(await standsElsewhere(await headNow(), journaled(2, line(1)))).toBe(false);
});

test("a journaled batch that somebody put into one with the batch before it stands elsewhere", async () => {
  placeByHand(ledger.branch, [line(7), line(1)]);
  expect(await standsElsewhere(await headNow(), journaled(2, line(1)))).toBe(true);
});

test("a batch for a tree that the branch does not have is a conflict", async () => {
  expect(await standsElsewhere(await headNow(), journaled(1, line(1)))).toBe(false);
  await expect(standsElsewhere(await headNow(), journaled(2, line(1)))).rejects.toMatchObject({
    code: "JOURNAL_CONFLICT",
  });
});

test("a batch of which one record is another ledger's is a conflict", async () => {
  const other = line(2, `${ledger.pin.origin}0`);
  await expect(
    standsElsewhere(await headNow(), journaled(1, line(1), other)),
  ).rejects.toMatchObject({ code: "JOURNAL_CONFLICT" });
});
