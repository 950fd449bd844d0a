import { expect, test } from "vitest";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone, streamOf, watchedClone } from "../fake-clone.ts";
import { LedgerBuilder, sampleLedger, verdictLine } from "../ledger-builder.ts";
import { amended, BATCH, contentOf, THIEF } from "./attacks/attack.ts";

test("a batch that does not come apart is told as that", async () => {
  const { commits } = sampleLedger();
  const whole = contentOf(commits, BATCH);
  const { problems } = await verifyLedger(
    fakeClone(amended(commits, 1, { [BATCH]: whole.slice(0, -1) })),
  );
  const told = problems.find(({ place }) => place === BATCH);
  expect(told?.message).toMatch(/^it cannot be taken apart: \S/);
});

test("where history does not say which commit placed a record, its index is told alone", async () => {
  const clone = fakeClone(sampleLedger().place([verdictLine({}, THIEF)]).commits);
  const { problems } = await verifyLedger({ ...clone, history: () => streamOf([]) });
  expect(problems).toMatchObject([{ code: "KEY_UNKNOWN", since: "index 5" }]);
});

test("heads that ended batches have no batch read again", async () => {
  const ledger = new LedgerBuilder().verdicts({ id: "1" });
  const { size, root } = ledger.pin;
  ledger.verdicts({ id: "2", more: { observed: { size, root } } });
  const { clone, read } = watchedClone(fakeClone(ledger.commits));
  expect((await verifyLedger(clone)).problems).toEqual([]);
  expect(read.filter((path) => path === BATCH)).toHaveLength(1);
});
