import type { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { openJudgesHere } from "../../../ledger/verify/judges.ts";
import { openJudgingThreads } from "../../../ledger/verify/judging-threads.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone, type PlannedCommit } from "../fake-clone.ts";
import { LedgerBuilder, sampleLedger } from "../ledger-builder.ts";
import type { VerdictFixture } from "../verdict-fixture.ts";
import { contentOf, PAIR } from "./attacks/attack.ts";

const LONGER_THAN_A_TEST_MS = 600_000;
const RECORDS = 500;
const LAST_BATCH = `records/${RECORDS}-${RECORDS}.jsonl`;

/** Just as long as threads are worth. */
const long = new LedgerBuilder()
  .verdicts(...fixtures("a", RECORDS - 1))
  .verdicts(...fixtures("b", RECORDS));

function fixtures(batch: string, length: number): readonly VerdictFixture[] {
  return Array.from({ length }, (_, at) => ({ id: `${batch}-${at}` }));
}

test("a ledger long enough for threads is judged by them, and gives the root that one thread gives", async () => {
  const clone = fakeClone(long.commits);
  const started: Worker[] = [];
  const note = (worker: Worker) => void started.push(worker);
  process.on("worker", note);
  const verification = await verifyLedger(clone);
  process.off("worker", note);
  expect(started.length).toBeGreaterThan(0);
  expect(verification).toMatchObject({ ok: true, size: 2 * RECORDS, root: long.pin.root });
  expect(verification).toEqual(await verifyLedger(clone, { openJudges: openJudgesHere }));
});

test("one edited record among those that threads judge is told by its place", async () => {
  const lines = Buffer.from(contentOf(long.commits, LAST_BATCH)).toString().split("\n");
  lines[499] = lines[499]?.replace(/"sig":"./, (start) => `${start.slice(0, -1)}-`) ?? "";
  const edited: PlannedCommit = { message: "tidy up", files: { [LAST_BATCH]: lines.join("\n") } };
  const clone = fakeClone([...long.commits, edited]);
  const { ok, problems } = await verifyLedger(clone);
  expect(ok).toBe(false);
  expect(problems).toContainEqual(
    expect.objectContaining({ code: "RECORD_EDITED", place: `${LAST_BATCH}:500` }),
  );
});

test.each([
  { when: "cannot be found", script: "file:///nonexistent/judging-thread.js" },
  { when: "breaks off before it listens", script: thread(`throw new Error("no memory")`) },
  { when: "breaks off over the records", script: answering(`throw new Error("no memory")`) },
  { when: "ends without an answer", script: answering("process.exit(0)") },
  { when: "says nothing in time", script: answering(""), silenceMs: 200 },
  { when: "says something else", script: answering("parentPort.postMessage(null)") },
  { when: "judges fewer batches than it was given", script: answering("answer(ends.slice(1))") },
  { when: "judges more batches than it was given", script: answering("answer([...ends, 0])") },
])("where a thread $when, nothing was verified", async (row) => {
  const { script, silenceMs = LONGER_THAN_A_TEST_MS } = row;
  const options = { count: 1, script: new URL(script), silenceMs };
  const verified = verifyLedger(fakeClone(sampleLedger().commits), {
    openJudges: (terms) => openJudgingThreads(terms, options),
  });
  await expect(verified).rejects.toMatchObject({ code: "JUDGING_FAILED" });
});

test("batches that a thread leaves without lines are missed", async () => {
  const { ok, problems } = await verifyLedger(fakeClone(sampleLedger().commits), {
    openJudges: (terms) =>
      openJudgingThreads(terms, { count: 1, script: new URL(answering("answer(ends)")) }),
  });
  expect(ok).toBe(false);
  const missed = problems.filter(({ code }) => code === "TREE_MISMATCH");
  expect(missed.map(({ place }) => place)).toContain(PAIR);
});

test("judges that were given up answer no more", async () => {
  const judges = openJudgingThreads({ origin: "", repositories: [], keys: [] }, { count: 1 });
  await judges[Symbol.asyncDispose]();
  const asked = judges.judge({ bytes: new Uint8Array(1), ends: [1] });
  await expect(asked).rejects.toMatchObject({ code: "JUDGING_FAILED" });
});

/** A thread of this code, which knows what it was given as `bytes` and `ends`. */
function answering(code: string): string {
  return thread(`
    const nothing = { fault: null, lines: [], leaves: new Uint8Array(0), message: null };
    const answer = (ends) => parentPort.postMessage(ends.map(() => nothing));
    parentPort.on("message", ({ bytes, ends }) => { ${code} });
  `);
}

function thread(code: string): string {
  const module = `import { parentPort } from "node:worker_threads"; ${code}`;
  return `data:text/javascript,${encodeURIComponent(module)}`;
}
