import type { Probot } from "probot";
import type { Log } from "./log.ts";
import type { Outbox } from "./outbox.ts";
import {
  headOfPull,
  installationOf,
  type PullKey,
  type ReceivedEvent,
  workOfCheckRun,
  workOfCheckSuite,
  workOfPull,
  workOfPush,
  type WorkKey,
} from "./work-key.ts";

/** What can change a verdict of a pull request: its head, its base, what policies read of it, its reviews. */
const PULL_EVENTS = [
  "pull_request.opened",
  "pull_request.synchronize",
  "pull_request.reopened",
  "pull_request.edited",
  "pull_request.labeled",
  "pull_request.unlabeled",
  "pull_request.ready_for_review",
  "pull_request.converted_to_draft",
  "pull_request_review.submitted",
  "pull_request_review.edited",
  "pull_request_review.dismissed",
] as const;

/** What was in the way of an installation's work is gone. Every App is told of them, without subscribing. */
const ACCESS_EVENTS = [
  "installation.new_permissions_accepted",
  "installation.unsuspend",
  "installation_repositories.added",
] as const;

export interface HandlerOptions {
  readonly appId: number;
  readonly outbox: Outbox;
  readonly log: Log;
  /** Called when these keys are on disk, or were once: a redelivery asks again for what rests. */
  readonly onWork: (keys: readonly WorkKey[]) => void;
  /** Called before a pull request's key can be taken, with the head that it had. */
  readonly onPull: (key: PullKey, head: string) => void;
  /** Called when an installation may do what it could not. */
  readonly onAccess: (installation: number) => void;
}

/** Registers what this App listens to. A handler ends when its keys are on disk; judging comes later. */
export function handleEvents(probot: Pick<Probot, "on">, options: HandlerOptions): void {
  probot.on([...PULL_EVENTS], (event) => enqueuePull(event, options));
  probot.on("push", (event) => enqueue(event, workOfPush(event), options));
  probot.on("check_run.rerequested", (event) =>
    enqueue(event, workOfCheckRun(event, options.appId), options),
  );
  probot.on("check_suite.rerequested", (event) =>
    enqueue(event, workOfCheckSuite(event, options.appId), options),
  );
  probot.on([...ACCESS_EVENTS], (event) => {
    options.log.info("access gained", { delivery: event.id, event: event.name });
    options.onAccess(installationOf(event));
  });
}

function enqueuePull(event: ReceivedEvent, options: HandlerOptions): Promise<void> {
  const key = workOfPull(event);
  const head = headOfPull(event);
  // Before the key can be taken: judging has to find what was put in progress, and conclude it.
  if (head !== null && !options.outbox.knows(event.id)) options.onPull(key, head);
  return enqueue(event, [key], options);
}

async function enqueue(
  event: ReceivedEvent,
  keys: readonly WorkKey[],
  { outbox, log, onWork }: HandlerOptions,
): Promise<void> {
  const fields = { delivery: event.id, event: event.name };
  if (keys.length === 0) {
    log.info("delivery asks for nothing of ours", fields);
    return;
  }
  const isNew = await outbox.add(event.id, keys);
  log.info(isNew ? "delivery taken" : "delivery seen before", fields);
  onWork(keys);
}
