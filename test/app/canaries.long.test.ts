import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../embedded-github/embedded-github.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { startWatchedApp, type WatchedApp } from "./watched-app.ts";
import { type Canary, leaksOf, type Place } from "./canary-search.ts";
import { initLedgerOf, LEDGER, signing, trusting } from "./ledger-scene.ts";
import { ENFORCED, openPull, POLICIES, WORKFLOW, workflow } from "./scene.ts";

const SECRET = 'canary: a webhook "secret" with \\ and + / = % & in it';
const API = "/repos/{owner}/{repo}";
const TOKENS = "/app/installations/{installation_id}/access_tokens";

/** Throws what nobody catches, as a defect of ours or of a library would. */
const STRAY = `
process.on("SIGUSR2", () => {
  const { WEBHOOK_SECRET, PRIVATE_KEY, BAILIFF_SIGNING_KEY } = process.env;
  const request = { headers: { authorization: WEBHOOK_SECRET }, body: PRIVATE_KEY };
  const error = new Error("stray\\n" + BAILIFF_SIGNING_KEY);
  Promise.reject(Object.assign(error, { request, env: process.env }));
});
`;

let folder: string;
let github: EmbeddedGitHub;
let repository: RepositoryHandle;
let app: WatchedApp;
let privateKey: string;
let appId: number;
const heads: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-canaries-"));
  github = await startEmbeddedGitHub();
  const manifest = parse(readFileSync("app.yml", "utf8")) as never;
  const registered = github.registerApp({ manifest, webhookSecret: SECRET });
  ({ privateKey, id: appId } = registered);
  repository = await github.createRepository({ owner: "acme", name: "shop" });
  const files = { [POLICIES]: ENFORCED, [WORKFLOW]: workflow("read") };
  await repository.commit({ branch: "main", files, by: "ann", parent: null });
  repository.grant("bo", "write");
  const variables = {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    HOST: "127.0.0.1",
    PORT: "0",
    GITHUB_API_URL: github.apiUrl,
    GITHUB_WRITE_SPACING_MS: "0",
    DATA_DIR: join(folder, "data"),
    LOG_LEVEL: "debug",
    ...trusting(await initLedgerOf(repository)),
  };
  app = await startWatchedApp({ variables, folder, preload: STRAY });
  registered.setWebhookUrl(`${app.url}/api/github/webhooks`);
  github.install(registered, { owner: "acme" });
});

afterAll(async () => {
  app.child.kill("SIGKILL");
  await app.ended;
  await github.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a pull request, and waits until it was judged. */
async function judged(files: Readonly<Record<string, string>>): Promise<number> {
  const { head, number } = await openPull(repository, files, { head: `topic-${heads.length}` });
  heads.push(head);
  await expect
    .poll(() => repository.checkRuns(head)[0]?.conclusion, { timeout: 60_000, interval: 50 })
    .toMatch(/success|failure/);
  await expect.poll(() => app.output(), { timeout: 60_000 }).toContain(`"head":"${head}"`);
  return number;
}

/** What the App tells of a request that failed, whichever of its steps made it. */
const TROUBLE = /"message":"(evaluation failed|no verdict|a check could not be put in progress )/;

const harmless = () => ({ "README.md": `${heads.length}\n` });

test.each(["classic", "stateless"] as const)(
  "the ordinary way, with tokens of the form %s",
  async (form) => {
    github.tokens.form = form;
    github.tokens.revokeAll();
    const number = await judged({ [WORKFLOW]: workflow("write", `echo ${form}`) });
    repository.review(number, { by: "bo", event: "APPROVE" });
    const head = heads.at(-1) ?? "";
    await expect
      .poll(() => repository.checkRuns(head)[0]?.conclusion, { timeout: 60_000 })
      .toBe("success");
  },
);

test.each([
  { of: "a token's request", at: { route: TOKENS }, status: 401, renewed: true },
  { of: "a read", at: { method: "GET", route: `${API}/pulls/{pull_number}` }, status: 403 },
  { of: "a write", at: { method: "POST", route: `${API}/check-runs` }, status: 422 },
  {
    of: "the conclusion",
    at: { method: "PATCH", route: `${API}/check-runs/{check_run_id}` },
    status: 422,
  },
  { of: "a fetch", at: { route: "git-upload-pack" }, status: 403 },
  { of: "a push", at: { route: "git-receive-pack" }, status: 403 },
  { of: "a push itself", at: { route: "git-receive-pack", after: 1 }, status: 500 },
])("a server that says back the headers of $of", async ({ at, status, renewed = false }) => {
  if (renewed) github.tokens.revokeAll();
  const before = app.output().length;
  github.fail({ ...at, fault: { kind: "echo", status } });
  await judged(harmless());
  expect(app.output().slice(before)).toMatch(TROUBLE);
});

test("deliveries that are refused", async () => {
  const headers = { "content-type": "application/json", "x-github-event": "pull_request" };
  const signatures = ["sha256=00", `sha256=${"0".repeat(64)}`, SECRET.replaceAll('"', "")];
  for (const signature of signatures)
    expect(
      await github.deliveries.deliverRaw(appId, JSON.stringify({ SECRET }), {
        ...headers,
        "x-github-delivery": "0-0",
        "x-hub-signature-256": signature,
      }),
    ).toBe(401);
});

test("a defect that nobody caught ends the App with one line, without what hangs on the error", async () => {
  app.child.kill("SIGUSR2");
  expect(await app.ended).toBe(1);
  const [last = ""] = app.output().trimEnd().split("\n").slice(-1);
  expect(last).toContain('"message":"stopped by a defect"');
  expect(last).not.toContain("authorization");
});

const broken = "canary-of-a-key-that-cannot-be-read/MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";

test.each([
  { what: "PRIVATE_KEY is garbage", wrong: { PRIVATE_KEY: broken } },
  { what: "PRIVATE_KEY is broken", wrong: { PRIVATE_KEY: pem(broken) } },
  { what: "PRIVATE_KEY_PATH is a key", wrong: { PRIVATE_KEY: "", PRIVATE_KEY_PATH: broken } },
  { what: "BAILIFF_SIGNING_KEY is garbage", wrong: { BAILIFF_SIGNING_KEY: broken } },
  { what: "BAILIFF_SIGNING_KEY is broken", wrong: { BAILIFF_SIGNING_KEY: pem(broken) } },
  { what: "the address holds credentials", wrong: { GITHUB_API_URL: `https://u:${broken}@x` } },
  { what: "a number is none", wrong: { APP_ID: broken } },
])("a start is refused without a word of the secret where $what", async ({ wrong }) => {
  const variables = { APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET, ...wrong };
  const own = join(folder, "refused");
  const refused = await startWatchedApp({
    variables: { ...variables, DATA_DIR: own },
    folder: own,
  });
  expect(await refused.ended).toBe(2);
  const places = [{ name: "its output", bytes: refused.output() }];
  expect(leaksOf([{ name: "the key", value: broken }, ...secrets()], places)).toEqual([]);
});

function pem(text: string): string {
  return `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`;
}

test("no secret, key, token or header is in the output, check runs, ledger, files or arguments", async () => {
  const canaries = secrets();
  // Both forms of tokens, App tokens, and git's credentials were really used.
  for (const look of [/^ghs_[0-9a-f]{36}$/, /^ghs_[0-9]+_ey/, /^bearer ey/i, /^Basic /])
    expect(canaries.some(({ value }) => look.test(value))).toBe(true);
  const commands = await app.commands();
  for (const started of ["push", "remote-http", "fetch"])
    expect(commands.filter((command) => command.includes(started))).not.toEqual([]);

  const places = await allPlaces();
  expect(places.map(({ name }) => name)).toEqual(expect.arrayContaining(["output", "arguments"]));
  expect(leaksOf(canaries, places)).toEqual([]);
  for (const place of places) {
    const planted = { ...place, bytes: Buffer.concat([Buffer.from(place.bytes), TAIL(canaries)]) };
    expect(leaksOf(canaries.slice(0, 1), [planted])).not.toEqual([]);
  }
});

function TAIL([first]: readonly Canary[]): Buffer {
  return Buffer.from(first?.value ?? "");
}

/** All that is secret: what the operator set, what GitHub handed out, and what was sent with it. */
function secrets(): readonly Canary[] {
  const pkcs8 = createPrivateKey(privateKey).export({ type: "pkcs8", format: "pem" }).toString();
  return [
    { name: "webhook secret", value: SECRET },
    { name: "private key", value: privateKey },
    { name: "private key as PKCS#8", value: pkcs8 },
    { name: "signing key", value: signing.pem },
    ...github.tokens.minted.map((value, at) => ({ name: `token ${at}`, value })),
    ...[...github.authorizations].map((value, at) => ({ name: `header ${at}`, value })),
  ];
}

async function allPlaces(): Promise<readonly Place[]> {
  const runs = heads.flatMap((head) => repository.checkRuns(head));
  const data = join(folder, "data");
  const paths = await readdir(data, { recursive: true });
  const files = await Promise.all(
    paths.map(async (path) => ({
      name: `DATA_DIR/${path}`,
      bytes: await readFile(join(data, path)).catch(() => ""),
    })),
  );
  const caches = paths.filter((path) => path.endsWith(".git"));
  return [
    { name: "output", bytes: app.output() },
    {
      name: "check runs",
      bytes: JSON.stringify(runs.map((run) => ({ ...run, app: null, suite: null }))),
    },
    { name: "ledger", bytes: objectsIn(repository.gitFolder, `refs/heads/${LEDGER}`) },
    { name: "arguments", bytes: (await app.commands()).join("\n") },
    ...files,
    ...caches.map((path) => ({ name: `objects of ${path}`, bytes: objectsIn(join(data, path)) })),
  ];
}

/** What git keeps compressed; with a ref, the text of all its history too. */
function objectsIn(gitFolder: string, ref?: string): Buffer {
  const run = (...args: readonly string[]) =>
    execFileSync("git", ["-C", gitFolder, ...args], {
      maxBuffer: 256 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    });
  const all = run("cat-file", "--batch-all-objects", "--batch", "--unordered");
  return ref === undefined ? all : Buffer.concat([all, run("log", "-p", ref)]);
}
