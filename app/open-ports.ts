import { join } from "node:path";
import { openChangeSource } from "../git/change-source.ts";
import { openPastChanges } from "../git/past-changes.ts";
import { openRemote, type Remote } from "../git/remote.ts";
import type { GitHubClient } from "../github/client.ts";
import type { PullRequest } from "../github/pull-request.ts";
import { type PeopleCache, readExternal, reviewsMatter } from "../github/external.ts";
import { readObserved } from "../github/observed.ts";
import type { Evaluator } from "../maestro/evaluator.ts";
import type { Gate, Ports } from "../maestro/ports.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import type { Config } from "./config.ts";
import { AppError } from "./errors.ts";
import { openLedger } from "./open-ledger.ts";
import { readPolicies } from "./policies.ts";
import type { Tokens } from "./tokens.ts";
import type { PullKey } from "./work-key.ts";

export interface PortsOptions {
  readonly key: PullKey;
  readonly pull: PullRequest;
  readonly client: GitHubClient;
  readonly gate: Gate;
  readonly config: Config;
  readonly now: () => Date;
  readonly evaluator: () => Evaluator;
  readonly tokens: Tokens;
  readonly people: PeopleCache;
  /** GitHub with leave to ask for members; null where the installation gives none. */
  readonly membersClient: () => Promise<GitHubClient | null>;
  /** GitHub with leave to ask who pushed; null where the installation gives none. */
  readonly contentsClient: () => Promise<GitHubClient | null>;
}

/** Where a pull request would be merged to now. Throws `BASE_BRANCH_ABSENT`. */
interface BaseTip {
  baseTip(): Promise<string>;
}

/** Opens all that judging one pull request reaches. Dispose of it: processes and folders hang on it. */
export async function openPorts(options: PortsOptions): Promise<Ports & BaseTip & AsyncDisposable> {
  const { key, pull, gate, evaluator } = options;
  await using stack = new AsyncDisposableStack();
  const remote = askedOnce(stack.use(await openRepository(options)));
  const ledger = await openLedger({ ...options, url: gitUrl(options), stack });
  const opened = stack.move();
  return {
    change: openChangeSource({ remote }),
    past: openPastChanges({ remote }),
    gate,
    ledger,
    evaluator,
    policies: () =>
      readPolicies(remote, {
        repositoryId: key.repository.id,
        defaultBranch: pull.defaultBranch,
      }),
    baseTip: () => readBaseTip(remote, pull.base.branch),
    external: async (action, policies, unknowing, saw) => ({
      ...(reviewsMatter(policies) === "never"
        ? NOTHING_KNOWN
        : await readExternal({
            ...{ ...options, action, policies, unknowing, saw },
            repository: key.repository,
            isPrivate: pull.data.base.repo.private === true,
          })),
      ...(await readObserved({ ...options, action, policies, repository: key.repository })),
    }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openRepository(options: PortsOptions): Promise<Remote> {
  return openRemote({
    url: gitUrl(options),
    token: await options.tokens.get(options.key, "read"),
    cacheDir: join(options.config.dataDirectory, "git"),
  });
}

/** Each ref is asked for once: a default branch's policies and a change's base are of one moment. */
function askedOnce(remote: Remote): Remote {
  const asked = new Map<string, Promise<string | null>>();
  return {
    ...remote,
    resolveRef(ref) {
      const answer = asked.get(ref) ?? remote.resolveRef(ref);
      asked.set(ref, answer);
      return answer;
    },
  };
}

async function readBaseTip(remote: Remote, branch: string): Promise<string> {
  const commit = await remote.resolveRef(`refs/heads/${branch}`);
  if (commit !== null) return commit;
  throw new AppError(
    "BASE_BRANCH_ABSENT",
    `The base branch ${branch} was not found, so there is nothing to judge the change against.`,
    "Choose an existing branch as the pull request's base.",
  );
}

function gitUrl({ config, key: { repository } }: PortsOptions): string {
  return `${config.serverUrl}/${repository.owner}/${repository.name}.git`;
}
