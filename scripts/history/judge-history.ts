import { Worker } from "node:worker_threads";
import { type HistoricCommit, listRecentCommits } from "../../git/recent-commits.ts";
import { openRepository } from "../../git/repository.ts";
import type { Outcome } from "./outcome.ts";

/** One commit may take this long; starting a thread may too. */
const TIME_OUT_MS = 10_000;

/** Judges a repository's last commits. A commit that crashes or hangs is told, and the next one judged. */
export async function judgeHistory(
  directory: string,
  count: number,
  progress: (done: number, all: number) => void,
): Promise<Outcome[]> {
  const commits = await recentCommits(directory, count);
  const outcomes: Outcome[] = [];
  while (outcomes.length < commits.length) {
    const left = commits.slice(outcomes.length);
    const broke = await judgeInThread(directory, left, (outcome) => {
      outcomes.push(outcome);
      progress(outcomes.length, commits.length);
    });
    const next = commits[outcomes.length];
    if (broke && next) outcomes.push({ ...broke, commit: next.commit });
  }
  return outcomes;
}

async function recentCommits(directory: string, count: number): Promise<HistoricCommit[]> {
  await using repository = await openRepository(directory);
  return await listRecentCommits(repository, "HEAD", count);
}

type Broke = Omit<Extract<Outcome, { why: string }>, "commit">;

/** Judges commits in a thread to their end, or to the one that ends the thread. */
async function judgeInThread(
  directory: string,
  commits: readonly HistoricCommit[],
  done: (outcome: Outcome) => void,
): Promise<Broke | null> {
  const { promise, resolve } = Promise.withResolvers<Broke | null>();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { directory, commits },
  });
  const timer = setTimeout(() => {
    resolve({ result: "timed-out", ms: TIME_OUT_MS, why: `over ${TIME_OUT_MS} ms` });
  }, TIME_OUT_MS);
  worker.on("message", (outcome: Outcome) => {
    timer.refresh();
    done(outcome);
  });
  worker.on("error", (error) => {
    resolve({ result: "crashed", ms: 0, why: String(error) });
  });
  worker.on("exit", () => {
    resolve(null);
  });
  const broke = await promise;
  clearTimeout(timer);
  await worker.terminate();
  return broke;
}
