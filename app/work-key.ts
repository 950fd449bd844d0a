import * as z from "zod";
import { CHECK_NAME, subjectOf } from "../github/check-runs.ts";
import type { RepositoryPlace } from "../github/client.ts";

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

const aboutPull = origin.extend({ pull_request: z.object({ number: positive }) });

const aboutCheckRun = origin.extend({
  check_run: z.object({
    name: z.string(),
    external_id: z.string().nullable(),
    app: z.object({ id: positive }).nullable(),
    pull_requests: z.array(z.object({ number: positive })),
  }),
});

/** The work that a `pull_request` or `pull_request_review` event asks for. */
export function workOfPull(event: ReceivedEvent): WorkKey {
  const payload = aboutPull.parse(event.payload);
  return workKey(event, payload, payload.pull_request.number);
}

/** The work that `check_run.rerequested` asks for: none where the check is not ours. */
export function workOfCheckRun(event: ReceivedEvent, appId: number): readonly WorkKey[] {
  const payload = aboutCheckRun.parse(event.payload);
  const { name, app, external_id, pull_requests } = payload.check_run;
  if (name !== CHECK_NAME || app?.id !== appId) return [];
  const named = subjectOf(external_id)?.pull;
  const listed = pull_requests.map(({ number }) => number);
  const pulls = new Set(named === undefined ? listed : [named, ...listed]);
  return [...pulls].map((pull) => workKey(event, payload, pull));
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
