import { concludeOvertaken, openCheckRunGate } from "../github/check-run-gate.ts";
import { type GitHubClient, isGone } from "../github/client.ts";
import { nobodyKnown } from "../github/external.ts";
import { listOpenPulls } from "../github/open-pulls.ts";
import { type PullRequest, pullRequestAction, readPullRequest } from "../github/pull-request.ts";
import { type Evaluator, thisEvaluator } from "../maestro/evaluator.ts";
import { govern, type Governed, troubleOf } from "../maestro/govern.ts";
import type { Gate, GovernedAction, Outcome } from "../maestro/ports.ts";
import type { Config } from "./config.ts";
import { AppError } from "./errors.ts";
import type { Hold, Holds } from "./holds.ts";
import type { Log } from "./log.ts";
import { openPorts, type PortsOptions } from "./open-ports.ts";
import type { Tokens } from "./tokens.ts";
import { isTransient } from "./transient.ts";
import { type BranchKey, logFields, type PullKey, type WorkKey } from "./work-key.ts";

export interface EvaluationOptions {
  readonly config: Config;
  readonly log: Log;
  readonly now: () => Date;
  readonly tokens: Tokens;
  /** GitHub as the key's repository is reached. */
  readonly connect: (key: WorkKey) => Promise<GitHubClient>;
  /** The same with leave to ask for members, or for what contents tell; null where it gives none. */
  readonly connectWith: (key: WorkKey, use: "members" | "read") => Promise<GitHubClient | null>;
  readonly holds: Pick<Holds, "take" | "putBack">;
  /** Puts further work on disk, behind what waits there. */
  readonly follow: (keys: readonly PullKey[]) => Promise<void>;
}

/**
 * Makes the function that judges one pull request, as it stands now, or puts those into a branch
 * that was pushed in line.
 *
 * It ends where nothing more can come of trying: judged, gone, or refused with the reason in the
 * check run. It throws where a later try may do better.
 */
export function createEvaluation(options: EvaluationOptions): (key: WorkKey) => Promise<void> {
  const { log, config, now, tokens, connect, holds } = options;
  const shared = {
    config,
    now,
    evaluator: rememberedEvaluator(),
    tokens,
    people: nobodyKnown(),
  };
  const judgeOnce = async (asked: PullKey): Promise<Outcome | null> => {
    const taken = await holds.take(asked);
    const client = await connect(asked);
    const pull = await readOpenPull(client, asked).catch((error: unknown) => {
      holds.putBack(asked, taken);
      throw error;
    });
    const held = await chooseHold(taken, pull, (hold) =>
      concludeOvertaken(client, { ...asked, ...hold }),
    );
    if (pull === null) {
      log.info("nothing to judge", logFields(asked));
      return null;
    }
    // Of a repository that was renamed, git follows no redirect.
    const key = { ...asked, repository: pull.repository };
    const { outcome, record, judgement } = await judgePull({
      ...shared,
      ...{ key, client, pull, held },
      membersClient: () => options.connectWith(key, "members"),
      contentsClient: () => options.connectWith(key, "read"),
    });
    log.info("judged", {
      ...logFields(key),
      head: pull.head.commit,
      decision: judgement.verdict.decision,
      record: record?.index,
      outcome,
    });
    return outcome;
  };
  const judge = async (key: PullKey) => {
    // GitHub may answer an event's first reads with what was before it. Once more, and no loop:
    // whoever pushes all the time would keep everybody else's pull requests waiting.
    if ((await judgeOnce(key)) === "stale") await judgeOnce(key);
  };
  return async (key) => {
    try {
      await ("pull" in key ? judge(key) : followPush(options, key));
    } catch (error) {
      tokens.forget(key);
      if (isTransient(error)) throw error;
      log.warn("no verdict", { ...logFields(key), error });
    }
  };
}

/** Reads the engine's digest once, when it is first needed: not every start judges something. */
function rememberedEvaluator(): () => Evaluator {
  let evaluator: Evaluator | undefined;
  return () => (evaluator ??= thisEvaluator());
}

/** Puts the open pull requests into the branch in line; none where the repository is gone. */
async function followPush({ connect, follow, log }: EvaluationOptions, key: BranchKey) {
  const { branch, ...origin } = key;
  const client = await connect(key);
  const pulls = await listOpenPulls(client, key.repository, branch).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
  log.info("a base moved", { ...logFields(key), pulls: pulls.length });
  if (pulls.length > 0) await follow(pulls.map(({ number }) => ({ ...origin, pull: number })));
}

/** The pull request, null where it, its repository or its installation is gone, or it is closed. */
async function readOpenPull(client: GitHubClient, key: PullKey): Promise<PullRequest | null> {
  try {
    const pull = await readPullRequest(client, key.repository, key.pull);
    return pull.open ? pull : null;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** The newest check run that is in progress on the head; those beside it, or on another head, are let go. */
async function chooseHold(
  holds: readonly Hold[],
  pull: PullRequest | null,
  letGo: (hold: Hold) => Promise<void>,
): Promise<Hold | null> {
  const held = holds.findLast(({ head }) => head === pull?.head.commit) ?? null;
  for (const hold of holds) {
    // What cannot be concluded stays in progress, and passes nothing.
    if (hold !== held) await letGo(hold).catch(() => undefined);
  }
  return held;
}

type Judging = Omit<PortsOptions, "gate"> & { readonly held: Hold | null };

async function judgePull({ held, ...run }: Judging): Promise<Governed> {
  const { key, client, pull, config, now } = run;
  const host = new URL(config.serverUrl).host;
  const action = pullRequestAction(pull.data, { at: now(), host, origin: "app" });
  const target = {
    repository: key.repository,
    head: pull.head.commit,
    pull: pull.number,
    baseBranch: pull.base.branch,
  };
  const checkRun = openCheckRunGate(client, target, { inProgress: held });
  const untold: unknown[] = [];
  const gate: Gate = {
    ...checkRun,
    fail: (...failed) =>
      checkRun.fail(...failed).catch((error: unknown) => void untold.push(error)),
  };
  await gate.begin(action);
  return await judgeBehind(gate, action, run).catch((error: unknown) => {
    throw untold.length > 0 ? checkUntold(error) : error;
  });
}

async function judgeBehind(
  gate: Gate,
  action: GovernedAction,
  run: Omit<PortsOptions, "gate">,
): Promise<Governed> {
  const fail = (error: unknown) => failWith(error, gate, action);
  await using ports = await openPorts({ ...run, gate }).catch(fail);
  const base = await ports.baseTip().catch(fail);
  return await govern({ ...action, range: { ...action.range, base } }, ports);
}

/** The check run is in progress still, whatever went wrong: a later try has to conclude it. */
function checkUntold(cause: unknown): AppError {
  return new AppError(
    "CHECK_UNTOLD",
    "No verdict was reached, and GitHub did not take that.",
    "Nothing is to be done: it is tried again.",
    { cause },
  );
}

async function failWith(error: unknown, gate: Gate, action: GovernedAction): Promise<never> {
  await gate.fail(action, troubleOf(error));
  throw error;
}
