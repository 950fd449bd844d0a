import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import { openForeignApp } from "../app/foreign-app.ts";
import type { Fixture } from "../embedded-github/fixture.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import {
  beginLedger,
  checkout,
  emptyWorkspace,
  jobToken,
  POLICY,
  startShop,
  type Workspace,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import type { RunnerCommand } from "./runner/commands.ts";
import { runStep, type Step, type StepResult } from "./runner/run-step.ts";

const RAISED = { [WORKFLOW]: workflow("write") };
const PERMISSIONS = { checks: "write", contents: "write", "pull-requests": "read" } as const;
const signing = generateSigningKey();

let fixture: Fixture;
let fork: RepositoryHandle;
let workspace: Workspace;

beforeEach(async () => {
  fixture = await startShop();
  fixture.repository.grant("bob", "write");
  fork = await fixture.repository.fork("eve");
  workspace = await emptyWorkspace();
});

afterEach(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** A pull request from the fork. */
async function proposed(
  files: Readonly<Record<string, string>>,
  base = "main",
): Promise<{ readonly number: number; readonly sha: string }> {
  const sha = await fork.commit({ branch: "topic", files, by: "eve" });
  const { number } = await fixture.repository.openPull({
    ...{ by: "eve", title: "From a fork", head: "topic", from: fork, base },
  });
  return { number, sha };
}

/** A pull request of what stands on the fork's branch. */
function again(base: string): Promise<{ readonly number: number }> {
  return fixture.repository.openPull({
    ...{ by: "eve", title: base, head: "topic", from: fork, base },
  });
}

/** A run of the default branch's workflow behind one on a pull request with this head. */
async function followed(head: string, rest: Partial<Step> = {}): Promise<StepResult> {
  const { id, owner, name, defaultBranch } = fixture.repository;
  const fullName = `${owner}/${name}`;
  return runStep({
    event: "workflow_run",
    payload: {
      action: "completed",
      // A fork's run lists no pull requests.
      workflow_run: { event: "pull_request", head_sha: head, pull_requests: [] },
      repository: { id, full_name: fullName, default_branch: defaultBranch },
    },
    repository: { id, fullName },
    sha: (await fixture.repository.head("main")) ?? "",
    workspace: workspace.folder,
    serverUrl: fixture.github.url,
    token: jobToken(fixture, PERMISSIONS),
    ...rest,
  });
}

const checksOf = (sha: string) => fixture.repository.checkRuns(sha);

/** Begins a ledger, and answers the inputs that a step records on it with. */
async function withLedger(): Promise<Record<string, string>> {
  const root = await beginLedger(fixture, signing.key);
  return { "signing-key": signing.pem, "ledger-root": root };
}

test("a fork's change is denied in a check on its head, and allowed once somebody approved", async () => {
  const { number, sha } = await proposed(RAISED);
  expect(await followed(sha)).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(checksOf(sha)).toMatchObject([
    { name: "bailiff", conclusion: "failure", externalId: `action/pull/${number}/blocked` },
  ]);
  fixture.repository.review(number, { by: "bob", event: "APPROVE" });
  expect(await followed(sha)).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
  expect(checksOf(sha)[0]).toMatchObject({ conclusion: "success" });
});

test("a fork's pull request gets its comment from the run behind its own", async () => {
  const { number, sha } = await proposed(RAISED);
  const token = jobToken(fixture, { ...PERMISSIONS, "pull-requests": "write" });
  const asked = { token, with: { comment: "on" } };
  await followed(sha, asked);
  await followed(sha, asked);
  expect(fixture.repository.comments(number)).toMatchObject([
    {
      author: { login: "github-actions[bot]" },
      body: expect.stringContaining("Denied by") as string,
    },
  ]);
});

test("the verdict is on the record before the check is, and a clone verifies", async () => {
  const inputs = await withLedger();
  const { sha } = await proposed(RAISED);
  const result = await followed(sha, { with: inputs });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY", record: "1" } });
  expect(checksOf(sha)[0]?.summary).toContain("On the record at index 1");
  await using clone = await openLedgerClone({ repository: fixture.repository.gitFolder });
  const pin = parsePin(result.outputs["pin"] ?? "");
  expect(await verifyLedger(clone, { pin })).toMatchObject({ ok: true, size: 2 });
});

test.each([
  {
    what: "another branch's workflow",
    rest: { workflowRef: "acme/shop/.github/workflows/x.yml@refs/heads/topic" },
  },
  { what: "no ledger wanted", rest: { with: { ledger: "off" } } },
])("with $what the check is posted, and nothing is recorded", async ({ rest }) => {
  const inputs = await withLedger();
  const before = await fixture.repository.head("governance-ledger");
  const { sha } = await proposed(RAISED);
  const result = await followed(sha, { ...rest, with: { ...inputs, ...rest.with } });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY", record: "" } });
  expect(checksOf(sha)).toMatchObject([{ conclusion: "failure" }]);
  expect(await fixture.repository.head("governance-ledger")).toBe(before);
});

test("nothing that lies in the workspace is believed", async () => {
  const { sha } = await proposed({ ...RAISED, [POLICY]: "version: 1\npolicies: []\n" });
  await using left = await checkout(fixture, "refs/pull/1/head", "deep");
  await left.run("update-ref", "refs/heads/main", "HEAD");
  await left.run("update-ref", "refs/remotes/origin/main", "HEAD");
  await writeFile(join(left.folder, "bailiff-verdict.json"), '{"verdict":{"decision":"ALLOW"}}');
  const result = await followed(sha, { workspace: left.folder });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(result.outputs["policy-ids"]).toContain("new-permissions");
  expect(checksOf(sha)).toMatchObject([{ conclusion: "failure" }]);
});

test("where GitHub does not take once that there is no verdict, the reason is told all the same", async () => {
  const { sha } = await proposed({ "a.txt": "a\n" });
  const route = "/repos/{owner}/{repo}/check-runs/{check_run_id}";
  fixture.github.fail({ method: "PATCH", route, fault: { kind: "status", status: 502 } });
  const result = await followed(sha, { with: { policy: "nowhere.yml" } });
  expect(result.succeeded).toBe(false);
  expect(result.log).toContain("nowhere.yml");
  expect(checksOf(sha)).toMatchObject([{ status: "completed", conclusion: "failure" }]);
});

test("of one commit that is proposed twice neither passes before both do", async () => {
  await fixture.repository.commit({ branch: "old", files: RAISED, by: "ann" });
  const { sha } = await proposed(RAISED);
  const other = await fixture.repository.openPull({
    ...{ by: "eve", title: "The same", head: "topic", from: fork, base: "old" },
  });
  const result = await followed(sha);
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  const newest = checksOf(sha).find(({ externalId }) => externalId.includes(`/${other.number}/`));
  expect(newest).toMatchObject({ conclusion: "failure" });
});

/** A change that uses so many actions by tag, proposed to so many branches. */
async function proposedTo(bases: number, actions: number): Promise<string> {
  const uses = Array.from(
    { length: actions },
    (_, n) => `      - uses: octo/${"x".repeat(150)}${n}@v1\n`,
  );
  const { sha } = await proposed({ [WORKFLOW]: `${workflow("write")}${uses.join("")}` });
  for (let n = 1; n < bases; n += 1) {
    const base = `base-${n}`;
    await fixture.repository.commit({ branch: base, files: { [`${base}.txt`]: "" }, by: "ann" });
    await fixture.repository.openPull({ by: "eve", title: base, head: "topic", from: fork, base });
  }
  return sha;
}

test("what several pull requests of one commit come to fits into one summary", async () => {
  const sha = await proposedTo(2, 1_500);
  // A summary over 1 MiB is refused.
  const { outputs, summary } = await followed(sha);
  expect(outputs).toMatchObject({ decision: "DENY" });
  expect(summary.match(/^## Bailiff: Denied by/gmu)).toHaveLength(2);
});

test.each([2, 3, 10])(
  "%s pull requests of one commit share what the runner shows of a step, and are all told",
  async (count) => {
    const sha = await proposedTo(count, 30);
    const { succeeded, commands, log } = await followed(sha);
    const [errors, warnings] = ["error", "warning"].map((level) =>
      commands.filter(({ name }) => name === level),
    ) as [RunnerCommand[], RunnerCommand[]];
    expect(succeeded).toBe(false);
    expect(errors.length).toBeLessThanOrEqual(10);
    expect(warnings.length).toBeLessThanOrEqual(10);
    expect(errors.at(-1)).toMatchObject({ properties: {}, message: "Denied by new-permissions" });
    expect(log.match(/^::error::Denied by new-permissions$/gm)).toHaveLength(count);
  },
);

test("of several pull requests SARIF holds what the strictest verdict says", async () => {
  await fixture.repository.commit({ branch: "old", files: RAISED, by: "ann" });
  const { sha } = await proposed(RAISED);
  await fixture.repository.openPull({
    ...{ by: "eve", title: "The same", head: "topic", from: fork, base: "old" },
  });
  const { outputs } = await followed(sha, { with: { sarif: "bailiff.sarif" } });
  expect(outputs).toMatchObject({ decision: "DENY" });
  expect(JSON.parse(await readFile(outputs["sarif"] ?? "", "utf8"))).toMatchObject({
    runs: [{ results: [{ ruleId: "new-permissions" }] }],
  });
});

test.each(["closed", "pushed to"])(
  "a pull request that was %s is left to its newest run",
  async (how) => {
    const { number, sha } = await proposed(RAISED);
    if (how === "closed") fixture.repository.closePull(number, { by: "eve" });
    else await fork.commit({ branch: "topic", files: { "more.txt": "" }, by: "eve" });
    const result = await followed(sha);
    expect(result).toMatchObject({ succeeded: false, outputs: {} });
    expect(result.log).toContain("No open pull request has the head");
    expect(checksOf(sha)).toEqual([]);
  },
);

test("where the App judges, neither check nor record is this run's", async () => {
  const inputs = await withLedger();
  const before = await fixture.repository.head("governance-ledger");
  const { number, sha } = await proposed(RAISED);
  const app = openForeignApp({ github: fixture.github, secret: "s" }, "acme", "bailiff");
  await app.allow(fixture.repository, sha, `pull/${number}/allowed`);
  const result = await followed(sha, { with: inputs });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY", record: "" } });
  expect(result.summary).toContain("the Bailiff App judges here");
  expect(checksOf(sha)).toHaveLength(1);
  expect(await fixture.repository.head("governance-ledger")).toBe(before);
});

test("a check that a workflow posts in the App's form keeps nothing off the record", async () => {
  const inputs = await withLedger();
  const { number, sha } = await proposed(RAISED);
  const { owner, name } = fixture.repository;
  const route = `${fixture.github.apiUrl}/repos/${owner}/${name}/check-runs`;
  const forged = { name: "bailiff", head_sha: sha, external_id: `pull/${number}/allowed` };
  await fetch(route, {
    method: "POST",
    headers: { authorization: `token ${jobToken(fixture, { checks: "write" })}` },
    body: JSON.stringify({ ...forged, status: "completed", conclusion: "success" }),
  });
  expect(checksOf(sha)).toHaveLength(1);
  expect((await followed(sha, { with: inputs })).outputs).toMatchObject({ record: "1" });
});

test.each([
  { what: "no token", rest: () => ({ with: { token: "" } }) },
  { what: "an API that is down", rest: () => ({ apiUrl: "http://127.0.0.1:9" }) },
  {
    what: "a token that may not post checks",
    rest: () => ({ token: jobToken(fixture, { contents: "read", "pull-requests": "read" }) }),
  },
  { what: "a command to run", rest: () => ({ with: { run: "make deploy" } }) },
  { what: "another head", rest: () => ({ with: { head: "main" } }) },
  { what: "another base", rest: () => ({ with: { base: "topic" } }) },
  {
    what: "a payload of another form",
    rest: () => ({ payload: { workflow_run: { head_sha: "main" } } }),
  },
])("with $what the step fails with one line, and no check passes", async ({ rest }) => {
  const { sha } = await proposed({ "a.txt": "harmless\n" });
  const result = await followed(sha, rest());
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(result.commands.filter(({ name }) => name !== "add-mask")).toMatchObject([
    { name: "error", properties: {} },
  ]);
  expect(result.log).not.toMatch(/^\s+at /m);
  expect(checksOf(sha).some(({ conclusion }) => conclusion === "success")).toBe(false);
});

test("two pull requests of one commit that are both allowed are both green", async () => {
  await fixture.repository.commit({ branch: "old", files: { "b.txt": "b\n" }, by: "ann" });
  const sha = await fork.commit({ branch: "topic", files: { "a.txt": "a\n" }, by: "eve" });
  await again("main");
  await again("old");
  const result = await followed(sha);
  expect(result).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
  const all = fixture.repository.checkRuns(sha);
  expect(all.map(({ externalId, conclusion }) => [externalId, conclusion])).toEqual([
    ["action/pull/2/allowed", "success"],
    ["action/pull/1/allowed", "success"],
  ]);
});

test("a step is not green where the check that it posts is red", async () => {
  await fixture.repository.commit({ branch: "old", files: { "b.txt": "b\n" }, by: "ann" });
  const sha = await fork.commit({ branch: "topic", files: { "a.txt": "a\n" }, by: "eve" });
  const { number } = await again("main");
  const route = "/repos/{owner}/{repo}/check-runs";
  const act = () => fixture.repository.editPull(number, { by: "eve", base: "old" });
  fixture.github.fail({ method: "POST", route, fault: { kind: "meanwhile", act } });
  const result = await followed(sha);
  expect(checksOf(sha)[0]).toMatchObject({ conclusion: "failure" });
  expect(result.succeeded).toBe(false);
});

test("a run that read a title before another run denied a newer one does not overrule it", async () => {
  const policy = `version: 1
policies:
  - id: named
    decision: DENY
    only: { action.title: "bad" }
    message: this title is refused
`;
  await fixture.repository.commit({
    branch: "main",
    files: { ".github/bailiff.yml": policy },
    by: "ann",
  });
  const sha = await fork.commit({ branch: "topic", files: { "a.txt": "" }, by: "eve" });
  const { number } = await again("main");
  const route = "/repos/{owner}/{repo}/check-runs";
  const act = async () => {
    await fixture.repository.editPull(number, { by: "eve", title: "bad" });
    expect(await followed(sha)).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  };
  fixture.github.fail({ method: "POST", route, fault: { kind: "meanwhile", act } });
  await followed(sha);
  expect(checksOf(sha)[0]).not.toMatchObject({ conclusion: "success" });
});

test("a commit that very many pull requests propose is refused in its check", async () => {
  const { repository } = fixture;
  const sha = await fork.commit({ branch: "topic", files: { "a.txt": "a\n" }, by: "eve" });
  for (let n = 0; n <= 10; n += 1) {
    await repository.commit({ branch: `base-${n}`, files: { "b.txt": `${n}\n` }, by: "ann" });
    await again(`base-${n}`);
  }
  const result = await followed(sha);
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(result.log).toContain("11 open pull requests have this commit as their head");
  expect(checksOf(sha)).toMatchObject([{ status: "completed", conclusion: "failure" }]);
});
