import { afterEach, beforeEach, expect, test } from "vitest";
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

let fixture: Fixture;
let workspace: Workspace;
let number: number;

beforeEach(async () => {
  fixture = await startShop({ private: true });
  fixture.repository.grant("ann", "write");
  fixture.repository.grant("bob", "write");
  workspace = await emptyWorkspace();
  ({ number } = await openChange(fixture, { [WORKFLOW]: workflow("write") }));
});

afterEach(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

async function judged(rest: Partial<Step> = {}): Promise<StepResult> {
  const step = await pullStep(fixture, number, workspace.folder);
  const token = jobToken(fixture, { contents: "read", "pull-requests": "read" });
  return runStep({ ...step, token, ...rest });
}

function approve(): void {
  fixture.repository.review(number, { by: "bob", event: "APPROVE" });
}

function warnings({ commands }: StepResult): readonly string[] {
  const plain = commands.filter(
    ({ name, properties }) => name === "warning" && !properties["title"],
  );
  return plain.map(({ message }) => message);
}

test.each(["pull_request", "pull_request_target", "pull_request_review"])(
  "on %s an approval of the judged head settles what was denied",
  async (event) => {
    expect(await judged({ event })).toMatchObject({ succeeded: false });
    approve();
    const result = await judged({ event });
    expect(result).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
    expect(result.summary).toContain("Settled");
    expect(warnings(result)).toEqual([]);
  },
);

test.each([
  {
    what: "a token that may not read reviews",
    rest: () => ({ token: jobToken(fixture, { contents: "read" }) }),
  },
  { what: "an API that is down", rest: () => ({ apiUrl: "http://127.0.0.1:9" }) },
])("with $what an approval settles nothing, and one line says why", async ({ rest }) => {
  approve();
  const result = await judged(rest());
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(warnings(result)).toEqual([expect.stringMatching(/^Reviews are unknown, .*\S$/)]);
  expect(result.log).not.toMatch(/^\s+at /m);
});

test("a change that nothing stands against asks the API for nothing", async () => {
  const sha = await fixture.repository.commit({
    branch: "calm",
    files: { "a.txt": "a\n" },
    by: "ann",
  });
  const calm = await fixture.repository.openPull({ by: "ann", title: "Calm", head: "calm" });
  const step = await pullStep(fixture, calm.number, workspace.folder);
  const result = await runStep({ ...step, apiUrl: "http://127.0.0.1:9" });
  expect(result).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
  expect(warnings(result)).toEqual([]);
  expect(sha).toBe(step.sha);
});

test("a policy that reads reviews itself has them, whatever stands without them", async () => {
  const policy =
    'version: 1\npolicies:\n  - id: seen\n    decision: DENY\n    when: { "!!": [{ "var": "reviews" }] }\n    message: reviews are known\n';
  approve();
  await fixture.repository.commit({ branch: "main", files: { [POLICY]: policy }, by: "ann" });
  const step = await pullStep(fixture, number, workspace.folder);
  const token = jobToken(fixture, { contents: "read", "pull-requests": "read" });

  expect((await runStep({ ...step, token })).outputs).toMatchObject({ "policy-ids": "seen" });
});
