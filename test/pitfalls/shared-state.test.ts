import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluatePolicy } from "../../rules/policy/evaluate.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "../app/scene.ts";
import { factsOf, policyOf, someCapability } from "../rules/sample-evidence.ts";
import { concluded } from "./checked.ts";

describe("pull requests that are judged at the same time, by policies of one name", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  const raised = { [WORKFLOW]: workflow("write") };
  const renamed = (decision: string) =>
    `version: 1\npolicies:\n  - { id: new-permissions, decision: ${decision}, each: capabilities, match: { after: write } }\n`;

  test("get each its own conclusion, also where number and change are the same", async () => {
    const strict = await scene.repository("strict", { [POLICIES]: renamed("DENY") });
    const lenient = await scene.repository("lenient", { [POLICIES]: renamed("WARN") });
    scene.github.deliveries.hold();
    const opened = [];
    for (const of of [strict, lenient]) {
      const harmless = await openPull(of, { "README.md": "hello\n" }, { head: "harmless" });
      opened.push({ of, harmless, raising: await openPull(of, raised) });
    }
    // While the first is judged, the others of its repository wait for their turn.
    const method = "GET";
    const route = "/repos/{owner}/{repo}/pulls/{pull_number}";
    scene.github.fail({ method, route, times: 2, fault: { kind: "delay", delayMs: 300 } });
    scene.github.deliveries.release();
    await scene.settled();
    const conclusions = opened.map(({ of, harmless, raising }) => [
      concluded(scene, of, harmless.head),
      concluded(scene, of, raising.head),
    ]);
    expect(conclusions).toEqual([
      ["success", "failure"],
      ["success", "success"],
    ]);
  });

  test("are approved each by those who may write to its own repository", async () => {
    const ours = await scene.repository("ours", { [POLICIES]: ENFORCED });
    const theirs = await scene.repository("theirs", { [POLICIES]: ENFORCED });
    theirs.grant("bo", "read");
    const conclusions = [];
    for (const repository of [ours, theirs]) {
      const { number, head } = await openPull(repository, raised);
      repository.review(number, { by: "bo", event: "APPROVE" });
      await scene.settled();
      conclusions.push(concluded(scene, repository, head));
    }
    expect(conclusions).toEqual(["success", "failure"]);
  });
});

test("a pattern that was compiled for one kind of fact is not used for another", () => {
  const facts = factsOf({
    capabilities: [{ ...someCapability, name: "src/a/b", path: "src/a/b" }],
  });
  const fires = (fact: string) =>
    evaluatePolicy(policyOf(`each: capabilities\nmatch: { ${fact}: "src/*" }`), facts).outcome;
  expect([fires("name"), fires("path"), fires("name")]).toEqual(["fail", "pass", "fail"]);
});
