import { expect, test } from "vitest";
import type { JsonObject } from "../../../ledger/format/canonical.ts";
import { recordLeaf } from "../../../ledger/format/leaf.ts";
import { formatPin } from "../../../ledger/format/pin.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone } from "../fake-clone.ts";
import { executionPredicateOf, PHASES } from "../execution-fixture.ts";
import { common, LedgerBuilder, recordLine, sampleLedger, verdictLine } from "../ledger-builder.ts";
import { digestOf, REPOSITORY_ID, verdictPredicateOf } from "../verdict-fixture.ts";

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

test("commands that were blocked, and one that ran although it would have been denied, verify", async () => {
  const denied = verdictLine({ id: "5", run: "run-1" });
  const blocked = executionLine(leafHex("verdict", denied), PHASES.blocked);
  const simulated = verdictLine({ id: "6", run: "run-1", simulation: true });
  const started = executionLine(leafHex("verdict", simulated), {
    ...PHASES.started,
    simulation: true,
  });
  const allowed = verdictLine({ id: "7", decision: "ALLOW", run: "run-1" });
  const changed = executionLine(leafHex("verdict", allowed), {
    ...PHASES.blocked,
    cause: "work-tree",
  });
  const ledger = sampleLedger()
    .place([denied, blocked])
    .place([simulated, started])
    .place([allowed, changed]);
  expect((await verifyLedger(fakeClone(ledger.commits))).problems).toEqual([]);
});

test("a verdict that supersedes the one before it verifies", async () => {
  const before = verdictLine({ id: "5" });
  const after = verdictLine({ id: "6", supersedes: leafHex("verdict", before) });
  const ledger = sampleLedger().place([before, after]);
  expect((await verifyLedger(fakeClone(ledger.commits))).problems).toEqual([]);
});

test("the executions of a run verify", async () => {
  const judged = verdictLine({ id: "5", decision: "ALLOW", run: "run-1" });
  const started = executionLine(leafHex("verdict", judged), PHASES.started);
  const ended = executionLine(leafHex("verdict", judged), {
    ...PHASES.ended,
    startedLeaf: leafHex("execution", started),
  });
  const ledger = sampleLedger().place([judged, started]).place([ended]);
  expect((await verifyLedger(fakeClone(ledger.commits))).problems).toEqual([]);
});

function executionLine(verdictLeaf: string, more: JsonObject): Uint8Array {
  return recordLine("execution", executionPredicateOf(verdictLeaf, more));
}

function leafHex(kind: string, line: Uint8Array): string {
  return Buffer.from(recordLeaf(kind, line)).toString("hex");
}

test("a ledger that two policy documents judged verifies", async () => {
  const document = "version: 2\n";
  const files = { [`policies/${digestOf(document)}`]: document };
  const ledger = sampleLedger().place([verdictLine({ id: "5", document })], { files });
  expect((await verifyLedger(fakeClone(ledger.commits))).problems).toEqual([]);
});

test("genesis alone verifies", async () => {
  const { ok, size } = await verifyLedger(fakeClone(new LedgerBuilder().commits));
  expect({ ok, size }).toEqual({ ok: true, size: 1 });
});

test("whatever its README says, a ledger verifies", async () => {
  const ledger = sampleLedger();
  const [genesis, ...others] = ledger.commits;
  const files = { ...genesis?.files, "README.md": "Ask the platform team.\n" };
  const commits = [{ message: genesis?.message ?? "", files }, ...others];
  const { problems } = await verifyLedger(fakeClone(commits), { pin: ledger.pin });
  expect(problems).toEqual([]);
});

test("a verdict whose long parts stand as digests verifies", async () => {
  const digest = { digest: "0".repeat(64), count: 9 };
  const { verdict } = verdictPredicateOf({}) as { verdict: JsonObject };
  const more = { verdict: { ...verdict, reasons: digest }, checks: digest };
  const { commits } = sampleLedger().verdicts({ id: "5", more });
  expect((await verifyLedger(fakeClone(commits))).problems).toEqual([]);
});

test("a verdict that shows a part of its reasons verifies", async () => {
  const { verdict } = verdictPredicateOf({}) as { verdict: JsonObject };
  const policyIds = ["new-permissions", "untrusted-code"];
  const digest = { digest: "0".repeat(64), count: 9 };
  const more = { verdict: { ...verdict, policyIds, reasonsOmitted: 3 }, checks: digest };
  const { commits } = sampleLedger().verdicts({ id: "5", more });
  expect((await verifyLedger(fakeClone(commits))).problems).toEqual([]);
});

test("records of two commits that are told as one commit's verify: no key signs how they are put together", async () => {
  const apart = new LedgerBuilder().verdicts({ id: "1" }).verdicts({ id: "2" });
  const joined = new LedgerBuilder().verdicts({ id: "1" }, { id: "2" });
  const { ok, notCovered } = await verifyLedger(fakeClone(joined.commits), { pin: apart.pin });
  expect(ok).toBe(true);
  expect(notCovered.join(" ")).toContain("join two commits to one");
});

test("a record that was made after an earlier head verifies, also where that one's commit was joined to another", async () => {
  const observed = new LedgerBuilder().verdicts({ id: "1" }).pin;
  const { size, root } = observed;
  const late = { id: "3", more: { observed: { size, root } } };
  const apart = new LedgerBuilder().verdicts({ id: "1" }).verdicts({ id: "2" }).verdicts(late);
  const joined = new LedgerBuilder().verdicts({ id: "1" }, { id: "2" }).verdicts(late);
  for (const { commits } of [apart, joined]) {
    const { problems } = await verifyLedger(fakeClone(commits), { pin: observed });
    expect(problems).toEqual([]);
  }
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
