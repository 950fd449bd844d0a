import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import {
  installApp,
  registerApp,
  type AppOptions,
  type InstallOptions,
  type RegisteredApp,
} from "./acts/apps.ts";
import { installationActs, type InstallationActs } from "./acts/installations.ts";
import { organisationActs, type OrganisationActs } from "./acts/organisations.ts";
import { createRepository, type RepositoryOptions } from "./acts/repositories.ts";
import { Faults, type FaultOrder } from "./http/faults.ts";
import {
  RequestLog,
  type LoggedGitRequest,
  type LoggedRequest,
  type Violation,
} from "./http/request-log.ts";
import { Router } from "./http/router.ts";
import { apiBase, handlerOf, listen, type ListeningServer } from "./http/server.ts";
import { gitHubDescription } from "./openapi-description.ts";
import { handleOf, type RepositoryHandle } from "./repository-handle.ts";
import { Accounts, type Account } from "./state/accounts.ts";
import type { App, Installation } from "./state/apps.ts";
import { InstallationTokens } from "./state/installation-tokens.ts";
import { Organisations } from "./state/organisations.ts";
import type { World } from "./state/world.ts";
import type { Deliveries } from "./webhooks/deliveries.ts";
import { DeliveryQueue } from "./webhooks/delivery-queue.ts";

/** How an embedded GitHub starts. */
export interface EmbeddedGitHubOptions {
  /** Default: the machine's clock. */
  readonly now?: () => Date;
  /** How long an App may take to answer a webhook; default GitHub's ten seconds. */
  readonly deliveryTimeoutMs?: number;
}

/** A running GitHub in a box. Methods act as GitHub's web pages would; programs use `apiUrl` and git. */
export interface EmbeddedGitHub extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`: pages for people, and git at `/{owner}/{name}.git`. */
  readonly url: string;
  /** The REST API's base, as on an Enterprise Server: `{url}/api/v3`. Octokit's `baseUrl`. */
  readonly apiUrl: string;

  /** A person, made at the first mention; `token` is a `ghp_…` token that may do what its owner may. */
  user(login: string): Account;
  /** Registers an App with a fresh RSA key; webhooks go nowhere until it has a `webhookUrl`. */
  registerApp(options: AppOptions): RegisteredApp;
  /** Installs an App on an owner's repositories (names), all of them unless told, and sends `installation.created`. */
  install(app: RegisteredApp, options: InstallOptions): Installation;
  /** Suspends, removes and changes installations, with their events. */
  readonly installations: InstallationActs;
  /** Who is a member of an organization and of its teams. */
  readonly organisations: OrganisationActs;
  /** The form of installation tokens from now on, and their end before their time. */
  readonly tokens: Pick<InstallationTokens, "form" | "minted" | "revokeAll">;
  createRepository(options: RepositoryOptions): Promise<RepositoryHandle>;

  /** Every REST request answered or refused since the start or the last `forgetRequests`. */
  readonly requests: readonly LoggedRequest[];
  /** Every git request over HTTP, counted apart. */
  readonly gitRequests: readonly LoggedGitRequest[];
  forgetRequests(): void;
  /** Every `Authorization` header that was ever sent here. */
  readonly authorizations: ReadonlySet<string>;
  /** Requests that GitHub would refuse by its schema or limits. A test that expects none asserts that this is empty. */
  readonly violations: readonly Violation[];

  /** Orders trouble for requests to come, matched by method and route template (`/repos/{owner}/{repo}/check-runs`). */
  fail(order: FaultOrder): void;
  /** Takes back what was ordered and did not happen yet. */
  forgetFaults(): void;
  /** Webhooks: the log, redelivery, reordering, and waiting until all were answered. */
  readonly deliveries: Deliveries;

  /** Closes the server, waits for what runs, and removes the repositories. */
  stop(): Promise<void>;
}

/** Starts a GitHub in a box on a free port of 127.0.0.1. */
export async function startEmbeddedGitHub(
  options: EmbeddedGitHubOptions = {},
): Promise<EmbeddedGitHub> {
  const folder = await mkdtemp(`${tmpdir()}/embedded-github-`);
  const server = await listen();
  const world = newWorld(server.url, folder, options);
  server.serve(handlerOf(world, new Router(world.description)));
  return facade(world, server);
}

function newWorld(
  url: string,
  folder: string,
  { now = () => new Date(), deliveryTimeoutMs = 10_000 }: EmbeddedGitHubOptions,
): World {
  const apps = new Map<number, App>();
  let lastId = 1000;
  return {
    url,
    apiUrl: `${url}${apiBase}`,
    folder,
    now,
    newId: () => (lastId += 1),
    tokens: new InstallationTokens(),
    accounts: new Accounts(),
    organisations: new Organisations(),
    apps,
    installations: new Map(),
    repositories: new Map(),
    formerNames: new Map(),
    deliveries: new DeliveryQueue(apps, deliveryTimeoutMs),
    description: gitHubDescription(),
    log: new RequestLog(),
    faults: new Faults(),
  };
}

function facade(world: World, server: ListeningServer): EmbeddedGitHub {
  const { url, apiUrl, log, deliveries } = world;
  const stop = async (): Promise<void> => {
    await deliveries.close();
    await server.close();
    await Promise.allSettled([...world.repositories.values()].map(({ effects }) => effects));
    await rm(world.folder, { recursive: true, force: true });
  };
  return {
    url,
    apiUrl,
    user: (login) => world.accounts.of(login),
    registerApp: (options) => registerApp(world, options),
    install: (app, options) => installApp(world, app.id, options),
    installations: installationActs(world),
    organisations: organisationActs(world),
    tokens: world.tokens,
    createRepository: async (options) => handleOf(world, await createRepository(world, options)),
    requests: log.requests,
    gitRequests: log.gitRequests,
    forgetRequests: () => {
      log.forgetRequests();
    },
    authorizations: log.authorizations,
    violations: log.violations,
    fail: (order) => {
      world.faults.add(order);
    },
    forgetFaults: () => {
      world.faults.forget();
    },
    deliveries,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
