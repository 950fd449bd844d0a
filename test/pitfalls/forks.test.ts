import { afterAll, beforeAll, expect, test } from "vitest";
import { ENFORCED, openScene, POLICIES, type Scene, WORKFLOW, workflow } from "../app/scene.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { concluded } from "./checked.ts";

let scene: Scene;
let repository: RepositoryHandle;
let fork: RepositoryHandle;

beforeAll(async () => {
  scene = await openScene();
  repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
  fork = await repository.fork("eve");
});
afterAll(() => scene[Symbol.asyncDispose]());

async function openFromFork(head: string, files: Readonly<Record<string, string>>) {
  const commit = await fork.commit({ branch: head, files, by: "eve", parent: "main" });
  const options = { by: "eve", title: "From a fork", head, from: fork };
  return { ...(await repository.openPull(options)), commit };
}

const PRIVILEGED = workflow("read").replace("on: push", "on: pull_request_target");

test.each([
  { when: "raises a permission", head: "raises", files: { [WORKFLOW]: workflow("write") } },
  {
    when: "brings the usual workaround, a workflow on pull_request_target",
    head: "workaround",
    files: { ".github/workflows/fork.yml": PRIVILEGED },
  },
  {
    when: "stands on a branch of the default branch's name",
    head: "main",
    files: { [WORKFLOW]: workflow("write") },
  },
])(
  "a fork's pull request that $when is judged and denied as any other",
  async ({ head, files }) => {
    const { commit } = await openFromFork(head, files);
    await scene.settled();
    expect(concluded(scene, repository, commit)).toBe("failure");
  },
);

test("another account of the fork's owner approves nothing", async () => {
  fork.grant("eve-too", "admin");
  const files = { [WORKFLOW]: workflow("write", "make") };
  const { number, commit } = await openFromFork("approved", files);
  repository.review(number, { by: "eve-too", event: "APPROVE" });
  await scene.settled();
  expect(concluded(scene, repository, commit)).toBe("failure");
});

test("of the fork itself nothing is asked but who pushed last, which can only void approvals", () => {
  const asked = [
    ...scene.github.requests.map(({ path }) => path),
    ...scene.github.gitRequests.map((request) => request.repository),
  ];
  expect(asked.length).toBeGreaterThan(10);
  const ofFork = asked.filter((place) => place.includes("eve/"));
  expect(new Set(ofFork)).toEqual(new Set(["/repos/eve/shop/activity"]));
});
