import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { type ForeignApp, openForeignApp } from "./foreign-app.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "./scene.ts";
import { deliverSigned } from "./signed-delivery.ts";

const raised = { [WORKFLOW]: workflow("write") };

let scene: Scene;
let foreign: ForeignApp;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
  await enforced();
  foreign = openForeignApp(scene, "acme", "other");
});

afterAll(() => scene[Symbol.asyncDispose]());

async function enforced(): Promise<RepositoryHandle> {
  names += 1;
  return scene.repository(`named-${names}`, { [POLICIES]: ENFORCED });
}

const ours = (repository: RepositoryHandle, head: string) =>
  repository.checkRuns(head).filter(({ app }) => app.id === scene.appId);

test("another App's success of our check's name is left alone, and ours denies beside it", async () => {
  const repository = await enforced();
  const head = await repository.commit({ branch: "topic", files: raised, by: "ann" });
  const other = await foreign.allow(repository, head);
  await repository.openPull({ by: "ann", title: "A change", head: "topic" });
  await scene.settled();
  const theirs = repository.checkRuns(head).filter(({ app }) => app.id === foreign.id);
  expect(theirs).toMatchObject([{ id: other, conclusion: "success", title: null }]);
  expect(ours(repository, head)).toMatchObject([{ conclusion: "failure" }]);
});

test("another App's check run that is pressed again asks for nothing", async () => {
  const repository = await enforced();
  const { head } = await openPull(repository, raised);
  await scene.settled();
  const opened = scene.github.deliveries.log.findLast(({ event }) => event === "check_run");
  const check = opened?.payload["check_run"] as object;
  const app = { id: foreign.id };
  const payload = { ...opened?.payload, action: "rerequested", check_run: { ...check, app } };
  expect(await deliverSigned(scene, { event: "check_run", payload })).toBe(202);
  await scene.settled();
  expect(ours(repository, head)).toHaveLength(1);
});

test("a ruleset that is pinned to the App as the guide says is not met by another App's check", async () => {
  const guide = readFileSync("docs/app.md", "utf8");
  expect(guide).toMatch(/Require status checks → `bailiff`, with \*\*GitHub Apps: your App\*\*/);

  const repository = await enforced();
  const checks = [{ context: "bailiff", integrationId: scene.appId }];
  repository.addRuleset({
    name: "pinned",
    branches: ["main"],
    rules: [{ type: "required_status_checks", checks }],
  });
  const { number, head } = await openPull(repository, raised);
  await scene.settled();
  await foreign.allow(repository, head);
  await expect(repository.merge(number, { by: "ann" })).rejects.toMatchObject({ status: 405 });
});
