import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import type { SigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { initLedger } from "../../ledger/genesis.ts";
import type { JobPermissions } from "../embedded-github/acts/job-tokens.ts";
import { type GitClient, gitClient } from "../embedded-github/git-client.ts";
import { type Fixture, startFixture } from "../embedded-github/fixture.ts";
import type { Step } from "./runner/run-step.ts";

export const WORKFLOW = ".github/workflows/release.yml";
export const POLICY = ".github/bailiff.yml";

export function workflow(level: "read" | "write"): string {
  return `on: push\npermissions:\n  contents: ${level}\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`;
}

/** `acme/shop` with a workflow that may read, and the recommended policies. */
export async function startShop(options: { readonly private?: boolean } = {}): Promise<Fixture> {
  const fixture = await startFixture(options);
  const files = {
    [WORKFLOW]: workflow("read"),
    [POLICY]: "version: 1\nextends: [bailiff:recommended@1]\n",
  };
  await fixture.repository.commit({ branch: "main", files, by: "ann" });
  return fixture;
}

/** `GITHUB_TOKEN` of a job in `acme/shop` whose workflow gives it these `permissions:`. */
export function jobToken({ repository }: Fixture, permissions: JobPermissions): string {
  return repository.jobToken(permissions);
}

/** A pull request by `ann` that changes these files. */
export async function openChange(
  { repository }: Fixture,
  files: Readonly<Record<string, string>>,
  branch = "topic",
): Promise<{ readonly number: number; readonly sha: string }> {
  const sha = await repository.commit({ branch, files, by: "ann" });
  const { number } = await repository.openPull({ by: "ann", title: "Topic", head: branch });
  return { number, sha };
}

/** A step in a run that the pull request's newest event started. */
export async function pullStep(fixture: Fixture, number: number, workspace: string): Promise<Step> {
  const { github, repository, as } = fixture;
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const place = { owner: repository.owner, repo: repository.name, pull_number: number };
  const { data: pull } = await as("ann").request(route, place);
  return {
    event: "pull_request",
    payload: { action: "opened", number, pull_request: pull, repository: pull.base.repo },
    repository: { id: repository.id, fullName: `${repository.owner}/${repository.name}` },
    sha: pull.head.sha,
    ref: `refs/pull/${number}/merge`,
    workspace,
    serverUrl: github.url,
    token: jobToken(fixture, { contents: "read" }),
  };
}

/** A folder to check out into. */
export interface Workspace extends AsyncDisposable {
  readonly folder: string;
}

export async function emptyWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-workspace-"));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** What `actions/checkout` leaves: `ref`, alone or with the whole history of all branches. */
export async function checkout(
  { github, repository }: Fixture,
  ref: string,
  depth: "shallow" | "deep",
): Promise<GitClient> {
  const client = await gitClient(github.user("ann").token);
  const git = async (...args: readonly string[]): Promise<void> => {
    const { ok, stderr } = await client.run(...args);
    if (!ok) throw new Error(stderr);
  };
  await git("init", "-q", ".");
  await git("remote", "add", "origin", repository.gitUrl);
  const refspecs = ["+refs/heads/*:refs/remotes/origin/*", `+${ref}:refs/remotes/ref`];
  if (depth === "deep") await git("fetch", "-q", "--no-tags", "origin", ...refspecs);
  else await git("fetch", "-q", "--no-tags", "--depth=1", "origin", `+${ref}:refs/remotes/ref`);
  await git("checkout", "-q", "--detach", "refs/remotes/ref");
  return client;
}

/** Begins a ledger on the server; answers its root, which workflows name. */
export async function beginLedger({ repository }: Fixture, key: SigningKey): Promise<string> {
  await using branch = await openLedgerBranch({ repository: repository.gitFolder });
  const repositories = [String(repository.id)];
  return parsePin(await initLedger(branch, { key, repositories, at: new Date() })).trustRoot;
}
