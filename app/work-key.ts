import * as z from "zod";
import { LEDGER_REF } from "../git/ledger-tip.ts";
import { CHECK_NAME, subjectOf } from "../github/check-runs.ts";
import type { RepositoryPlace } from "../github/client.ts";
import { AppError } from "./errors.ts";

/** What is to be done, and since which delivery: ids and names, never a payload. */
export type WorkKey = PullKey | BranchKey;

/** A pull request that is to be judged. */
export interface PullKey extends WorkOrigin {
  readonly pull: number;
}

/** A branch that was pushed: against its new tip every open pull request into it is another change. */
export interface BranchKey extends WorkOrigin {
  readonly branch: string;
}

/** Where work comes from. */
export interface WorkOrigin {
  readonly installation: number;
  readonly repository: RepositoryPlace;
  /** The event that asked for it (`pull_request.synchronize`). */
  readonly reason: string;
  /** The delivery's id: of two keys for one pull request or branch the later delivery's stands. */
  readonly delivery: string;
}

/** A received event. `payload` is what GitHub signed; nothing in it is believed but its ids. */
export interface ReceivedEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/** Two keys with one identity are one piece of work. */
export function workIdentity(key: WorkKey): string {
  return `${key.repository.id}/${"pull" in key ? key.pull : `heads/${key.branch}`}`;
}

/** How a key is named in the log. */
export function logFields({ repository, reason, delivery, ...key }: WorkKey) {
  const subject = "pull" in key ? { pull: key.pull } : { branch: key.branch };
  return { repository: `${repository.owner}/${repository.name}`, ...subject, reason, delivery };
}

const NAME = /^[A-Za-z0-9._-]{1,100}$/;
const positive = z.int().positive();
const BRANCHES = "refs/heads/";
const MAX_REF_LENGTH = 1_024;

const place = z.object({
  installation: z.object({ id: positive }),
  repository: z.object({
    id: positive,
    name: z.string().regex(NAME),
    owner: z.object({ login: z.string().regex(NAME) }),
  }),
});

const origin = place.extend({ action: z.string().max(64) });

const aboutInstallation = place.pick({ installation: true });

const aboutPull = origin.extend({ pull_request: z.object({ number: positive }) });

const aboutHead = z.object({
  pull_request: z.object({ head: z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) }) }),
});

const aboutCheckRun = origin.extend({
  check_run: z.object({
    name: z.string(),
    external_id: z.string().nullable(),
    app: z.object({ id: positive }).nullable(),
    pull_requests: z.array(z.object({ number: positive })),
  }),
});

const aboutCheckSuite = origin.extend({
  check_suite: z.object({
    app: z.object({ id: positive }).nullable(),
    pull_requests: z.array(z.object({ number: positive })),
  }),
});

const aboutPush = place.extend({
  ref: z.string().max(MAX_REF_LENGTH),
  created: z.boolean(),
  deleted: z.boolean(),
});

/** The work that a `pull_request` or `pull_request_review` event asks for. Throws `DELIVERY_STRANGE`. */
export function workOfPull(event: ReceivedEvent): PullKey {
  const payload = parsed(aboutPull, event);
  return pullKey(event, payload, payload.pull_request.number);
}

/** The head that such an event was about, null where it names none; the pull request may have another by now. */
export function headOfPull({ payload }: ReceivedEvent): string | null {
  return aboutHead.safeParse(payload).data?.pull_request.head.sha ?? null;
}

/**
 * The work that a `push` asks for: none for a tag, nor for a branch that is new or gone, which is
 * no open pull request's base. Nor for the ledger's: judging what is into it pushes it again.
 * Throws `DELIVERY_STRANGE`.
 */
export function workOfPush(event: ReceivedEvent): readonly BranchKey[] {
  const payload = parsed(aboutPush, event);
  const { ref, created, deleted } = payload;
  if (!ref.startsWith(BRANCHES) || ref === LEDGER_REF || created || deleted) return [];
  return [{ ...originOf(event, payload), reason: event.name, branch: ref.slice(BRANCHES.length) }];
}

/** The work that `check_run.rerequested` asks for: none where the check is not ours. Throws `DELIVERY_STRANGE`. */
export function workOfCheckRun(event: ReceivedEvent, appId: number): readonly PullKey[] {
  const payload = parsed(aboutCheckRun, event);
  const { name, app, external_id, pull_requests } = payload.check_run;
  if (name !== CHECK_NAME || app?.id !== appId) return [];
  const named = subjectOf(external_id)?.pull;
  const listed = pull_requests.map(({ number }) => number);
  const pulls = new Set(named === undefined ? listed : [named, ...listed]);
  return [...pulls].map((pull) => pullKey(event, payload, pull));
}

/**
 * The work that `check_suite.rerequested` asks for: none where the suite is not ours, nor for
 * pull requests of forks, which GitHub does not list. Throws `DELIVERY_STRANGE`.
 */
export function workOfCheckSuite(event: ReceivedEvent, appId: number): readonly PullKey[] {
  const payload = parsed(aboutCheckSuite, event);
  const { app, pull_requests } = payload.check_suite;
  if (app?.id !== appId) return [];
  return pull_requests.map(({ number }) => pullKey(event, payload, number));
}

/** The installation that an event is about. Throws `DELIVERY_STRANGE`. */
export function installationOf(event: ReceivedEvent): number {
  return parsed(aboutInstallation, event).installation.id;
}

function parsed<Payload>(schema: z.ZodType<Payload>, { name, payload }: ReceivedEvent): Payload {
  const { success, data, error } = schema.safeParse(payload);
  if (success) return data;
  throw new AppError(
    "DELIVERY_STRANGE",
    `the payload of ${name} lacks what it has where GitHub sends it to an App`,
    "Let the App's own webhook be the only one that points here.",
    { cause: error },
  );
}

function pullKey(event: ReceivedEvent, payload: z.infer<typeof origin>, pull: number): PullKey {
  return { ...originOf(event, payload), reason: `${event.name}.${payload.action}`, pull };
}

function originOf(
  { id }: ReceivedEvent,
  { installation, repository }: z.infer<typeof place>,
): Omit<WorkOrigin, "reason"> {
  return {
    installation: installation.id,
    repository: {
      id: String(repository.id),
      owner: repository.owner.login,
      name: repository.name,
    },
    delivery: id,
  };
}
