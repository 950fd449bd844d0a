import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPull, startFixture, type Fixture } from "./fixture.ts";
import { gitClient, type GitClient } from "./git-client.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture({ private: true });
  fixture.repository.grant("ann", "write");
  fixture.repository.grant("reader", "read");
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  expect(fixture.github.violations).toEqual([]);
});

async function tokenOf(permissions?: { contents: "read" | "write" }): Promise<string> {
  const { data } = await fixture.asApp.rest.apps.createInstallationAccessToken({
    installation_id: fixture.installation.id,
    ...(permissions === undefined ? {} : { permissions }),
  });
  return data.token;
}

/** A clone with one new commit on `branch`. */
async function cloneWithCommit(client: GitClient, branch: string, bytes = "1\n"): Promise<void> {
  const { gitUrl } = fixture.repository;
  await client.run("clone", "--quiet", gitUrl, "clone");
  await client.run("-C", "clone", "checkout", "--quiet", "-b", branch);
  await writeFile(`${client.folder}/clone/${branch}.txt`, bytes);
  await client.run("-C", "clone", "add", ".");
  expect(await client.run("-C", "clone", "commit", "--quiet", "-m", branch)).toMatchObject({
    ok: true,
  });
}

function push(client: GitClient, ...args: readonly string[]): ReturnType<GitClient["run"]> {
  return client.run("-C", "clone", "push", "--quiet", "origin", ...args);
}

test("an installation and a person clone what they may read", async () => {
  for (const token of [await tokenOf(), fixture.github.user("reader").token]) {
    await using client = await gitClient(token);
    expect((await client.run("clone", "--quiet", fixture.repository.gitUrl, "clone")).ok).toBe(
      true,
    );
    expect(await readFile(`${client.folder}/clone/README.md`, "utf8")).toBe("shop\n");
  }
});

test.each([
  { who: "nobody", token: () => null, says: /could not read Username/ },
  { who: "a stranger", token: () => fixture.github.user("stranger").token, says: /not found/ },
  { who: "a made-up token", token: () => "ghp_made-up", says: /could not read Username/ },
])("$who clones no private repository", async ({ token, says }) => {
  await using client = await gitClient(token());
  const cloned = await client.run("clone", "--quiet", fixture.repository.gitUrl, "clone");
  expect(cloned.ok).toBe(false);
  expect(cloned.stderr).toMatch(says);
});

test("everyone clones a public repository", async () => {
  const open = await fixture.github.createRepository({ owner: "acme", name: "open" });
  await open.commit({ branch: "main", files: { a: "1" }, by: "ann" });
  await using client = await gitClient(null);
  expect((await client.run("clone", "--quiet", open.gitUrl, "clone")).ok).toBe(true);
});

test("a partial clone leaves blobs out, and fetches one by its id", async () => {
  await using client = await gitClient(await tokenOf());
  const { gitUrl } = fixture.repository;
  await client.run("clone", "--quiet", "--bare", "--filter=blob:none", gitUrl, "clone");
  const missing = ["-C", "clone", "rev-list", "--objects", "--missing=print", "main"];
  const [blob = ""] =
    /\?([0-9a-f]{40})/.exec((await client.run(...missing)).stdout)?.slice(1) ?? [];
  expect(blob).toMatch(/^[0-9a-f]{40}$/);
  const fetched = await client.run("-C", "clone", "fetch", "--quiet", "origin", blob);
  expect(fetched.ok).toBe(true);
  expect((await client.run("-C", "clone", "cat-file", "-p", blob)).stdout).toBe("shop");
});

test("refs of a pull request are fetched, and never pushed", async () => {
  const { number, sha } = await openPull(fixture, "fetched");
  await using client = await gitClient(fixture.github.user("ann").token);
  await cloneWithCommit(client, "unused");
  const ref = `refs/pull/${number}/head`;
  await client.run("-C", "clone", "fetch", "--quiet", "origin", `${ref}:pulled`);
  expect((await client.run("-C", "clone", "rev-parse", "pulled")).stdout).toBe(sha);
  const pushed = await push(client, `+HEAD:${ref}`);
  expect(pushed.stderr).toContain("hidden ref");
  const listed = await client.run("ls-remote", fixture.repository.gitUrl, ref);
  expect(listed.stdout).toContain(sha);
});

test("a push with the permission moves the branch and its pull request", async () => {
  await using client = await gitClient(await tokenOf());
  await cloneWithCommit(client, "pushed");
  expect((await push(client, "pushed")).ok).toBe(true);
  const { number } = await fixture.repository.openPull({ by: "ann", title: "p", head: "pushed" });
  await client.run("-C", "clone", "commit", "--quiet", "--allow-empty", "-m", "more");
  expect((await push(client, "pushed")).ok).toBe(true);
  const { stdout } = await client.run("-C", "clone", "rev-parse", "HEAD");
  expect(await fixture.repository.head("pushed")).toBe(stdout);
  expect(fixture.repository.pull(number).head.sha).toBe(stdout);
});

test.each([
  { who: "a token that may only read", token: () => tokenOf({ contents: "read" }) },
  {
    who: "a person who may only read",
    token: () => Promise.resolve(fixture.github.user("reader").token),
  },
])("$who pushes nothing", async ({ token }) => {
  await using client = await gitClient(await token());
  await cloneWithCommit(client, "refused");
  expect((await push(client, "refused")).ok).toBe(false);
  expect(await fixture.repository.head("refused")).toBeNull();
});

test("a push too large for one buffer arrives in chunks", async () => {
  await using client = await gitClient(await tokenOf());
  const noise = Array.from({ length: 200_000 }, (_, index) =>
    ((index * 7919) % 65_536).toString(36),
  );
  await cloneWithCommit(client, "large", noise.join(""));
  const pushed = await client.run(
    "-C",
    "clone",
    "-c",
    "http.postBuffer=65536",
    "push",
    "origin",
    "large",
  );
  expect(pushed).toMatchObject({ ok: true });
  expect(await fixture.repository.head("large")).not.toBeNull();
});

test("git's requests are counted apart from the API's", async () => {
  const { github } = fixture;
  await using client = await gitClient(github.user("ann").token);
  await cloneWithCommit(client, "counted");
  github.forgetRequests();
  await push(client, "counted");
  expect(github.requests).toEqual([]);
  expect(
    github.gitRequests.map(({ service, method, actor, status }) => [
      service,
      method,
      actor,
      status,
    ]),
  ).toEqual([
    ["git-receive-pack", "GET", "user:ann", 200],
    ["git-receive-pack", "POST", "user:ann", 200],
  ]);
});

test("a push whose answer is lost has landed, and one that is reset has not", async () => {
  const { github, repository } = fixture;
  await using client = await gitClient(github.user("ann").token);
  await cloneWithCommit(client, "unlucky");
  const route = "git-receive-pack";
  github.fail({ method: "POST", route, fault: { kind: "reset" } });
  expect((await push(client, "unlucky")).ok).toBe(false);
  expect(await repository.head("unlucky")).toBeNull();
  github.fail({ route, fault: { kind: "status", status: 503 } });
  expect((await push(client, "unlucky")).stderr).toContain("503");
  github.fail({ method: "POST", route, fault: { kind: "lost-answer" } });
  expect((await push(client, "unlucky")).ok).toBe(false);
  expect(await repository.head("unlucky")).not.toBeNull();
});

test("a repository is copied from another on this machine, with its history", async () => {
  const { github, repository } = fixture;
  const copy = await github.createRepository({
    owner: "acme",
    name: "copy",
    from: repository.gitFolder,
  });
  expect(await copy.head("main")).toBe(await repository.head("main"));
  const again = github.createRepository({ owner: "Acme", name: "Copy" });
  await expect(again).rejects.toThrow("is there already");
});

test("a path that git would not ask for leads nowhere", async () => {
  const ask = async (path: string): Promise<number> =>
    (await fetch(`${fixture.github.url}${path}`)).status;
  expect(await ask("/acme/shop.git/HEAD")).toBe(404);
  expect(await ask("/acme/shop.git/objects/info/packs")).toBe(404);
  expect(await ask("/acme/..%2f..%2fetc.git/info/refs?service=git-upload-pack")).toBe(404);
  expect(await ask("/acme/shop.git/info/refs")).toBe(403);
  expect(await ask("/acme/shop.git/info/refs?service=git-upload-archive")).toBe(403);
});
