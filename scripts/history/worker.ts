/** A thread that judges commits in turn, so that whoever started it can end one that never ends. */
import { parentPort, workerData } from "node:worker_threads";
import { openRepository } from "../../git/repository.ts";
import type { HistoricCommit } from "../../git/recent-commits.ts";
import { judgeCommit } from "./judge-commit.ts";

const { directory, commits } = workerData as {
  readonly directory: string;
  readonly commits: readonly HistoricCommit[];
};
await using repository = await openRepository(directory);
for (const commit of commits) parentPort?.postMessage(await judgeCommit(repository, commit));
