import { expect, test } from "vitest";
import type { Placement } from "../../../ledger/verify/history.ts";
import { MessageWatch } from "../../../ledger/verify/message-watch.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { digestOf } from "../verdict-fixture.ts";

const batch = { path: "records/001-1.jsonl", first: 1, count: 1 };

/** What is told of one commit, whose batch gives the message "DENY". */
function told(change: Partial<Placement>): readonly string[] {
  const placement: Placement = {
    commit: "1f2e3d4c5b6a",
    messageDigest: digestOf("DENY"),
    frontierDigest: null,
    batch: batch.path,
    isCut: false,
    isMerge: false,
    ...change,
  };
  const problems = new Problems();
  const watch = new MessageWatch([placement], problems);
  const message = digestOf("DENY");
  watch.add({ batch, judged: { fault: null, lines: [], leaves: new Uint8Array(0), message } });
  return problems.list().map(({ code, place, message }) => `${code} ${place}: ${message}`);
}

test("a commit with the message that its batch gives is passed over", () => {
  expect(told({})).toEqual([]);
});

test.each<{ change: Partial<Placement>; what: string }>([
  { change: { isCut: true }, what: "it changes more files than an append may write" },
  { change: { batch: null }, what: "it does not place one batch, and only that" },
  { change: { isMerge: true }, what: "it joins another history to the ledger's" },
  {
    change: { messageDigest: digestOf("ALLOW") },
    what: "its message is not the one that its records give",
  },
  { change: { messageDigest: null }, what: "its message is not the one that its records give" },
])("a commit is told where $what", ({ change, what }) => {
  expect(told(change)).toEqual([
    expect.stringMatching(`^MESSAGE_MISMATCH commit 1f2e3d4: ${what}\\. `),
  ]);
});
