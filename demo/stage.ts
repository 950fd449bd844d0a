import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { readConfig } from "../app/config.ts";
import { startApp, type RunningApp } from "../app/server.ts";
import {
  startEmbeddedGitHub,
  type EmbeddedGitHub,
} from "../test/embedded-github/embedded-github.ts";
import type { AppManifest } from "../test/embedded-github/state/apps.ts";
import type { RepositoryHandle } from "../test/embedded-github/repository-handle.ts";
import { run } from "./narrator.ts";
import { POLICY, RELEASE } from "./workflows.ts";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
export const BAILIFF = join(PROJECT, "bailiff");
const WEBHOOK_SECRET = "a webhook secret of the demo's own";

/** The story is the same whatever git configuration or proxy the machine has. */
const OWN_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  NO_PROXY: "127.0.0.1",
  no_proxy: "127.0.0.1",
};

/** Everything the story plays on; disposing of it leaves nothing behind. */
export interface Stage extends AsyncDisposable {
  readonly github: EmbeddedGitHub;
  readonly repository: RepositoryHandle;
  readonly app: RunningApp;
  /** A temporary folder for clones. */
  readonly folder: string;
  readonly pin: string;
  /** Waits until every webhook was answered and everything was judged. */
  settled(): Promise<void>;
}

/** An organization's repository with real history, policies, a ledger, and the App installed on it. */
export async function setStage(): Promise<Stage> {
  const folder = temporaryFolder();
  const github = await startEmbeddedGitHub();
  const repository = await createRepository(github);
  const registered = github.registerApp({
    manifest: parse(await readFile(join(PROJECT, "app.yml"), "utf8")) as AppManifest,
    webhookSecret: WEBHOOK_SECRET,
  });
  const ledger = await startLedger(folder, repository, github.user("maya").token);
  const app = await startApp(
    readConfig(
      {
        APP_ID: String(registered.id),
        PRIVATE_KEY: registered.privateKey,
        WEBHOOK_SECRET,
        HOST: "127.0.0.1",
        PORT: "0",
        GITHUB_API_URL: github.apiUrl,
        GITHUB_SERVER_URL: github.url,
        DATA_DIR: join(folder, "app"),
        BAILIFF_SIGNING_KEY: ledger.key,
        BAILIFF_LEDGER_ROOTS: ledger.root,
        GITHUB_WRITE_SPACING_MS: "0",
      },
      () => "",
    ),
    { now: () => new Date(), write: () => undefined },
  );
  registered.setWebhookUrl(`${app.url}/api/github/webhooks`);
  github.install(registered, { owner: "acme" });
  return {
    ...{ github, repository, app, folder, pin: ledger.pin },
    async settled() {
      await github.deliveries.settled();
      await app.idle();
    },
    async [Symbol.asyncDispose]() {
      await app.stop();
      await github.stop();
    },
  };
}

/**
 * One folder for all that the demo and the programs it starts leave on disk, keys among it. It is
 * removed however this process ends, Ctrl-C included.
 */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bailiff-demo-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const [signal, number] of [
    ["SIGINT", 2],
    ["SIGTERM", 15],
    ["SIGHUP", 1],
  ] as const) {
    process.once(signal, () => process.exit(128 + number));
  }
  Object.assign(process.env, { ...OWN_ENVIRONMENT, TMPDIR: folder });
  return folder;
}

async function createRepository(github: EmbeddedGitHub): Promise<RepositoryHandle> {
  const history = await run("git", ["rev-parse", "--is-shallow-repository"], { cwd: PROJECT });
  const repository = await github.createRepository({
    ...{ owner: "acme", name: "shop", defaultBranch: "main" },
    ...(history.out.trim() === "false" ? { from: PROJECT } : {}),
  });
  repository.grant("maya", "admin");
  repository.grant("bo", "write");
  repository.grant("ann", "write");
  await repository.commit({
    ...{ branch: "main", by: "maya", message: "Set the policies\n" },
    files: { ".github/bailiff.yml": POLICY, ".github/workflows/release.yml": RELEASE },
  });
  return repository;
}

/** What an administrator does once: a key, `ledger init` in a clone, and a push. */
async function startLedger(folder: string, repository: RepositoryHandle, token: string) {
  const clone = join(folder, "admin");
  const pem = join(folder, "signing-key.pem");
  const authorized = repository.gitUrl.replace("://", `://x-access-token:${token}@`);
  await succeed("git", ["clone", "-q", authorized, clone], folder);
  await succeed(BAILIFF, ["keys", "generate", "--out", pem], folder);
  const init = ["ledger", "init", "--key", pem, "--repository-id", String(repository.id)];
  await succeed(BAILIFF, init, clone);
  const pin = (await succeed(BAILIFF, ["ledger", "pin"], clone)).trim();
  await succeed("git", ["push", "-q", "origin", "governance-ledger"], clone);
  return { pin, root: pin.split(" ").at(-1) ?? "", key: await readFile(pem, "utf8") };
}

async function succeed(command: string, args: string[], cwd: string): Promise<string> {
  const { status, out } = await run(command, args, { cwd });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${out}`);
  return out;
}
