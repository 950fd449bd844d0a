import * as z from "zod";
import { actorOf, type PullDescription, pullRequestAction } from "../github/pull-request.ts";
import { NO_PULL_REQUEST } from "../maestro/no-pull-request.ts";
import type { GovernedAction } from "../maestro/ports.ts";
import { ActionError } from "./errors.ts";
import type { Runner } from "./runner.ts";

/**
 * The change that an event is about. Its ends are revisions: ids, or names of branches.
 *
 * `range.base` is null for the first commits of a repository, which have nothing before them.
 */
export interface EventChange {
  readonly action: Omit<GovernedAction, "range">;
  readonly range: { readonly base: string | null; readonly head: string };
  readonly defaultBranch: string;
}

const id = z.union([z.int(), z.bigint()]);
export const commit = z.string().regex(/^[0-9a-f]{40}$/);
const account = z.object({ id, login: z.string(), type: z.string() });
const repository = z.object({ id, full_name: z.string(), default_branch: z.string().min(1) });

const pullPayload = z.object({
  pull_request: z.object({
    number: z.int(),
    title: z.string(),
    body: z.string().nullable(),
    draft: z.boolean().optional(),
    labels: z.array(z.object({ name: z.string() })),
    user: account.nullable(),
    base: z.object({ ref: z.string(), sha: commit, repo: repository }),
    head: z.object({
      ref: z.string(),
      sha: commit,
      repo: z.object({ id, full_name: z.string().optional() }).nullable(),
    }),
  }),
});

const groupPayload = z.object({
  merge_group: z.object({
    base_ref: z.string(),
    base_sha: commit,
    head_ref: z.string(),
    head_sha: commit,
  }),
  repository,
  sender: account.optional(),
});

const pushPayload = z.object({
  ref: z.string(),
  before: commit,
  after: commit,
  forced: z.boolean().default(false),
  repository,
  sender: account.optional(),
});

const deploymentPayload = z.object({
  deployment: z.object({ sha: commit, ref: z.string(), environment: z.string() }),
  repository,
  sender: account.optional(),
});

const dispatchPayload = z.object({ repository, sender: account.optional() });

/** Reads the change out of an event. Throws EVENT_UNKNOWN, NO_CHANGE, and RUNNER_STRANGE for another form. */
export function changeOf(runner: Runner, at: Date): EventChange {
  const read = READERS[runner.event];
  if (read) return read(runner, at);
  throw new ActionError(
    "EVENT_UNKNOWN",
    `The event ${JSON.stringify(runner.event)} says of no change.`,
    `Run this step on one of: ${Object.keys(READERS).join(", ")}.`,
  );
}

type Reader = (runner: Runner, at: Date) => EventChange;

const READERS: Readonly<Record<string, Reader | undefined>> = {
  pull_request: pullRequest,
  pull_request_target: pullRequest,
  pull_request_review: pullRequest,
  merge_group: mergeGroup,
  push,
  deployment,
  workflow_dispatch: dispatch,
};

function pullRequest(runner: Runner, at: Date): EventChange {
  return pullChange(parsed(pullPayload, runner).pull_request, runner, at);
}

/** The change that a pull request asks for. */
export function pullChange(pull: PullDescription, runner: Runner, at: Date): EventChange {
  const host = hostOf(runner);
  const { range, ...action } = pullRequestAction(pull, { at, host, origin: "action" });
  return { action, range, defaultBranch: pull.base.repo.default_branch };
}

function mergeGroup(runner: Runner, at: Date): EventChange {
  const { merge_group: group, ...payload } = parsed(groupPayload, runner);
  const branches = { baseBranch: branchOf(group.base_ref), headBranch: branchOf(group.head_ref) };
  return {
    ...actionOf(runner, payload, { kind: "merge_group", at, ...branches }),
    range: { base: group.base_sha, head: group.head_sha },
  };
}

function push(runner: Runner, at: Date): EventChange {
  const { ref, before, after, forced, ...payload } = parsed(pushPayload, runner);
  const branch = branchOf(ref);
  if (isNothing(after)) {
    const what = `The push removed ${ref}, so there is no change to judge.`;
    throw new ActionError(
      "NO_CHANGE",
      what,
      "Leave pushes that delete out with `if: !github.event.deleted`.",
    );
  }
  const { default_branch: main } = payload.repository;
  if (forced && branch === main) throw rewritten(main);
  const began = branch === main ? null : main;
  return {
    ...actionOf(runner, payload, { kind: "push", at, baseBranch: branch, headBranch: branch }),
    // What was forced need not stand on what was there: it is judged as a new branch is.
    range: { base: isNothing(before) || forced ? began : before, head: after },
  };
}

function rewritten(branch: string): ActionError {
  return new ActionError(
    "NO_CHANGE",
    `The push was forced: ${branch} no longer stands on what was there, so there is no change to judge.`,
    "Find out who may force pushes, and let a ruleset stop them.",
  );
}

/** What is deployed beyond what the default branch holds. */
function deployment(runner: Runner, at: Date): EventChange {
  const { deployment: deployed, ...payload } = parsed(deploymentPayload, runner);
  const { default_branch: main } = payload.repository;
  const branches = { baseBranch: main, headBranch: branchOf(runner.ref) };
  const { environment: name } = deployed;
  return {
    ...actionOf(runner, payload, { kind: "deployment", name, at, ...branches }),
    range: { base: main, head: deployed.sha },
  };
}

function dispatch(runner: Runner, at: Date): EventChange {
  const payload = parsed(dispatchPayload, runner);
  const { default_branch: main } = payload.repository;
  const branches = { baseBranch: main, headBranch: branchOf(runner.ref) };
  return {
    ...actionOf(runner, payload, { kind: "command", name: runner.job, at, ...branches }),
    range: { base: main, head: runner.sha },
  };
}

type Payload = z.infer<typeof dispatchPayload>;

interface Told {
  readonly kind: GovernedAction["facts"]["kind"];
  readonly name?: string;
  readonly at: Date;
  readonly baseBranch: string | null;
  readonly headBranch: string | null;
}

function actionOf(
  runner: Runner,
  { repository: place, sender }: Payload,
  { kind, name, at, ...branches }: Told,
): Pick<EventChange, "action" | "defaultBranch"> {
  const { default_branch: defaultBranch } = place;
  return {
    action: {
      facts: {
        kind,
        name: name ?? null,
        actor: actorOf(sender),
        ...NO_PULL_REQUEST,
        ...branches,
        at: at.toISOString(),
      },
      repository: {
        host: hostOf(runner),
        id: String(place.id),
        name: place.full_name,
        defaultBranch,
        defaultTokenPermissions: "unknown",
      },
      origin: "action",
      attempt: null,
    },
    defaultBranch,
  };
}

export function parsed<Payload>(form: z.ZodType<Payload>, { event, payload }: Runner): Payload {
  const read = form.safeParse(payload);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = issue?.path.join(".") ?? "";
  throw new ActionError(
    "RUNNER_STRANGE",
    `The payload of ${event} is not as GitHub sends it${at === "" ? "" : `, at ${at}`}.`,
    "Leave GITHUB_EVENT_NAME and GITHUB_EVENT_PATH as the runner sets them.",
  );
}

function branchOf(ref: string): string | null {
  return /^refs\/heads\/(.+)$/s.exec(ref)?.[1] ?? null;
}

function isNothing(commit: string): boolean {
  return /^0+$/.test(commit);
}

export function hostOf({ serverUrl }: Runner): string {
  return new URL(serverUrl).host;
}
