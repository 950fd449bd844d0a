import { organizationOf, payloadOfAccount } from "../payloads/accounts.ts";
import { nodeId } from "../payloads/notation.ts";
import { payloadOfRepository } from "../payloads/repositories.ts";
import type { Account } from "../state/accounts.ts";
import { allows, type App } from "../state/apps.ts";
import type { Repository } from "../state/repositories.ts";
import { repositoriesOf, type World } from "../state/world.ts";
import type { EventName } from "./deliveries.ts";

/** Something that happened in a repository, as Apps hear of it. */
export interface Occurrence {
  readonly event: Extract<EventName, "pull_request" | "pull_request_review" | "check_run" | "push">;
  /** A push has none. */
  readonly action?: string;
  readonly repository: Repository;
  readonly sender: Account;
  /** What is the event's own beside repository, sender and installation. */
  readonly body: Record<string, unknown>;
  /** The only App that hears of it; without one every App that subscribed. */
  readonly onlyTo?: App;
}

const neededPermission = {
  pull_request: "pull_requests",
  pull_request_review: "pull_requests",
  check_run: "checks",
  push: "contents",
} as const;

/** Sends an event to every installation that covers the repository and whose App subscribed to it. */
export function announce(world: World, occurrence: Occurrence): void {
  const { event, action, repository, sender, body, onlyTo } = occurrence;
  for (const installation of world.installations.values()) {
    const { app, id, permissions, suspendedAt } = installation;
    if (suspendedAt !== null) continue;
    if (onlyTo !== undefined && onlyTo !== app) continue;
    if (!app.events.includes(event)) continue;
    if (!allows(permissions, neededPermission[event], "read")) continue;
    if (!repositoriesOf(world, installation).includes(repository)) continue;
    sendChecked(world, app, event, {
      ...(action !== undefined && { action }),
      ...body,
      repository: payloadOfRepository(world, repository),
      ...organizationOf(world, repository.owner),
      sender: payloadOfAccount(world, sender),
      installation: { id, node_id: nodeId("Installation", id) },
    });
  }
}

/** Sends one event after GitHub's own description of it has agreed. */
export function sendChecked(
  world: World,
  app: App,
  event: EventName,
  payload: Record<string, unknown>,
): void {
  const action = typeof payload["action"] === "string" ? `.${payload["action"]}` : "";
  const problem = world.description.webhookProblem(`${event}${action}`, payload);
  if (problem !== null) {
    world.log.violations.push({ method: "webhook", route: `${event}${action}`, problem });
    throw new Error(`embedded GitHub: payload of ${event}${action}: ${problem}`);
  }
  world.deliveries.send(app, event, payload);
}
