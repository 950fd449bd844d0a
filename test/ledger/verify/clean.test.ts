import { expect, test } from "vitest";
import { formatPin } from "../../../ledger/format/pin.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone } from "../fake-clone.ts";
import { common, LedgerBuilder, recordLine, sampleLedger } from "../ledger-builder.ts";
import { REPOSITORY_ID } from "../verdict-fixture.ts";

test("a ledger that nobody touched verifies, and gives the pin to publish next", async () => {
  const ledger = sampleLedger();
  const { pin } = ledger;
  const options = { pin, repositoryId: REPOSITORY_ID };
  expect(await verifyLedger(fakeClone(ledger.commits), options)).toMatchObject({
    ok: true,
    size: 5,
    root: pin.root,
    pin: formatPin(pin),
    problems: [],
  });
});

test("a pin of an earlier size holds", async () => {
  const ledger = new LedgerBuilder().verdicts({ id: "1" });
  const { pin } = ledger;
  ledger.verdicts({ id: "2" }, { id: "3" });
  const { problems } = await verifyLedger(fakeClone(ledger.commits), { pin });
  expect(problems).toEqual([]);
});

test("a kind that this version does not know verifies", async () => {
  const ledger = new LedgerBuilder().place([recordLine("omission", common({ whatever: 1 }))]);
  const { problems } = await verifyLedger(fakeClone(ledger.commits));
  expect(problems).toEqual([]);
});

test("genesis alone verifies", async () => {
  const { ok, size } = await verifyLedger(fakeClone(new LedgerBuilder().commits));
  expect({ ok, size }).toEqual({ ok: true, size: 1 });
});

test("what is not covered is said", async () => {
  const { commits, pin } = sampleLedger();
  const { notCovered } = await verifyLedger(fakeClone(commits));
  expect(notCovered.join(" ")).toContain(
    "no pin and no witness, its holder can rewrite everything",
  );
  expect(notCovered.join(" ")).toContain("evaluator's word");
  const pinned = await verifyLedger(fakeClone(commits), { pin, repositoryId: REPOSITORY_ID });
  expect(pinned.notCovered.join(" ")).toContain("after the pinned 5 records");
  expect(pinned.notCovered.length).toBeLessThan(notCovered.length);
});
