import { afterEach, beforeEach, expect, test } from "vitest";
import { type GitClient, gitClient } from "../embedded-github/git-client.ts";
import type { Fixture } from "../embedded-github/fixture.ts";
import {
  checkout,
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
import { runStep, type Step } from "./runner/run-step.ts";

const NOTHING = "0".repeat(40);
const RAISED = { [WORKFLOW]: workflow("write") };
const LENIENT =
  "version: 1\npolicies:\n  - id: nothing\n    decision: DENY\n    only: { action.kind: deployment }\n    message: never\n";

let fixture: Fixture;
let workspace: Workspace;
let main: string;

beforeEach(async () => {
  fixture = await startShop();
  fixture.repository.grant("ann", "write");
  workspace = await emptyWorkspace();
  main = (await fixture.repository.head("main")) ?? "";
});

afterEach(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

function step(event: string, payload: object, rest: Partial<Step> = {}): Step {
  const { id } = fixture.repository;
  return {
    event,
    payload: { repository: { id, full_name: "acme/shop", default_branch: "main" }, ...payload },
    repository: { id, fullName: "acme/shop" },
    sha: main,
    workspace: workspace.folder,
    serverUrl: fixture.github.url,
    token: jobToken(fixture, { contents: "read" }),
    ...rest,
  };
}

const committed = (branch: string, files: Readonly<Record<string, string>>) =>
  fixture.repository.commit({ branch, files, by: "ann" });

/** What `actions/checkout` with `fetch-depth: 0` leaves: all branches, and all tags. */
async function deepWithTags(branch: string): Promise<GitClient> {
  const client = await checkout(fixture, `refs/heads/${branch}`, "deep");
  await client.run("fetch", "-q", "origin", "+refs/tags/*:refs/tags/*");
  return client;
}

/** Somebody who may push tags pushes one that is called as the default branch. */
async function pushTag(sha: string): Promise<void> {
  await using client = await gitClient(fixture.github.user("ann").token);
  await client.run("init", "-q", ".");
  await client.run("fetch", "-q", fixture.repository.gitUrl, sha);
  const { ok, stderr } = await client.run(
    "push",
    "-q",
    fixture.repository.gitUrl,
    `${sha}:refs/tags/main`,
  );
  expect([ok, stderr]).toEqual([true, ""]);
}

test.each(["workflow_dispatch", "deployment", "push"])(
  "a tag called as the default branch is no base on %s",
  async (event) => {
    const sha = await committed("topic", RAISED);
    await pushTag(sha);
    await using deep = await deepWithTags("topic");
    const payload = {
      workflow_dispatch: {},
      deployment: { deployment: { sha, ref: "topic", environment: "production" } },
      push: { ref: "refs/heads/topic", before: NOTHING, after: sha },
    }[event];
    const rest = { sha, ref: "refs/heads/topic", workspace: deep.folder };
    const result = await runStep(step(event, payload ?? {}, rest));
    expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  },
);

test.each(["pull_request_target", "pull_request", "pull_request_review"])(
  "a fork that was checked out with its history brings no policies on %s",
  async (event) => {
    const fork = await fixture.repository.fork("eve");
    await fork.commit({ branch: "main", files: { [POLICY]: LENIENT }, by: "eve" });
    await fork.commit({ branch: "topic", files: RAISED, by: "eve", parent: main });
    const { number } = await fixture.repository.openPull({
      ...{ by: "eve", title: "From a fork", head: "topic", from: fork },
    });
    // actions/checkout with `repository: head.repo.full_name`, `ref: head.sha`, `fetch-depth: 0`.
    await using deep = await checkout({ ...fixture, repository: fork }, "refs/heads/topic", "deep");
    const asked = await pullStep(fixture, number, deep.folder);
    const result = await runStep({ ...asked, event });
    expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  },
);

test("the input base changes no policies of a push to the default branch", async () => {
  const develop = await committed("develop", { [POLICY]: LENIENT });
  const after = await committed("main", RAISED);
  expect(develop).not.toBe(after);
  const payload = { ref: "refs/heads/main", before: main, after };
  const result = await runStep(step("push", payload, { with: { base: "develop" } }));
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

test("the input base chooses no policies, and makes no simulation", async () => {
  const after = await committed("main", RAISED);
  await using deep = await checkout(fixture, "refs/heads/main", "deep");
  const payload = { ref: "refs/heads/main", before: main, after };
  const base = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  const result = await runStep(
    step("push", payload, { with: { base }, workspace: deep.folder, sha: after }),
  );
  expect(result.succeeded).toBe(false);
});

test("a fork's branch is no name for the input head", async () => {
  const fork = await fixture.repository.fork("eve");
  await fork.commit({ branch: "main", files: RAISED, by: "eve" });
  const { number } = await fixture.repository.openPull({
    ...{ by: "eve", title: "From a fork", head: "main", from: fork },
  });
  const asked = await pullStep(fixture, number, workspace.folder);
  const result = await runStep({ ...asked, with: { head: "main" } });
  expect(result.succeeded).toBe(false);
});

test.each(["main", "topic"])(
  "a push that takes %s back to before a tightening is judged",
  async (branch) => {
    const loose = await committed(branch, RAISED);
    const tight = await committed(branch, { [WORKFLOW]: workflow("read") });
    const payload = { ref: `refs/heads/${branch}`, before: tight, after: loose };
    const result = await runStep(step("push", { ...payload, forced: true }, { sha: loose }));
    expect(result.succeeded).toBe(false);
    expect(result.outputs["decision"] ?? "none").toBe(branch === "main" ? "none" : "DENY");
  },
);

test.each(["merge_group", "pull_request"])(
  "what a step before this one did to the checkout's branches brings no policies on %s",
  async (event) => {
    await committed("lenient", { [POLICY]: LENIENT });
    const { number, sha } = await openChange(fixture, RAISED);
    await using deep = await checkout(fixture, `refs/pull/${number}/head`, "deep");
    // `npm ci` of the change, say.
    await deep.run("update-ref", "refs/remotes/origin/main", "refs/remotes/origin/lenient");
    const asked = await pullStep(fixture, number, deep.folder);
    const head_ref = "refs/heads/gh-readonly-queue/main/pr-1";
    const group = { base_ref: "refs/heads/main", base_sha: main, head_ref, head_sha: sha };
    const payload = { ...asked.payload, merge_group: group };
    const workflowRef = "acme/policies/.github/workflows/gate.yml@refs/heads/main";
    const result = await runStep({ ...asked, event, payload, workflowRef });
    expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  },
);
