import { createSign, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedGitHub } from "./embedded-github.ts";
import { openPull, refusal, shop, startFixture, type Fixture } from "./fixture.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture({ private: true });
});
afterAll(() => fixture[Symbol.asyncDispose]());

const seconds = (): number => Math.floor(Date.now() / 1000);

function jwt(
  claims: Readonly<Record<string, unknown>>,
  { key = fixture.app.privateKey, alg = "RS256" } = {},
): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createSign("sha256").update(signed).sign(key).toString("base64url")}`;
}

async function getApp(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${fixture.github.apiUrl}/app`, { headers })).status;
}

test("an App's own token tells who it is", async () => {
  expect((await fixture.asApp.rest.apps.getAuthenticated()).data).toMatchObject({
    id: fixture.app.id,
    slug: "bailiff",
    events: ["pull_request", "pull_request_review", "check_run"],
  });
});

test.each([
  { when: "it lives longer than ten minutes", claims: () => ({ exp: seconds() + 700 }) },
  { when: "it has expired", claims: () => ({ exp: seconds() - 1 }) },
  { when: "it never expires", claims: () => ({ exp: undefined }) },
  { when: "it was issued in the future", claims: () => ({ iat: seconds() + 90 }) },
  { when: "it does not say when it was issued", claims: () => ({ iat: undefined }) },
  { when: "nobody knows its issuer", claims: () => ({ iss: "999999" }) },
])("an App's token is refused where $when", async ({ claims }) => {
  const good = { iat: seconds(), exp: seconds() + 500, iss: String(fixture.app.id) };
  expect(await getApp(jwt(good))).toBe(200);
  expect(await getApp(jwt({ ...good, ...claims() }))).toBe(401);
});

test("an App's token is refused where another key signed it", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const claims = { iat: seconds(), exp: seconds() + 500, iss: String(fixture.app.id) };
  expect(await getApp(jwt(claims, { key }))).toBe(401);
});

test("an App's token is refused where it names another algorithm than RS256", async () => {
  const claims = { iat: seconds(), exp: seconds() + 500, iss: String(fixture.app.id) };
  expect(await getApp(jwt(claims, { alg: "none" }))).toBe(401);
});

test.each(["", "nonsense", "Bearer nonsense", "Basic !", "token ghp_unknown", "token ghs_1_a.b.c"])(
  "the authorization %j is refused",
  async (authorization) => {
    const response = await fetch(`${fixture.github.apiUrl}/app`, { headers: { authorization } });
    expect(response.status).toBe(401);
  },
);

test("an installation's token has the stateless look and lasts an hour", async () => {
  const { data } = await fixture.asApp.rest.apps.createInstallationAccessToken({
    installation_id: fixture.installation.id,
  });
  expect(data.token).toMatch(new RegExp(`^ghs_${fixture.app.id}_[\\w-]+\\.[\\w-]+\\.[\\w-]+$`));
  expect(data.token.length).toBeGreaterThan(40);
  expect(Date.parse(data.expires_at) - Date.now()).toBeGreaterThan(3500_000);
  expect(Date.parse(data.expires_at) - Date.now()).toBeLessThanOrEqual(3600_000);
});

test("an installation's token dies after its hour, and one that was tampered with is none", async () => {
  let now = new Date();
  await using github = await startEmbeddedGitHub({ now: () => now });
  await github.createRepository({ owner: "acme", name: "shop" });
  const manifest = { default_permissions: { metadata: "read" }, default_events: [] } as const;
  const app = github.registerApp({ manifest, webhookSecret: "unused in this test" });
  const { id } = github.install(app, { owner: "acme" });
  const own = { iat: seconds(), exp: seconds() + 500, iss: app.id };
  const created = await fetch(`${github.apiUrl}/app/installations/${id}/access_tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${jwt(own, { key: app.privateKey })}` },
  });
  const { token } = (await created.json()) as { token: string };
  const ask = async (asked: string): Promise<number> => {
    const headers = { authorization: `token ${asked}` };
    return (await fetch(`${github.apiUrl}/repos/acme/shop`, { headers })).status;
  };
  expect(await ask(token)).toBe(200);
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...claims, exp: 9999999999 })).toString("base64url");
  expect(await ask(`${header}.${forged}.${signature}`)).toBe(401);
  now = new Date(now.getTime() + 3601_000);
  expect(await ask(token)).toBe(401);
});

test("a token can be narrowed to repositories and permissions, and never widened", async () => {
  const other = await fixture.github.createRepository({
    owner: "acme",
    name: "other",
    private: true,
  });
  const { createInstallationAccessToken: create } = fixture.asApp.rest.apps;
  const installation_id = fixture.installation.id;
  const { data } = await create({
    installation_id,
    repository_ids: [other.id],
    permissions: { pull_requests: "read" },
  });
  const headers = { authorization: `token ${data.token}` };
  const get = async (path: string): Promise<number> =>
    (await fetch(`${fixture.github.apiUrl}${path}`, { headers })).status;
  expect(await get("/repos/acme/other/pulls")).toBe(200);
  expect(await get("/repos/acme/shop/pulls")).toBe(404);
  expect(await get("/repos/acme/other/git/ref/heads/main")).toBe(403);
  const wider = create({ installation_id, permissions: { pull_requests: "write" } });
  expect(await refusal(wider)).toEqual([422, expect.stringContaining("not granted")]);
  const foreign = create({ installation_id, repository_ids: [1] });
  expect(await refusal(foreign)).toEqual([422, expect.stringContaining("does not exist")]);
});

test("an installation finds its repositories, and the App finds its installation by them", async () => {
  const { asApp, asInstallation, installation } = fixture;
  const listed = await asInstallation.rest.apps.listReposAccessibleToInstallation();
  expect(listed.data.repositories.map(({ name }) => name)).toContain("shop");
  expect((await asApp.rest.apps.getRepoInstallation(shop)).data.id).toBe(installation.id);
  expect((await asApp.rest.apps.listInstallations()).data).toHaveLength(1);
  const one = await asApp.rest.apps.getInstallation({ installation_id: installation.id });
  expect(one.data.repository_selection).toBe("all");
  const absent = asApp.rest.apps.getInstallation({ installation_id: 1 });
  expect(await refusal(absent)).toEqual([404, expect.any(String)]);
});

test("an installation on chosen repositories sees no other private one", async () => {
  const { github, app } = fixture;
  await github.createRepository({ owner: "chosen", name: "seen", private: true });
  await github.createRepository({ owner: "chosen", name: "hidden", private: true });
  github.install(app, { owner: "chosen", repositories: ["seen"] });
  const find = fixture.asApp.rest.apps.getRepoInstallation;
  expect((await find({ owner: "chosen", repo: "seen" })).data.repository_selection).toBe(
    "selected",
  );
  expect(await refusal(find({ owner: "chosen", repo: "hidden" }))).toEqual([
    404,
    expect.any(String),
  ]);
});

test("an App needs a permission also for reading, and may not write where nobody installed it", async () => {
  await using poor = await startFixture({
    manifest: { default_permissions: { metadata: "read", checks: "read" } },
  });
  const { sha } = await openPull(poor);
  expect(await refusal(poor.asInstallation.rest.pulls.list(shop))).toEqual([
    403,
    expect.stringContaining("Resource not accessible by integration"),
  ]);
  const check = { ...shop, name: "bailiff", head_sha: sha };
  expect((await refusal(poor.asInstallation.rest.checks.create(check)))[0]).toBe(403);
  const elsewhere = await poor.github.createRepository({ owner: "other", name: "open" });
  const away = { owner: elsewhere.owner, repo: elsewhere.name };
  expect((await poor.asInstallation.rest.pulls.list(away)).status).toBe(200);
  const write = poor.asInstallation.rest.checks.create({ ...check, ...away });
  expect((await refusal(write))[0]).toBe(403);
});

test("what a stranger may not see is not there, and what it may not do wants authentication", async () => {
  const get = async (path: string, method = "GET"): Promise<number> =>
    (await fetch(`${fixture.github.apiUrl}${path}`, { method })).status;
  await fixture.github.createRepository({ owner: "acme", name: "open" });
  expect(await get("/repos/acme/open")).toBe(200);
  expect(await get("/repos/acme/shop")).toBe(404);
  expect(await get("/repos/acme/open/pulls", "POST")).toBe(401);
  expect(await get("/installation/repositories")).toBe(401);
  expect(await get("/nowhere")).toBe(404);
  expect(await get("/repos/%E0%A4%A/shop")).toBe(404);
  expect((await refusal(fixture.as("stranger").rest.repos.get(shop)))[0]).toBe(404);
});

test("requests are counted by route and actor, refused ones too", async () => {
  const { github, installation } = fixture;
  github.forgetRequests();
  await fixture.asInstallation.rest.repos.get(shop);
  await refusal(fixture.as("stranger").rest.repos.get(shop));
  expect(
    github.requests.map(({ method, route, actor, status }) => [method, route, actor, status]),
  ).toEqual([
    ["GET", "/repos/{owner}/{repo}", `installation:${installation.id}`, 200],
    ["GET", "/repos/{owner}/{repo}", "user:stranger", 404],
  ]);
  expect(github.violations).toEqual([]);
});
