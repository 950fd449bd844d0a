import { expect, test } from "vitest";
import type { ProblemCode } from "../../../ledger/verify/verification.ts";
import { verifyLedger, type VerifyOptions } from "../../../ledger/verify/verify.ts";
import type { FixtureFile } from "../../git/fixture-repository.ts";
import { commitId, fakeClone, type PlannedCommit } from "../fake-clone.ts";
import { keysOf, LEDGER_KEY, LedgerBuilder, sampleLedger, verdictLine } from "../ledger-builder.ts";
import { REPOSITORY_ID } from "../verdict-fixture.ts";
import {
  amended,
  BATCH,
  batchOf,
  contentOf,
  linesOf,
  THIEF,
  withDecision,
} from "./attacks/attack.ts";

async function told(commits: readonly PlannedCommit[]): Promise<readonly string[]> {
  const { problems } = await verifyLedger(fakeClone(commits));
  return problems.map(({ code, place }) => `${code} ${place}`);
}

test("a branch that is no ledger is told by its commit, and has neither size nor root", async () => {
  const verification = await verifyLedger(fakeClone([{ message: "", files: { a: "b" } }]));
  expect(verification).toMatchObject({ ok: false, size: 0, root: "", pin: "" });
  expect(verification.problems).toMatchObject([
    { code: "NOT_A_LEDGER", place: `commit ${commitId(0).slice(0, 7)}` },
  ]);
});

/** An entry that no reader of a ledger follows. */
const link: FixtureFile = { mode: "120000", content: "elsewhere" };

test.each<{ path: string; code: ProblemCode }>([
  { path: "checkpoint", code: "TRUST_INVALID" },
  { path: "trust/1.root.json", code: "TRUST_INVALID" },
  { path: "README.md", code: "NOT_A_LEDGER" },
  { path: "frontier", code: "NOT_A_LEDGER" },
])("a branch of nothing but a link $path: $code", async ({ path, code }) => {
  const { problems } = await verifyLedger(fakeClone([{ message: "", files: { [path]: link } }]));
  expect(problems).toMatchObject([{ code }]);
});

/** The sample ledger with a record that names this head as seen before it. */
function seeing(observed: { readonly size: number; readonly root: string }): LedgerBuilder {
  return sampleLedger().verdicts({ id: "5", more: { observed } });
}

test("where a record was edited, those that were made after it are not told as forks", async () => {
  const { size, root } = new LedgerBuilder().verdicts({ id: "1" }).pin;
  const { commits } = seeing({ size, root });
  const [line = ""] = linesOf(commits, BATCH);
  const forged = withDecision(Buffer.from(line), '"DENY"', '"ALLOW"');
  expect(await told(amended(commits, 1, { [BATCH]: batchOf([forged]) }))).toEqual([
    `RECORD_EDITED ${BATCH}:1`,
  ]);
});

/** A line more at the end of the head that the second commit left behind. */
function withAlteredHead(commits: readonly PlannedCommit[]): readonly PlannedCommit[] {
  const head = contentOf(commits.slice(0, 2), "checkpoint");
  return amended(commits, 1, { checkpoint: Buffer.concat([head, Buffer.from("\n")]) });
}

test("an earlier head that was altered is told where the records are whole, and not where they fork", async () => {
  const { size, root } = sampleLedger().pin;
  expect(await told(withAlteredHead(seeing({ size, root }).commits))).toEqual([
    `CHECKPOINT_INVALID commit ${commitId(1).slice(0, 7)}`,
  ]);
  expect(await told(withAlteredHead(seeing({ size: 2, root }).commits))).toEqual([
    "FORKED records/005-1.jsonl:1",
  ]);
});

test("where no head holds, no earlier one is told, and the ledger is as long as its records", async () => {
  const ledger = sampleLedger().place([verdictLine({ id: "5" })], { checkpointKey: THIEF });
  const { size, root, problems } = await verifyLedger(fakeClone(withAlteredHead(ledger.commits)));
  expect({ size, root }).toEqual({ size: 6, root: ledger.pin.root });
  expect(problems).toMatchObject([{ code: "CHECKPOINT_INVALID", place: "checkpoint" }]);
});

test("where a head holds, the ledger is as long as it says", async () => {
  const ledger = sampleLedger();
  const { size, root } = await verifyLedger(
    fakeClone(amended(ledger.commits, 3, { "records/004-1.jsonl": null })),
  );
  expect({ size, root }).toEqual({ size: 5, root: ledger.pin.root });
});

async function notCovered(ledger: LedgerBuilder, options: VerifyOptions = {}): Promise<string> {
  return (await verifyLedger(fakeClone(ledger.commits), options)).notCovered.join(" ");
}

test("with a second key for heads, no one holder is said to be able to rewrite everything", async () => {
  const own = { keys: [LEDGER_KEY.public.id], threshold: 1 };
  const heads = { keys: [LEDGER_KEY.public.id, THIEF.public.id], threshold: 1 };
  const roles = { root: own, records: own, checkpoint: heads };
  const two = new LedgerBuilder({ keys: keysOf(LEDGER_KEY, THIEF), roles });
  expect(await notCovered(two)).not.toContain("checkpoint key");
  expect(await notCovered(new LedgerBuilder())).toContain("With one checkpoint key");
});

test("which repository a ledger is for is its own word where nobody said it", async () => {
  const sentence = "Which repository the ledger is for";
  expect(await notCovered(sampleLedger())).toContain(sentence);
  expect(await notCovered(sampleLedger(), { repositoryId: REPOSITORY_ID })).not.toContain(sentence);
});
