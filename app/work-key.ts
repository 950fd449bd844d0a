import * as z from "zod";
import { CHECK_NAME, subjectOf } from "../github/check-runs.ts";
import type { RepositoryPlace } from "../github/client.ts";
import { AppError } from "./errors.ts";

/** What is to be judged, and since which delivery: ids and names, never a payload. */
export interface WorkKey {
  readonly installation: number;
  readonly repository: RepositoryPlace;
  readonly pull: number;
  /** The event that asked for it (`pull_request.synchronize`). */
  readonly reason: string;
  /** The delivery's id: of two keys for one pull request the later delivery's stands. */
  readonly delivery: string;
}

/** A received event. `payload` is what GitHub signed; nothing in it is believed but its ids. */
export interface ReceivedEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/** Two keys with one identity are one piece of work. */
export function workIdentity({ repository, pull }: WorkKey): string {
  return `${repository.id}/${pull}`;
}

/** How a key is named in the log. */
export function logFields({ repository, pull, reason, delivery }: WorkKey) {
  return { repository: `${repository.owner}/${repository.name}`, pull, reason, delivery };
}

const NAME = /^[A-Za-z0-9._-]{1,100}$/;
const positive = z.int().positive();

const origin = z.object({
  action: z.string().max(64),
  installation: z.object({ id: positive }),
  repository: z.object({
    id: positive,
    name: z.string().regex(NAME),
    owner: z.object({ login: z.string().regex(NAME) }),
  }),
});

const aboutInstallation = origin.pick({ installation: true });

const aboutPull = origin.extend({ pull_request: z.object({ number: positive }) });

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

/** The work that a `pull_request` or `pull_request_review` event asks for. Throws `DELIVERY_STRANGE`. */
export function workOfPull(event: ReceivedEvent): WorkKey {
  const payload = parsed(aboutPull, event);
  return workKey(event, payload, payload.pull_request.number);
}

/** The work that `check_run.rerequested` asks for: none where the check is not ours. Throws `DELIVERY_STRANGE`. */
export function workOfCheckRun(event: ReceivedEvent, appId: number): readonly WorkKey[] {
  const payload = parsed(aboutCheckRun, event);
  const { name, app, external_id, pull_requests } = payload.check_run;
  if (name !== CHECK_NAME || app?.id !== appId) return [];
  const named = subjectOf(external_id)?.pull;
  const listed = pull_requests.map(({ number }) => number);
  const pulls = new Set(named === undefined ? listed : [named, ...listed]);
  return [...pulls].map((pull) => workKey(event, payload, pull));
}

/**
 * The work that `check_suite.rerequested` asks for: none where the suite is not ours, nor for
 * pull requests of forks, which GitHub does not list. Throws `DELIVERY_STRANGE`.
 */
export function workOfCheckSuite(event: ReceivedEvent, appId: number): readonly WorkKey[] {
  const payload = parsed(aboutCheckSuite, event);
  const { app, pull_requests } = payload.check_suite;
  if (app?.id !== appId) return [];
  return pull_requests.map(({ number }) => workKey(event, payload, number));
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

function workKey(
  { id, name }: ReceivedEvent,
  { action, installation, repository }: z.infer<typeof origin>,
  pull: number,
): WorkKey {
  return {
    installation: installation.id,
    repository: {
      id: String(repository.id),
      owner: repository.owner.login,
      name: repository.name,
    },
    pull,
    reason: `${name}.${action}`,
    delivery: id,
  };
}
