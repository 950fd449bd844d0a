import { type Act, type DeclaredTest, lineage, type Suite } from "./declared.ts";

export interface Ran {
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly failure: string;
  readonly timeSpentMs: number;
}

export interface RunTestsOptions {
  /** Whether the first failure ends the run. */
  readonly bail: boolean;
  /** Called with a test's id before its hooks, with undefined after them. */
  readonly onTest: (id: string | undefined) => void;
}

/** A test that waits longer waits for nothing. */
const LONGEST_MS = 60_000;

let finishers: Act[] = [];

/** Keeps what the running test wants done at its end. */
export function finishLater(act: Act): void {
  finishers.push(act);
}

/** Runs tests in the order given, each within the hooks of its suites. */
export async function runTests(
  tests: readonly DeclaredTest[],
  { bail, onTest }: RunTestsOptions,
): Promise<readonly Ran[]> {
  const ran: Ran[] = [];
  let open: readonly Suite[] = [];
  for (const test of tests) {
    if (test.isSkipped) {
      ran.push({ id: test.id, status: "skipped", failure: "", timeSpentMs: 0 });
      continue;
    }
    const begun = performance.now();
    const failure = await failureOf(async () => {
      open = await moveTo(lineage(test.suite), open);
      onTest(test.id);
      await runOne(test);
    });
    onTest(undefined);
    const timeSpentMs = performance.now() - begun;
    ran.push({
      id: test.id,
      status: failure === null ? "passed" : "failed",
      failure: failure ?? "",
      timeSpentMs,
    });
    if (failure !== null && bail) break;
  }
  await failureOf(() => moveTo([], open));
  return ran;
}

/** Leaves the suites that end, innermost first, and enters those that begin. */
async function moveTo(next: readonly Suite[], open: readonly Suite[]): Promise<readonly Suite[]> {
  const left = open.filter((suite) => !next.includes(suite));
  for (const suite of left.toReversed()) await runAll(suite.afterAll.toReversed());
  const entered = next.filter((suite) => !open.includes(suite));
  for (const suite of entered) await runAll(suite.beforeAll);
  return next;
}

async function runOne({ suite, act }: DeclaredTest): Promise<void> {
  const suites = lineage(suite);
  finishers = [];
  try {
    await runAll(suites.flatMap(({ beforeEach }) => beforeEach));
    await act();
  } finally {
    await runAll(suites.toReversed().flatMap(({ afterEach }) => afterEach));
    await runAll(finishers.toReversed());
  }
}

async function runAll(acts: readonly Act[]): Promise<void> {
  for (const act of acts) await act();
}

/** What went wrong, also in what nobody waits for; null where nothing did. */
async function failureOf(act: () => Promise<unknown>): Promise<string | null> {
  const { promise: stray, reject } = Promise.withResolvers<never>();
  const late = setTimeout(() => {
    reject(new Error("the test does not end"));
  }, LONGEST_MS);
  process.on("uncaughtException", reject).on("unhandledRejection", reject);
  try {
    await Promise.race([act(), stray]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(late);
    process.off("uncaughtException", reject).off("unhandledRejection", reject);
  }
}
