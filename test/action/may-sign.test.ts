import { expect, test } from "vitest";
import { whyUnsigned } from "../../action/may-sign.ts";
import type { Runner } from "../../action/runner.ts";

const OWN = "octo/app/.github/workflows/ci.yml";
const OTHER = "octo/policies/.github/workflows/gate.yml@refs/heads/main";

function why(event: string, workflowRef: string, ref = "refs/heads/main"): string | null {
  const repository = { id: "1", owner: "octo", name: "app" };
  return whyUnsigned({ event, workflowRef, ref, repository } as Runner, "main");
}

test.each([
  { what: "a push to the default branch", event: "push", from: `${OWN}@refs/heads/main` },
  { what: "a run behind another one", event: "workflow_run", from: `${OWN}@refs/heads/main` },
  { what: "a merge group under a required workflow", event: "merge_group", from: OTHER },
])("$what signs", ({ event, from }) => {
  expect(why(event, from)).toBeNull();
});

test.each([
  { what: "a pull request", event: "pull_request", from: `${OWN}@refs/pull/1/merge` },
  { what: "a pull request under a required workflow", event: "pull_request", from: OTHER },
  { what: "its privileged twin", event: "pull_request_target", from: `${OWN}@refs/heads/main` },
  { what: "a dispatched run", event: "workflow_dispatch", from: `${OWN}@refs/heads/main` },
  { what: "a merge group's own workflow", event: "merge_group", from: `${OWN}@refs/heads/q` },
  {
    what: "a merge group's own workflow in other letters",
    event: "merge_group",
    from: `${OWN.replace("octo/app", "Octo/App")}@refs/heads/q`,
  },
  { what: "a merge group of nobody knows what", event: "merge_group", from: "" },
  { what: "a push by another branch's workflow", event: "push", from: `${OWN}@refs/heads/topic` },
  { what: "a push by another repository's workflow", event: "push", from: OTHER },
  {
    what: "a push by a branch of a like name",
    event: "push",
    from: `${OWN}@refs/heads/x@refs/heads/main2`,
  },
  {
    what: "a run behind another one, of a topic",
    event: "workflow_run",
    from: `${OWN}@refs/heads/t`,
  },
  {
    what: "a run behind another one, of a branch whose name ends as the default branch's ref",
    event: "workflow_run",
    from: `${OWN}@refs/heads/evil@refs/heads/main`,
  },
  { what: "a run of nobody knows what", event: "workflow_run", from: "" },
])("$what signs nothing, and says why", ({ event, from }) => {
  expect(why(event, from)).not.toBe("");
  expect(why(event, from)).toEqual(expect.any(String));
});

test("a push to another branch signs nothing", () => {
  expect(why("push", `${OWN}@refs/heads/main`, "refs/heads/topic")).toContain("no push to main");
});
