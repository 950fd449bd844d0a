import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RemoteOptions } from "../git/remote-cache.ts";
import { ActionError } from "./errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the runner says of the run.
 *
 * Source: docs.github.com, "Variables reference", default environment variables.
 */
export interface Runner {
  /** `pull_request`, `push`, … */
  readonly event: string;
  /** The event as GitHub sent it; nothing of it is checked yet. */
  readonly payload: unknown;
  readonly repository: { readonly id: string; readonly owner: string; readonly name: string };
  readonly sha: string;
  /** `refs/heads/main` */
  readonly ref: string;
  /** Where the running workflow's file is from: `octo/app/.github/workflows/ci.yml@refs/heads/main`. */
  readonly workflowRef: string;
  readonly job: string;
  /** The step's `id`, or a name that the runner made. */
  readonly step: string;
  readonly runId: string;
  /** 1, and one more each time that somebody starts the run again, with its first payload. */
  readonly attempt: number;
  readonly serverUrl: string;
  readonly workspace: string;
  /** A folder of this job alone, which the runner empties. */
  readonly temp: string;
}

/** The repository's address for people. */
export function repositoryUrl({ serverUrl, repository: { owner, name } }: Runner): string {
  return `${serverUrl}/${owner}/${name}`;
}

/** The repository as git fetches it, with a folder that keeps what was fetched for this job. */
export function remoteOf(runner: Runner, token: string | null): RemoteOptions {
  return {
    url: `${repositoryUrl(runner)}.git`,
    ...(token === null ? {} : { token }),
    cacheDir: join(runner.temp, "bailiff-objects"),
  };
}

/** Whose the running workflow's file is; null where the runner does not say. */
export function workflowOwner({
  workflowRef,
  repository: { owner, name },
}: Runner): "this repository" | "another repository" | null {
  if (workflowRef === "") return null;
  // GitHub takes names in any letters.
  const own = `${owner}/${name}/`.toLowerCase();
  return workflowRef.toLowerCase().startsWith(own) ? "this repository" : "another repository";
}

/** Reads the run from the environment. Throws RUNNER_STRANGE where something is not as runners set it. */
export async function readRunner(env: Environment): Promise<Runner> {
  const given = (name: string): string => env[name] || refuse(name, "is not set");
  const [owner = "", name = "", ...more] = given("GITHUB_REPOSITORY").split("/");
  if (name === "" || more.length > 0) refuse("GITHUB_REPOSITORY", "is no OWNER/NAME");
  return {
    event: given("GITHUB_EVENT_NAME"),
    payload: await readPayload(given("GITHUB_EVENT_PATH")),
    repository: { id: given("GITHUB_REPOSITORY_ID"), owner, name },
    sha: given("GITHUB_SHA"),
    ref: env["GITHUB_REF"] ?? "",
    workflowRef: env["GITHUB_WORKFLOW_REF"] ?? "",
    job: env["GITHUB_JOB"] ?? "",
    step: env["GITHUB_ACTION"] ?? "",
    runId: env["GITHUB_RUN_ID"] ?? "",
    attempt: Number(env["GITHUB_RUN_ATTEMPT"] ?? "1"),
    serverUrl: given("GITHUB_SERVER_URL"),
    workspace: given("GITHUB_WORKSPACE"),
    temp: given("RUNNER_TEMP"),
  };
}

async function readPayload(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    return refuse("GITHUB_EVENT_PATH", "names no file of JSON", { cause });
  }
}

function refuse(variable: string, what: string, options?: ErrorOptions): never {
  throw new ActionError(
    "RUNNER_STRANGE",
    `The environment variable ${variable} ${what}.`,
    "Run this as a step of a workflow: GitHub's runner sets it.",
    options,
  );
}
