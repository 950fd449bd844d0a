import { mock } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { openJudgesHere, type BatchBytes, type Judges } from "../../../ledger/verify/judges.ts";
import { openJudgingThreads, type ThreadOptions } from "../../../ledger/verify/judging-threads.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone, type PlannedCommit } from "../fake-clone.ts";
import { LedgerBuilder, sampleLedger } from "../ledger-builder.ts";
import type { VerdictFixture } from "../verdict-fixture.ts";
import { contentOf, PAIR } from "./attacks/attack.ts";

const LONGER_THAN_A_TEST_MS = 600_000;
/** By then a thread's next answer has come. */
const LATE_MS = 100;
const NO_LEDGER = { origin: "", repositories: [], keys: [] };
const UNJUDGED = "a thread gave no judgement of each batch";

/** A thread has more stack than the one that started it, and so can write what that one cannot read. */
const DEEPER_THAN_OTHERS_READ = `
  const nested = (depth) => Array.from({ length: depth }).reduce((inner) => [inner], []);
  for (let depth = 20_000; ; depth -= 1_000) {
    try {
      parentPort.postMessage(nested(depth));
      break;
    } catch {}
  }
`;

/** A thread that answers with its own number for each batch. */
const SAYING_WHO = thread(`
  import { threadId } from "node:worker_threads";
  parentPort.on("message", ({ ends }) => { parentPort.postMessage(ends.map(() => threadId)); });
`);
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
  {
    when: "cannot be found",
    script: "file:///nonexistent/judging-thread.js",
    why: "a thread broke off",
    cause: "Cannot find module",
  },
  {
    when: "breaks off before it listens",
    script: thread(`throw new Error("no memory")`),
    why: "a thread broke off",
    cause: "no memory",
  },
  {
    when: "breaks off over the records",
    script: answering(`throw new Error("no memory")`),
    why: "a thread broke off",
    cause: "no memory",
  },
  {
    when: "says what no other thread can read",
    script: answering(DEEPER_THAN_OTHERS_READ),
    why: "a thread's answer cannot be read",
    cause: "call stack",
  },
  {
    when: "ends without an answer",
    script: answering("process.exit(0)"),
    why: "a thread ended",
  },
  {
    when: "says nothing in time",
    script: answering(""),
    silenceMs: 200,
    why: "a thread gave no answer within 200 ms",
  },
  { when: "says something else", script: answering("parentPort.postMessage(null)"), why: UNJUDGED },
  {
    when: "judges fewer batches than it was given",
    script: answering("answer(ends.slice(1))"),
    why: UNJUDGED,
  },
  {
    when: "judges more batches than it was given",
    script: answering("answer([...ends, 0])"),
    why: UNJUDGED,
  },
])("where a thread $when, nothing was verified", async (row) => {
  const { script, silenceMs = LONGER_THAN_A_TEST_MS, why, cause } = row;
  const options = { count: 1, script: new URL(script), silenceMs };
  const verified = verifyLedger(fakeClone(sampleLedger().commits), {
    openJudges: (terms) => openJudgingThreads(terms, options),
  });
  await expect(verified).rejects.toMatchObject({
    code: "JUDGING_FAILED",
    message: `the records were not all judged: ${why}`,
    ...(cause !== undefined && { cause: { message: expect.stringContaining(cause) as string } }),
  });
});

test("where there is no thread, nothing was verified", async () => {
  const verified = verifyLedger(fakeClone(sampleLedger().commits), {
    openJudges: (terms) => openJudgingThreads(terms, { count: 0 }),
  });
  await expect(verified).rejects.toMatchObject({ code: "JUDGING_FAILED" });
});

test("each thread is asked as much as the others, three times before it has answered", async () => {
  await using judges = threads(SAYING_WHO, { count: 2 });
  expect(judges.atOnce).toBe(6);
  const [first, ...later] = await Promise.all(Array.from({ length: 6 }, () => judges.judge(one())));
  const same = later.filter(([who]) => who === first?.[0]);
  expect(same).toHaveLength(2);
});

test("what a thread is asked about is given to it, not copied", async () => {
  await using judges = threads(answering("answer(ends)"));
  const asked = one();
  await judges.judge(asked);
  expect(asked.bytes).toHaveLength(0);
});

test("a thread may be asked nothing for longer than it may take for an answer", async () => {
  holdTime();
  await using judges = threads(SAYING_WHO, { silenceMs: 100 });
  const said = await judges.judge(one());
  mock.timers.tick(1_000);
  expect(await judges.judge(one())).toEqual(said);
});

test("a thread that is asked more has no more time for its first answer", async () => {
  holdTime();
  await using judges = threads(answering(""), { silenceMs: 100 });
  const first = judges.judge(one());
  mock.timers.tick(99);
  const second = judges.judge(one());
  mock.timers.tick(1);
  const notYet = Promise.resolve([]);
  for (const asked of [first, second]) {
    await expect(Promise.race([asked, notYet])).rejects.toMatchObject({ code: "JUDGING_FAILED" });
  }
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

test("what a thread says after it was refused is not listened to", async () => {
  await using judges = threads(answering("answer([...ends, 0])"));
  const asked = [judges.judge(one()), judges.judge(one())];
  for (const each of asked) {
    await expect(each).rejects.toMatchObject({ code: "JUDGING_FAILED" });
  }
  await setTimeout(LATE_MS);
});

test("judges that were given up answer no more", async () => {
  const judges = openJudgingThreads(NO_LEDGER, { count: 1 });
  await judges[Symbol.asyncDispose]();
  await expect(judges.judge(one())).rejects.toMatchObject({ code: "JUDGING_FAILED" });
});

/** Threads of this code for no ledger; by default one that may be silent for long. */
function threads(script: string, options: ThreadOptions = {}): Judges {
  const defaults = { count: 1, silenceMs: LONGER_THAN_A_TEST_MS };
  return openJudgingThreads(NO_LEDGER, { ...defaults, ...options, script: new URL(script) });
}

/** For the running test time passes only by `mock.timers.tick`. */
function holdTime(): void {
  mock.timers.enable({ apis: ["setTimeout"] });
  onTestFinished(() => {
    mock.timers.reset();
  });
}

/** One batch of one byte. */
function one(): BatchBytes {
  return { bytes: new Uint8Array(1), ends: [1] };
}

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
