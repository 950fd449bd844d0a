import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { replay } from "../../ledger/replay.ts";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../embedded-github/embedded-github.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { SeededRandom, seedOfRun } from "../ledger/seeded-random.ts";
import { startKillableApp } from "./killable-app.ts";
import { initLedgerOf, trusting } from "./ledger-scene.ts";
import { PATH, signatureOf } from "./listening.ts";
import { ENFORCED, openPull, POLICIES, WORKFLOW, workflow } from "./scene.ts";

const DELIVERIES = Number(process.env["BAILIFF_BURST_DELIVERIES"] ?? 10_000);
const REPOSITORIES = 6;
const PULLS_EACH = Math.ceil(DELIVERIES / 200);
const KILLS = 8;
/** What is to be judged changes under the App's hands: one push for so many deliveries. */
const DELIVERIES_A_PUSH = 50;
const SENDERS = 16;
/** Fewer than the outbox remembers. */
const REMEMBERED = 1_000;
const NOTHING = '{"keys":[],"deliveries":[]}';
const SECRET = "the burst's webhook secret";
const seed = seedOfRun();
const run = promisify(execFile);

interface Target {
  readonly repository: RepositoryHandle;
  readonly installation: number;
  readonly number: number;
  readonly branch: string;
}

interface Sent {
  readonly id: string;
  readonly body: string;
}

test("ten thousand deliveries while the App is killed again and again: what was taken is on disk, each newest head is judged, none is recorded twice", async () => {
  console.log(`burst: BAILIFF_SEED=${seed}`);
  const random = new SeededRandom(seed);
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "bailiff-burst-"));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const github = cleanup.use(await startEmbeddedGitHub());
  const { targets, variables } = await stage(github, folder);
  const taken: string[] = [];
  const app = keepRunning(variables, { random, afterKill: () => missingOnDisk(folder, taken) });
  cleanup.defer(app.end);

  const lost = await burst(targets, { url: app.url, taken, random });
  const missing = await app.killed;
  for (let left = lost; left.length > 0;) left = await sendAll(left, { url: app.url, taken });
  await expect.poll(() => pendingKeys(folder), { timeout: 15 * 60_000, interval: 500 }).toEqual([]);
  console.log(`burst: ${lost.length} deliveries were not taken at first, and sent again`);

  expect(missing).toEqual([]);
  expect(lost).not.toEqual([]);
  for (const target of targets) expect(await newestOf(target)).toEqual(await expectedOf(target));
  const [recorded] = targets;
  const heads = await recordedHeads(recorded?.repository.gitFolder ?? "");
  expect(heads.length).toBe(new Set(heads).size);
  for (const { repository, branch } of targets.filter(isOf(recorded)))
    expect(heads).toContain(await repository.head(branch));
  expect(github.violations).toEqual([]);
});

/** Repositories with pull requests, the first with a ledger; and the App's environment. */
async function stage(github: EmbeddedGitHub, folder: string) {
  const app = github.registerApp({
    manifest: {
      name: "bailiff",
      default_permissions: {
        metadata: "read",
        checks: "write",
        pull_requests: "read",
        contents: "write",
      },
      default_events: [],
    },
    webhookSecret: SECRET,
  });
  const repositories: RepositoryHandle[] = [];
  for (let count = 0; count < REPOSITORIES; count += 1)
    repositories.push(await github.createRepository({ owner: "acme", name: `burst-${count}` }));
  const { id: installation } = github.install(app, { owner: "acme" });
  const targets = (await Promise.all(repositories.map((one) => fill(one, installation)))).flat();
  const roots = await Promise.all(repositories.slice(0, 1).map((one) => initLedgerOf(one)));
  const variables = {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_WRITE_SPACING_MS: "0",
    DATA_DIR: folder,
    ...trusting(...roots),
  };
  return { targets, variables };
}

async function fill(repository: RepositoryHandle, installation: number): Promise<Target[]> {
  const files = { [WORKFLOW]: workflow("read"), [POLICIES]: ENFORCED };
  await repository.commit({ branch: "main", files, by: "ann", parent: null });
  const targets: Target[] = [];
  for (let count = 0; count < PULLS_EACH; count += 1) {
    const branch = `topic-${count}`;
    const { number } = await openPull(repository, changeOf(count), { head: branch });
    targets.push({ repository, installation, number, branch });
  }
  return targets;
}

/** Every third change raises a permission; the number makes each a change of its own. */
function changeOf(number: number): Record<string, string> {
  return { [WORKFLOW]: workflow(number % 3 === 0 ? "write" : "read", `echo ${number}`) };
}

interface Running {
  readonly random: SeededRandom;
  /** What is missing after a kill. */
  readonly afterKill: () => Promise<string[]>;
}

/** Keeps an App running that is killed a few times, each time after a while that chance chose. */
function keepRunning(variables: Readonly<Record<string, string>>, { random, afterKill }: Running) {
  let app = startKillableApp(variables);
  const uptimes = Array.from({ length: KILLS }, () => 200 + random.below(5_000));
  const runAndKill = async () => {
    const missing: string[] = [];
    for (const uptimeMs of uptimes) {
      const running = await app;
      await pause(uptimeMs);
      await running.end("SIGKILL");
      missing.push(...(await afterKill()));
      app = startKillableApp(variables);
    }
    return missing;
  };
  const killed = runAndKill();
  return {
    killed,
    url: async () => (await app).url,
    end: async () => {
      await killed;
      await (await app).end("SIGTERM");
    },
  };
}

/** Deliveries that were answered with 202 and that the outbox does not remember. */
async function missingOnDisk(folder: string, taken: readonly string[]): Promise<string[]> {
  const remembered = new Set((await readOutbox(folder)).deliveries);
  return taken.slice(-REMEMBERED).filter((id) => !remembered.has(id));
}

interface Sending {
  /** Where the App listens, once it does. */
  readonly url: () => Promise<string>;
  /** Ids of the deliveries that were answered with 202, in that order. */
  readonly taken: string[];
}

/** Sends all deliveries, with pushes between them, and answers those that no 202 came for. */
async function burst(
  targets: readonly Target[],
  { random, ...sending }: Sending & { readonly random: SeededRandom },
): Promise<Sent[]> {
  const lost = await sendAll(targets.map(deliveryOf), sending);
  for (let sent = targets.length; sent < DELIVERIES; sent += DELIVERIES_A_PUSH) {
    const pushed = random.pick(targets);
    const { repository, branch } = pushed;
    await repository.commit({ branch, files: changeOf(random.below(1_000)), by: "ann" });
    const others = Array.from({ length: DELIVERIES_A_PUSH - 1 }, () => random.pick(targets));
    lost.push(...(await sendAll([pushed, ...others].map(deliveryOf), sending)));
  }
  return lost;
}

function deliveryOf({ repository, installation, number }: Target): Sent {
  const { id, name, owner } = repository;
  const body = JSON.stringify({
    action: "synchronize",
    installation: { id: installation },
    repository: { id, name, owner: { login: owner } },
    pull_request: { number },
  });
  return { id: randomUUID(), body };
}

/** Sends a few at a time, and answers those that no 202 came for. */
async function sendAll(deliveries: readonly Sent[], { url, taken }: Sending): Promise<Sent[]> {
  const left = [...deliveries];
  const lost: Sent[] = [];
  const send = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (await isTaken(next, await url())) taken.push(next.id);
      else {
        lost.push(next);
        await pause(50);
      }
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return lost;
}

async function isTaken({ id, body }: Sent, url: string): Promise<boolean> {
  const headers = {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": id,
    "x-hub-signature-256": signatureOf(body, SECRET),
  };
  try {
    const response = await fetch(`${url}${PATH}`, { method: "POST", headers, body });
    await response.body?.cancel();
    return response.status === 202;
  } catch {
    return false;
  }
}

async function pendingKeys(folder: string): Promise<readonly unknown[]> {
  return (await readOutbox(folder)).keys;
}

async function readOutbox(folder: string) {
  const text = await readFile(join(folder, "outbox.json"), "utf8").catch(() => NOTHING);
  return JSON.parse(text) as { readonly keys: unknown[]; readonly deliveries: string[] };
}

async function newestOf({ repository, branch }: Target) {
  const [newest] = repository.checkRuns((await repository.head(branch)) ?? "");
  return { status: newest?.status, conclusion: newest?.conclusion };
}

async function expectedOf({ repository, branch }: Target) {
  const place = `refs/heads/${branch}:${WORKFLOW}`;
  const { stdout: text } = await run("git", ["-C", repository.gitFolder, "show", place]);
  const conclusion = text.includes("contents: write") ? "failure" : "success";
  return { status: "completed", conclusion };
}

function isOf(one: Target | undefined): (other: Target) => boolean {
  return ({ repository }) => repository === one?.repository;
}

/** The heads that the ledger has verdicts of, one for each record. */
async function recordedHeads(gitFolder: string): Promise<string[]> {
  await using clone = await openLedgerClone({ repository: gitFolder });
  const heads: string[] = [];
  for await (const { verdict } of replay(clone))
    if (verdict !== null) heads.push(verdict.change.head);
  return heads;
}
