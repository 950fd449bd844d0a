import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fixture } from "../embedded-github/fixture.ts";
import {
  checkout,
  emptyWorkspace,
  jobToken,
  openChange,
  pullStep,
  startShop,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import { runStep } from "./runner/run-step.ts";

let fixture: Fixture;
let raising: { readonly number: number; readonly sha: string };

beforeAll(async () => {
  fixture = await startShop();
  raising = await openChange(fixture, { [WORKFLOW]: workflow("write") });
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

const CHECKOUTS = {
  "the whole history": () => checkout(fixture, `refs/pull/${raising.number}/head`, "deep"),
  "one commit": () => checkout(fixture, `refs/pull/${raising.number}/head`, "shallow"),
  nothing: emptyWorkspace,
} as const;

test.each(Object.entries(CHECKOUTS))(
  "with %s checked out a change that raises permissions is denied at its line",
  async (_what, open) => {
    await using workspace = await open();
    const result = await runStep(await pullStep(fixture, raising.number, workspace.folder));
    expect(result.succeeded).toBe(false);
    expect(result.outputs).toMatchObject({ decision: "DENY", "policy-ids": "new-permissions" });
    const [annotation, failure, ...more] = result.commands.filter(({ name }) => name === "error");
    expect(annotation).toMatchObject({
      properties: { file: WORKFLOW, line: "3", endLine: "3", title: "DENY: new-permissions" },
      message: expect.stringContaining("jobs.release: contents read → write") as string,
    });
    expect(failure).toEqual({
      name: "error",
      properties: {},
      message: "Denied by new-permissions",
    });
    expect(more).toEqual([]);
    expect(result.summary).toContain("an approval of");
  },
);

test("the verdict is handed on as a file", async () => {
  await using workspace = await emptyWorkspace();
  const { outputs } = await runStep(await pullStep(fixture, raising.number, workspace.folder));
  expect(JSON.parse(await readFile(outputs["verdict"] ?? "", "utf8"))).toMatchObject({
    verdict: { decision: "DENY", provenance: { origin: "action" } },
    change: { head: raising.sha },
  });
  expect(outputs["sarif"]).toBe("");
});

test("two steps of a job keep their verdicts apart", async () => {
  await using workspace = await emptyWorkspace();
  const temp = await mkdtemp(join(tmpdir(), "bailiff-temp-"));
  const calm = await openChange(fixture, { "calm.txt": "" }, "calm");
  const verdicts: string[] = [];
  for (const { number } of [raising, calm]) {
    const step = await pullStep(fixture, number, workspace.folder);
    const { outputs } = await runStep({ ...step, env: { RUNNER_TEMP: temp } });
    verdicts.push(outputs["verdict"] ?? "");
  }
  const told = await Promise.all(verdicts.map((file) => readFile(file, "utf8")));
  const decisions = told.map((text) => (JSON.parse(text) as VerdictFile).verdict.decision);
  expect(decisions).toEqual(["DENY", "ALLOW"]);
  await rm(temp, { recursive: true });
});

interface VerdictFile {
  readonly verdict: { readonly decision: string };
}

test("on a runner without summaries the verdict and the failure are as ever", async () => {
  await using workspace = await emptyWorkspace();
  const step = await pullStep(fixture, raising.number, workspace.folder);
  const env = { GITHUB_STEP_SUMMARY: "" };
  const result = await runStep({ ...step, env });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(result.log).toContain("::error::Denied by new-permissions");
  expect(result.log).not.toMatch(/^\s+at /m);
  const { succeeded, log } = await runStep({ ...step, env, with: { base: "gone" } });
  expect(succeeded).toBe(false);
  expect(log).toContain("::error::");
  expect(log).not.toMatch(/^\s+at /m);
});

const OWN = "acme/shop/.github/workflows/bailiff.yml@refs/pull/1/merge";
const REQUIRED = "acme/policies/.github/workflows/bailiff.yml@refs/heads/main";

test.each([
  { event: "pull_request", from: OWN, binds: false },
  { event: "pull_request", from: REQUIRED, binds: true },
  { event: "pull_request_review", from: OWN, binds: false },
  { event: "merge_group", from: OWN, binds: false },
  { event: "merge_group", from: REQUIRED, binds: true },
  { event: "pull_request_target", from: OWN, binds: true },
])("on $event a workflow from $from binds: $binds", async ({ event, from, binds }) => {
  await using workspace = await emptyWorkspace();
  const step = await pullStep(fixture, raising.number, workspace.folder);
  const group = {
    ...{ base_ref: "refs/heads/main", base_sha: (await fixture.repository.head("main")) ?? "" },
    ...{ head_ref: "refs/heads/topic", head_sha: raising.sha },
  };
  const payload = { ...step.payload, merge_group: group };
  const { summary } = await runStep({ ...step, event, payload, workflowRef: from });
  expect(summary.includes("This run binds nobody")).toBe(!binds);
  expect(summary).toContain(
    `[\`${WORKFLOW}\` line 3](${fixture.github.url}/acme/shop/blob/${raising.sha}/${WORKFLOW}#L3)`,
  );
});

test("SARIF is written where it is asked for", async () => {
  await using workspace = await emptyWorkspace();
  const step = await pullStep(fixture, raising.number, workspace.folder);
  const { outputs } = await runStep({ ...step, with: { sarif: "bailiff.sarif" } });
  expect(outputs["sarif"]).toBe(join(workspace.folder, "bailiff.sarif"));
  expect(JSON.parse(await readFile(outputs["sarif"] ?? "", "utf8"))).toMatchObject({
    runs: [{ results: [{ ruleId: "new-permissions" }] }],
  });
});

test("the token stands in no word of the log", async () => {
  await using workspace = await emptyWorkspace();
  const step = await pullStep(fixture, raising.number, workspace.folder);
  const { log, summary } = await runStep(step);
  const words = log.split("\n").filter((line) => !line.startsWith("::add-mask::"));
  expect(`${words.join("\n")}${summary}`).not.toContain(step.token);
});

test.each([
  { what: "no server", change: { serverUrl: "http://127.0.0.1:9" } },
  { what: "a token that is not one", change: { token: "wrong\ntoken" } },
  { what: "a payload of another form", change: { payload: { pull_request: { number: "1" } } } },
  { what: "an event without a change", change: { event: "issues" } },
  { what: "a level that is none", change: { with: { "fail-on": "never" } } },
  { what: "a comment neither on nor off", change: { with: { comment: "true" } } },
  { what: "a policy that is nowhere", change: { with: { policy: "policies/none.yml" } } },
  { what: "a base that is nowhere", change: { with: { base: "gone" } } },
  { what: "a base commit that is nowhere", change: { with: { base: "1".repeat(40) } } },
])("with $what the step fails with one line, and no output", async ({ change }) => {
  await using workspace = await emptyWorkspace();
  const step = await pullStep(fixture, raising.number, workspace.folder);
  const result = await runStep({ ...step, ...change });
  expect(result.succeeded).toBe(false);
  expect(result.outputs).toEqual({});
  const told = result.commands.filter(({ name }) => name !== "add-mask");
  expect(told).toMatchObject([{ name: "error", properties: {} }]);
  expect(told[0]?.message).not.toContain("\n");
  expect(result.log).not.toMatch(/^\s+at /m);
  expect(result.summary).toContain("No verdict");
});

test("a job that is run again after the base was changed is not judged against the old base", async () => {
  await using workspace = await emptyWorkspace();
  const { repository } = fixture;
  const files = { [WORKFLOW]: workflow("write") };
  await repository.commit({ branch: "old", files, by: "ann" });
  await repository.commit({ branch: "again", files: { ...files, "a.txt": "a" }, by: "ann" });
  const { number } = await repository.openPull({
    by: "ann",
    title: "T",
    head: "again",
    base: "old",
  });
  const token = jobToken(fixture, { contents: "read", "pull-requests": "read" });
  const first = { ...(await pullStep(fixture, number, workspace.folder)), token };
  expect(await runStep(first)).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
  await repository.editPull(number, { by: "ann", base: "main" });
  const edited = { ...(await pullStep(fixture, number, workspace.folder)), token };
  expect(await runStep(edited)).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  // "Re-run jobs" of the first run: GitHub gives it the payload of its own event again.
  const again = { ...first, env: { GITHUB_RUN_ATTEMPT: "2" } };
  expect(await runStep(again)).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
});

test.each([
  { what: "without a token", rest: { token: "" } },
  { what: "where the API is down", rest: { apiUrl: "http://127.0.0.1:9" } },
  { what: "after its pull request was pushed to", rest: {} },
])("a job that is run again $what is not judged by its old event", async ({ what, rest }) => {
  await using workspace = await emptyWorkspace();
  const branch = what.replaceAll(" ", "-");
  const { number } = await openChange(fixture, { [`${branch}.txt`]: "a\n" }, branch);
  const step = await pullStep(fixture, number, workspace.folder);
  if (what.includes("pushed")) await openChangeAgain(branch);
  const result = await runStep({ ...step, ...rest, env: { GITHUB_RUN_ATTEMPT: "2" } });
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(result.log).not.toMatch(/^\s+at /m);
});

function openChangeAgain(branch: string): Promise<string> {
  return fixture.repository.commit({ branch, files: { "more.txt": "b\n" }, by: "ann" });
}
