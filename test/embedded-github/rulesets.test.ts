import { afterAll, beforeAll, expect, test } from "vitest";
import { startFixture, type Fixture } from "./fixture.ts";
import { gitClient, type GitClient } from "./git-client.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  expect(fixture.github.violations).toEqual([]);
});

function push(client: GitClient, ...args: readonly string[]): ReturnType<GitClient["run"]> {
  return client.run("-C", "clone", "push", "--quiet", "origin", ...args);
}

test("rulesets bind a push by the branch and the rule, and bypass only who is named", async () => {
  const { github, app } = fixture;
  const repository = await github.createRepository({ owner: "acme", name: "ruled", private: true });
  await repository.commit({ branch: "main", files: { a: "1" }, by: "ann" });
  repository.grant("ann", "admin");
  const branches = ["governance-ledger", "kept/*"];
  const bypassApps = [app.id];
  repository.addRuleset({
    name: "one writer",
    branches,
    rules: [{ type: "creation" }, { type: "update" }],
    bypassApps,
  });
  repository.addRuleset({
    name: "no rewriting",
    branches,
    rules: [{ type: "deletion" }, { type: "non_fast_forward" }],
  });
  await using person = await gitClient(github.user("ann").token);
  await using bot = await gitClient(await installationToken());
  for (const [who, client] of Object.entries({ person, bot })) {
    await client.run("clone", "--quiet", repository.gitUrl, "clone");
    await client.run("-C", "clone", "commit", "--quiet", "--allow-empty", "-m", who);
  }
  const created = await push(person, "HEAD:governance-ledger");
  expect(created.ok).toBe(false);
  expect(created.stderr).toContain(
    "GH013: Repository rule violations found for refs/heads/governance-ledger",
  );
  expect(created.stderr).toContain("Cannot create ref");
  expect((await push(person, "HEAD:kept/deep/er")).ok).toBe(true);
  expect((await push(person, "HEAD:kept/one")).ok).toBe(false);

  expect((await push(bot, "HEAD:governance-ledger")).ok).toBe(true);
  expect((await push(person, "+HEAD:governance-ledger")).stderr).toContain("Cannot update");
  const rewritten = await push(bot, "+HEAD~1:governance-ledger");
  expect(rewritten.stderr).toContain("Cannot force-push");
  expect((await push(bot, ":governance-ledger")).stderr).toContain("Cannot delete");
  const both = await push(bot, "HEAD:beside", ":governance-ledger");
  expect(both.ok).toBe(false);
  expect(await repository.head("beside")).toBeNull();
});

test("a branch's rules can be asked for, and whoever bypasses them is not told", async () => {
  const { github, asInstallation } = fixture;
  const repository = await github.createRepository({ owner: "acme", name: "asked" });
  await repository.commit({ branch: "main", files: { a: "1" }, by: "ann" });
  repository.addRuleset({
    name: "all",
    branches: ["~DEFAULT_BRANCH"],
    rules: [
      { type: "creation" },
      { type: "update" },
      { type: "deletion" },
      { type: "non_fast_forward" },
      { type: "required_status_checks", checks: [{ context: "bailiff", integrationId: 7 }] },
    ],
    bypassApps: [fixture.app.id],
  });
  const ask = async (branch: string): Promise<unknown[]> =>
    (await asInstallation.rest.repos.getBranchRules({ owner: "acme", repo: "asked", branch })).data;
  expect(await ask("main")).toMatchObject([
    { type: "creation" },
    { type: "update" },
    { type: "deletion" },
    { type: "non_fast_forward" },
    { parameters: { required_status_checks: [{ context: "bailiff", integration_id: 7 }] } },
  ]);
  expect(await ask("mainly")).toEqual([]);
});

test.each([
  { when: "no App reported", report: () => Promise.resolve(), says: "is expected" },
  {
    when: "it runs",
    report: (name: string, sha: string) => report(name, sha, { status: "in_progress" }),
    says: "is in progress",
  },
  {
    when: "it failed",
    report: (name: string, sha: string) => report(name, sha, { conclusion: "failure" }),
    says: "is failing",
  },
  {
    when: "another App's passed",
    report: (name: string, sha: string) => report(name, sha, { conclusion: "success" }),
    says: "was not set by the expected GitHub App",
    integrationId: 7,
  },
])(
  "a merge waits for its required check where $when",
  async ({ when, report: act, says, integrationId }) => {
    const name = `required-${when.replaceAll(" ", "-").replace("'", "")}`;
    const repository = await fixture.github.createRepository({ owner: "acme", name });
    await repository.commit({ branch: "main", files: { a: "1" }, by: "ann" });
    const sha = await repository.commit({ branch: name, files: { b: "1" }, by: "ann" });
    const { number } = await repository.openPull({ by: "ann", title: name, head: name });
    const check = { context: "bailiff", integrationId: integrationId ?? fixture.app.id };
    const rules = [{ type: "required_status_checks", checks: [check] }] as const;
    repository.addRuleset({ name: "gate", branches: ["main"], rules });
    await act(name, sha);
    await expect(repository.merge(number, { by: "ann" })).rejects.toThrow(says);
    if (integrationId !== undefined) return;
    await report(name, sha, { conclusion: "success" });
    expect(await repository.merge(number, { by: "ann" })).toBe(await repository.head("main"));
  },
);

async function report(
  repo: string,
  head_sha: string,
  state: Readonly<Record<string, string>>,
): Promise<void> {
  const route = "POST /repos/{owner}/{repo}/check-runs";
  await fixture.asInstallation.request(route, {
    owner: "acme",
    repo,
    name: "bailiff",
    head_sha,
    ...state,
  });
}

async function installationToken(): Promise<string> {
  const { asApp, installation } = fixture;
  const wanted = { installation_id: installation.id };
  return (await asApp.rest.apps.createInstallationAccessToken(wanted)).data.token;
}
