import { afterAll, beforeAll, expect, test } from "vitest";
import { type ForeignApp, openForeignApp } from "../app/foreign-app.ts";
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
import { concluded } from "./checked.ts";

let scene: Scene;
let repository: RepositoryHandle;
let foreign: ForeignApp;

beforeAll(async () => {
  scene = await openScene();
  repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
  foreign = openForeignApp(scene, repository.owner, "bailiff-2");
});
afterAll(() => scene[Symbol.asyncDispose]());

const raised = { [WORKFLOW]: workflow("write") };

function requireCheck(branch: string, integrationId?: number): void {
  const check = { context: "bailiff", ...(integrationId !== undefined && { integrationId }) };
  const rule = { type: "required_status_checks", checks: [check] } as const;
  repository.addRuleset({ name: branch, branches: [branch], rules: [rule] });
}

test("another App's success of our check's name merges nothing where the check is pinned to us", async () => {
  requireCheck("main", scene.appId);
  const { number, head } = await openPull(repository, raised);
  await scene.settled();
  await foreign.allow(repository, head, `pull/${number}/allowed`);
  await expect(repository.merge(number, { by: "ann" })).rejects.toThrow(/is failing/);
});

test("the spoof works where the check is not pinned, so the pin is what stops it", async () => {
  await repository.commit({ branch: "open", files: { "x.md": "x\n" }, by: "ann" });
  requireCheck("open");
  const { number, head } = await openPull(repository, raised, { head: "spoof", base: "open" });
  await scene.settled();
  await foreign.allow(repository, head);
  await expect(repository.merge(number, { by: "ann" })).resolves.toMatch(/^[0-9a-f]{40}$/);
});

test("another App's word for a denied pull request of the same commit allows none of them", async () => {
  await repository.commit({ branch: "raised", files: raised, by: "ann" });
  const files = { "README.md": "hello\n" };
  const { number, head } = await openPull(repository, files, { head: "twice", from: "raised" });
  await scene.settled();
  await foreign.allow(repository, head, `pull/${number}/allowed`);
  await repository.openPull({ by: "ann", title: "Same", head: "twice", base: "raised" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("failure");
});

test("the bot of an App of our name approves nothing, however much it may write", async () => {
  repository.grant(foreign.bot, "admin");
  const { number, head } = await openPull(repository, raised, { head: "by-bot" });
  repository.review(number, { by: foreign.bot, event: "APPROVE" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("failure");
});
