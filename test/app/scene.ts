import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { type Config, readConfig } from "../../app/config.ts";
import { type AppPorts, type RunningApp, startApp } from "../../app/server.ts";
import {
  type EmbeddedGitHub,
  type EmbeddedGitHubOptions,
  startEmbeddedGitHub,
} from "../embedded-github/embedded-github.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";

const SECRET = "the scene's webhook secret";
const OWNER = "acme";
export const WORKFLOW = ".github/workflows/release.yml";
export const POLICIES = ".github/bailiff.yml";

/** A workflow whose job `release` has one permission, at line 7. */
export function workflow(level: "read" | "write", script = "echo release"): string {
  return [
    "name: release",
    "on: push",
    "jobs:",
    "  release:",
    "    runs-on: ubuntu-latest",
    "    permissions:",
    `      contents: ${level}`,
    "    steps:",
    `      - run: ${script}`,
    "",
  ].join("\n");
}

export const PERMISSION_LINE = 7;

export const ENFORCED = "version: 1\nextends: [bailiff:recommended@1]\n";

/** An embedded GitHub, and Bailiff's App installed on its owner `acme`. */
export interface Scene extends AsyncDisposable {
  readonly github: EmbeddedGitHub;
  readonly appId: number;
  /** The App's installation on `acme`; there from the first repository on. */
  installation(): number;
  readonly secret: string;
  /** Everything that the App logged. */
  readonly log: readonly string[];
  readonly dataDirectory: string;
  app(): RunningApp;
  /** Stops the App; it forgets all that is not on disk. */
  stopApp(): Promise<void>;
  /** Starts it again, on the same data. */
  startApp(more?: Record<string, string>, ports?: Partial<AppPorts>): Promise<void>;
  /** A repository whose default branch has the workflow with `contents: read`, and `files`. */
  repository(name: string, files?: Readonly<Record<string, string>>): Promise<RepositoryHandle>;
  /** Waits until every delivery was answered and every evaluation ended. */
  settled(): Promise<void>;
}

export async function openScene(
  more: Record<string, string> = {},
  options: EmbeddedGitHubOptions = {},
): Promise<Scene> {
  const github = await startEmbeddedGitHub(options);
  const dataDirectory = await mkdtemp(join(tmpdir(), "bailiff-app-"));
  const manifest = parse(readFileSync("app.yml", "utf8")) as {
    name: string;
    default_permissions: Record<string, "read" | "write">;
    default_events: string[];
  };
  const registered = github.registerApp({ manifest, webhookSecret: SECRET });
  const log: string[] = [];
  let running: RunningApp | null = null;

  const start = async (variables: Record<string, string> = {}, ports: Partial<AppPorts> = {}) => {
    const config = readConfig(
      {
        APP_ID: String(registered.id),
        PRIVATE_KEY: registered.privateKey,
        WEBHOOK_SECRET: SECRET,
        HOST: "127.0.0.1",
        PORT: "0",
        GITHUB_API_URL: github.apiUrl,
        GITHUB_WRITE_SPACING_MS: "0",
        DATA_DIR: dataDirectory,
        LOG_LEVEL: "debug",
        ...more,
        ...variables,
      },
      noFiles,
    );
    running = await startApp(config, {
      write: (line) => log.push(line),
      now: () => new Date(),
      retryDelaysMs: [20, 20, 20],
      ...ports,
    });
    registered.setWebhookUrl(`${running.url}${webhookPath(config)}`);
    await github.deliveries.settled();
  };
  const stop = async () => {
    await running?.stop();
    running = null;
  };

  await start();
  let installation: number | null = null;
  return {
    github,
    appId: registered.id,
    installation() {
      if (installation === null) throw new Error("the scene has no repository yet");
      return installation;
    },
    secret: SECRET,
    log,
    dataDirectory,
    app() {
      if (running === null) throw new Error("the scene's App is stopped");
      return running;
    },
    stopApp: stop,
    startApp: start,
    async repository(name, files = {}) {
      const repository = await github.createRepository({ owner: OWNER, name });
      installation ??= github.install(registered, { owner: OWNER }).id;
      await repository.commit({
        branch: "main",
        files: { [WORKFLOW]: workflow("read"), ...files },
        by: "ann",
        parent: null,
      });
      repository.grant("ann", "write");
      repository.grant("bo", "write");
      return repository;
    },
    async settled() {
      await github.deliveries.settled();
      await running?.idle();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await github.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** `from`: what the new branch `head` stands on, unless it is `base`. */
interface PullPlace {
  readonly head?: string;
  readonly base?: string;
  readonly from?: string;
}

/** Opens a pull request of `ann` that commits `files` (null removes) on a branch of its own. */
export async function openPull(
  repository: RepositoryHandle,
  files: Readonly<Record<string, string | null>>,
  { head = "topic", base = "main", from = base }: PullPlace = {},
): Promise<{ number: number; head: string }> {
  const commit = await repository.commit({ branch: head, files, by: "ann", parent: from });
  const pull = await repository.openPull({ by: "ann", title: "A change", head, base });
  return { number: pull.number, head: commit };
}

function webhookPath({ webhookPath }: Config): string {
  return webhookPath;
}

function noFiles(): never {
  throw new Error("the scene has no files");
}
