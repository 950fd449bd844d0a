import { existsSync } from "node:fs";
import { join } from "node:path";
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
import { runCli } from "../cli/run-cli.ts";
import * as workflows from "../cli/workflows.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { concluded } from "./checked.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

/** A workflow whose one job has our check's name, and does nothing. */
const EMPTY_GATE = workflow("read", "true").replaceAll("release", "bailiff");

test("a job of the gate's name with an empty body does not stand in for the gate", async () => {
  const repository = await scene.repository("shop", {
    [POLICIES]: ENFORCED,
    ".github/workflows/bailiff.yml": EMPTY_GATE.replace("true", "npx bailiff check"),
  });
  const check = { context: "bailiff", integrationId: scene.appId };
  const rules = [{ type: "required_status_checks", checks: [check] }] as const;
  repository.addRuleset({ name: "gate", branches: ["main"], rules });
  const files = {
    [WORKFLOW]: workflow("write"),
    [POLICIES]: null,
    ".github/workflows/bailiff.yml": EMPTY_GATE,
  } as unknown as Record<string, string>;
  const { number, head } = await openPull(repository, files);
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("failure");
  await expect(repository.merge(number, { by: "ann" })).rejects.toThrow(/is failing/);
});

test("a change that takes away its own policies does not start the governed command", async () => {
  await using repository = await createFixtureRepository();
  const base = await repository.commit({ [WORKFLOW]: workflows.RELEASE, [POLICIES]: ENFORCED });
  const files = {
    [WORKFLOW]: workflows.RAISED,
    [POLICIES]:
      "version: 1\npolicies: [{ id: lax, decision: WARN, match: { action.kind: push } }]\n",
  };
  await repository.commit(files, { branch: "topic", parents: [base] });
  await repository.git("checkout", "-q", "-f", "topic");
  const marker = join(repository.gitDir, "it-ran");
  const range = ["--repo", repository.directory, "--base", base];
  const { status } = await runCli(["run", "--action", "deploy", ...range, "--", "touch", marker]);
  expect(status).toBe(125);
  expect(existsSync(marker)).toBe(false);
});
