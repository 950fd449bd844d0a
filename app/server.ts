import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Probot } from "probot";
import type { Config } from "./config.ts";
import { claimDataDirectory } from "./data-directory.ts";
import { AppError } from "./errors.ts";
import { createEvaluation } from "./evaluate.ts";
import { createHolds } from "./holds.ts";
import { handleEvents } from "./handlers.ts";
import { closeListener, createListener } from "./listener.ts";
import { createLog, type Log, probotLog } from "./log.ts";
import { octokitFor } from "./octokit.ts";
import { openOutbox } from "./outbox.ts";
import type { PullKey, WorkKey } from "./work-key.ts";
import { connectRepository, connectWhereGranted } from "./repository-client.ts";
import { createSameHostFetch } from "../github/same-host-fetch.ts";
import { createTokens } from "./tokens.ts";
import { startWorker } from "./worker.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Waits before an evaluation that failed is tried again; about a day in all. */
const RETRY_DELAYS_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  ...Array.from({ length: 24 }, () => 60 * MINUTE),
];
/** GitHub waits 10 seconds for an answer. */
const REQUEST_TIMEOUT_MS = 10 * SECOND;
/** Repositories that are judged at the same time. */
const CONCURRENCY = 4;

/** What the App takes from the machine besides its configuration. */
export interface AppPorts {
  /** Takes the log, one line at a time. */
  readonly write: (line: string) => void;
  readonly now: () => Date;
  readonly retryDelaysMs?: readonly number[];
  readonly requestTimeoutMs?: number;
}

export interface RunningApp {
  /** Where it listens (`http://localhost:3000`); webhooks go to `url` and the configured path. */
  readonly url: string;
  /** Resolves when every key in the outbox was judged or rests. */
  idle(): Promise<void>;
  /**
   * Takes no more deliveries, lets running evaluations end, and closes. Pending keys stay on disk;
   * requests that GitHub does not answer by then are given up.
   */
  stop(): Promise<void>;
}

/** Starts the App: resumes what the outbox holds, and listens. */
export async function startApp(config: Config, ports: AppPorts): Promise<RunningApp> {
  const log = openLog(config, ports);
  const release = await claimDataDirectory(config.dataDirectory);
  try {
    const ending = new AbortController();
    const assembled = await assemble(config, { ...ports, log, ending: ending.signal });
    const { probot, worker, holds } = assembled;
    const server = listenerFor(probot, config, { ...ports, log });
    const url = await listen(server, config);
    log.info("listening", { url });
    worker.wake();
    return {
      url,
      async idle() {
        await holds.settled();
        await worker.idle();
      },
      async stop() {
        const graceMs = ports.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
        await closeListener(server, graceMs);
        const cutOff = setTimeout(() => {
          ending.abort();
        }, graceMs);
        await worker.stop();
        await holds.settled();
        clearTimeout(cutOff);
        await release();
        log.info("stopped");
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The App's log: it knows the configuration's secrets, and prints none of them. */
export function openLog(
  { logLevel, privateKey, webhookSecret }: Config,
  { write, now }: Pick<AppPorts, "write" | "now">,
): Log {
  return createLog({ level: logLevel, write, now, secrets: [webhookSecret, privateKey] });
}

type LoggedPorts = AppPorts & { readonly log: Log };

/** Joins outbox, Probot, evaluation and worker. */
async function assemble(config: Config, ports: LoggedPorts & { readonly ending: AbortSignal }) {
  const { log, now, retryDelaysMs, ending } = ports;
  const outbox = await openOutbox(join(config.dataDirectory, "outbox.json"));
  const probot = await startProbot(config, log, ending);
  const tokens = createTokens(probot, now);
  const connect = (key: WorkKey) => connectRepository(probot, tokens, key);
  const connectWith = (key: WorkKey, use: "members" | "read") =>
    connectWhereGranted(probot, tokens, { key, use });
  const holds = createHolds({ connect, log });
  const follow = (keys: readonly WorkKey[]) => outbox.follow(keys);
  const worker = startWorker({
    outbox,
    evaluate: createEvaluation({
      config,
      log,
      now,
      tokens,
      connect,
      connectWith,
      holds,
      follow,
    }),
    log,
    retryDelaysMs: retryDelaysMs ?? RETRY_DELAYS_MS,
    concurrency: CONCURRENCY,
  });
  const onPull = (key: PullKey, head: string) => {
    holds.place(key, head);
  };
  const onWork = (keys: readonly WorkKey[]) => {
    worker.wake(keys);
  };
  const onAccess = (installation: number) => {
    worker.resume(installation);
  };
  const { appId } = config;
  handleEvents(probot, { appId, outbox, log, onPull, onWork, onAccess });
  return { probot, worker, holds };
}

function listenerFor(
  probot: Probot,
  { webhookPath, webhookSecret }: Config,
  { log, requestTimeoutMs }: LoggedPorts,
): Server {
  return createListener({
    path: webhookPath,
    secret: webhookSecret,
    log,
    requestTimeoutMs: requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    deliver: ({ id, name, body, signature }) =>
      probot.webhooks.verifyAndReceive({ id, name, payload: body, signature }),
  });
}

function startProbot(config: Config, log: Log, ending: AbortSignal): Promise<Probot> {
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecret,
    baseUrl: config.apiUrl,
    Octokit: octokitFor({ log, writeSpacingMs: config.writeSpacingMs }),
    log: probotLog(log),
    request: { fetch: createSameHostFetch({ ending }) },
  });
  return probot.ready();
}

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: Error): void => {
      reject(addressUnusable(`${host}:${port}`, cause));
    };
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve(`http://${host}:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** The port is taken, or not ours to take; the host is no address of this machine. */
function addressUnusable(address: string, cause: Error): AppError {
  return new AppError(
    "ADDRESS_UNUSABLE",
    `HOST and PORT: cannot listen at ${address} (${cause.message})`,
    "Stop what listens there, or set another HOST or PORT.",
    { cause },
  );
}
