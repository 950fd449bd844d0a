/** What a thread of `openJudgingThreads` runs: it answers each message with its judgement, in order. */
import { parentPort, workerData } from "node:worker_threads";
import { batchJudge, type JudgingTerms } from "./judge-batch.ts";
import { judgeAll, type BatchBytes } from "./judges.ts";

const judge = batchJudge(workerData as JudgingTerms);
parentPort?.on("message", (batches: BatchBytes) => {
  parentPort?.postMessage(judgeAll(batches, judge));
});
