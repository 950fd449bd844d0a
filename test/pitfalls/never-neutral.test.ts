import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "../app/scene.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";

let scene: Scene;
let repository: RepositoryHandle;
const judgedHeads: { of: RepositoryHandle; head: string }[] = [];

beforeAll(async () => {
  scene = await openScene();
  repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
});
afterAll(() => scene[Symbol.asyncDispose]());

const raised = { [WORKFLOW]: workflow("write") };
const harmless = { "README.md": "hello\n" };

async function judge(of: RepositoryHandle, files: Readonly<Record<string, string>>, name: string) {
  const pull = await openPull(of, files, { head: name });
  await scene.settled();
  judgedHeads.push({ of, head: pull.head });
  return { ...pull, runs: of.checkRuns(pull.head) };
}

test("a pull request without a single change gets its verdict, and not silence", async () => {
  const { runs } = await judge(repository, {}, "empty");
  expect(runs).toMatchObject([{ status: "completed", conclusion: "success" }]);
});

test("a draft is judged as what it would merge", async () => {
  const head = await repository.commit({ branch: "draft", files: raised, by: "ann" });
  await repository.openPull({ by: "ann", title: "WIP", head: "draft", draft: true });
  await scene.settled();
  expect(repository.checkRuns(head)).toMatchObject([{ conclusion: "failure" }]);
});

test("a pull request that was closed and opened again is judged again", async () => {
  const { number, head, runs } = await judge(repository, raised, "reopened");
  repository.closePull(number, { by: "ann" });
  await scene.settled();
  await repository.reopenPull(number, { by: "ann" });
  await scene.settled();
  const [newest, ...others] = repository.checkRuns(head);
  expect(others).toEqual(runs);
  expect(newest).toMatchObject({ status: "completed", conclusion: "failure" });
});

test("a policy that cannot be read fails, and is not passed over", async () => {
  const broken = await scene.repository("broken", { [POLICIES]: "version: 1\npolicies: [" });
  const { runs } = await judge(broken, harmless, "topic");
  expect(runs).toMatchObject([{ conclusion: "failure" }]);
});

describe("a check whose verdict cannot be reached", () => {
  test.each([
    {
      when: "the reviews cannot be read",
      route: "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
      times: 4,
    },
    { when: "git answers nothing", route: "git-upload-pack", times: 40 },
  ])("fails and is not left hanging where $when", async ({ when, route, times }) => {
    const of = await scene.repository(when.replaceAll(" ", "-"), { [POLICIES]: ENFORCED });
    scene.github.fail({ route, times, fault: { kind: "status", status: 404 } });
    const { runs } = await judge(of, harmless, "topic");
    expect(runs.length).toBeGreaterThan(0);
    expect(new Set(runs.map(({ conclusion }) => conclusion))).toEqual(new Set(["failure"]));
  });
});

test("no check run of all these is neutral, skipped or without an end", () => {
  const runs = judgedHeads.flatMap(({ of, head }) => of.checkRuns(head));
  expect(runs.length).toBeGreaterThan(5);
  for (const { status, conclusion } of runs) {
    expect(status).toBe("completed");
    expect(conclusion).toMatch(/^(success|failure)$/);
  }
});
