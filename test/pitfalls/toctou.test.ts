import { afterAll, beforeAll, expect, test } from "vitest";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "../app/scene.ts";
import { deliverSigned } from "../app/signed-delivery.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { concluded } from "./checked.ts";

let scene: Scene;
let repository: RepositoryHandle;

beforeAll(async () => {
  scene = await openScene();
  repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
  const check = { context: "bailiff", integrationId: scene.appId };
  const rules = [{ type: "required_status_checks", checks: [check] }] as const;
  repository.addRuleset({ name: "gate", branches: ["main"], rules });
});
afterAll(() => scene[Symbol.asyncDispose]());

test("a head that was pushed after the verdict has none, and is not merged on the old one", async () => {
  const { number, head } = await openPull(repository, { "README.md": "hello\n" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("success");
  scene.github.deliveries.hold();
  const files = { [WORKFLOW]: workflow("write") };
  const next = await repository.commit({ branch: "topic", files, by: "ann" });
  await expect(repository.merge(number, { by: "ann" })).rejects.toThrow(/is expected/);
  scene.github.deliveries.release();
  await scene.settled();
  expect(concluded(scene, repository, next)).toBe("failure");
  await expect(repository.merge(number, { by: "ann" })).rejects.toThrow(/is failing/);
});

test("a comment, which carries no commit, moves nothing", async () => {
  const comment = { body: "/approve /merge", user: { login: "bo" } };
  const payload = { action: "created", issue: { number: 1, pull_request: {} }, comment };
  scene.github.forgetRequests();
  expect(await deliverSigned(scene, { event: "issue_comment", payload })).toBe(202);
  await scene.settled();
  expect(scene.github.requests).toEqual([]);
});
