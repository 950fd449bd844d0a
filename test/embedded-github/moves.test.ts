import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openPull, refusal, shop, startFixture, type Fixture } from "./fixture.ts";
import { gitClient } from "./git-client.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture({ private: true });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  expect(fixture.github.violations).toEqual([]);
});
beforeEach(() => {
  fixture.github.installations.setPermissions(fixture.installation.id);
});

const getShop = () => fixture.asInstallation.request("GET /repos/{owner}/{repo}/pulls", shop);

const mint = () =>
  fixture.asApp.request("POST /app/installations/{installation_id}/access_tokens", {
    installation_id: fixture.installation.id,
  });

test("a repository that was renamed is found under its old name, by git only at its new one", async () => {
  const { repository, github } = fixture;
  const { gitUrl } = repository;
  repository.settings.rename("store");
  expect((await getShop()).url).toContain(`/repositories/${repository.id}/pulls`);
  await using client = await gitClient(github.user("acme").token);
  const asked = await client.run("-c", "http.followRedirects=false", "ls-remote", gitUrl);
  expect(asked).toMatchObject({ ok: false });
  expect(repository.gitUrl).toContain("/acme/store.git");
  repository.settings.rename("shop");
});

test("an installation that is suspended can do nothing, and gets no token", async () => {
  const { github, installation } = fixture;
  github.installations.suspend(installation.id);
  const message = expect.stringContaining("suspended") as string;
  expect(await refusal(getShop())).toEqual([403, message]);
  expect(await refusal(mint())).toEqual([403, message]);
  github.installations.unsuspend(installation.id);
  expect((await getShop()).status).toBe(200);
});

test("a permission that was withdrawn is missing from tokens old and new, and comes back to new ones only", async () => {
  const { github, installation } = fixture;
  const { sha } = await openPull(fixture, "withdrawn");
  const create = async () =>
    refusal(
      fixture.asInstallation.request("POST /repos/{owner}/{repo}/check-runs", {
        ...shop,
        name: "a",
        head_sha: sha,
      }),
    );
  expect((await create())[0]).toBe(0);
  github.installations.setPermissions(installation.id, { contents: "read" });
  expect((await create())[0]).toBe(403);
  expect((await mint()).data.permissions).toEqual({ contents: "read", metadata: "read" });
});

test("tokens have the form that is chosen, and end when they are revoked", async () => {
  const { github } = fixture;
  github.tokens.form = "classic";
  const { token } = (await mint()).data;
  expect(token).toMatch(/^ghs_[0-9a-f]{36}$/);
  const headers = { authorization: `token ${token}` };
  const address = `${github.apiUrl}/repos/acme/shop`;
  expect((await fetch(`${address}/pulls`, { headers })).status).toBe(200);
  github.tokens.revokeAll();
  expect((await fetch(`${address}/pulls`, { headers })).status).toBe(401);
  github.tokens.form = "stateless";
});

test("an archived repository is read and not written", async () => {
  const { sha } = await openPull(fixture, "archived");
  fixture.repository.settings.setArchived(true);
  const { github, repository } = fixture;
  const { data } = await mint();
  const headers = { authorization: `token ${data.token}` };
  const address = `${github.apiUrl}/repos/acme/shop`;
  expect((await fetch(`${address}/pulls`, { headers })).status).toBe(200);
  const body = JSON.stringify({ name: "a", head_sha: sha });
  const write = await fetch(`${address}/check-runs`, { method: "POST", headers, body });
  expect(write.status).toBe(403);
  repository.settings.setArchived(false);
});
