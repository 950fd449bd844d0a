import { afterAll, beforeAll, expect, test } from "vitest";
import { concluded } from "../pitfalls/checked.ts";
import { type ForeignApp, openForeignApp } from "./foreign-app.ts";
import { openPull, openScene, POLICIES, type Scene } from "./scene.ts";

let scene: Scene;
let ci: ForeignApp;
let other: ForeignApp;

beforeAll(async () => {
  scene = await openScene();
  ci = openForeignApp(scene, "acme", "ci");
  other = openForeignApp(scene, "acme", "other");
});

afterAll(() => scene[Symbol.asyncDispose]());

const policyFile = (...policies: readonly string[]) =>
  `version: 1\npolicies:\n${policies.map((one) => `  - ${one}\n`).join("")}`;

test("a check that a policy needs counts once its App has let it succeed, and no other App's", async () => {
  const needed = `{ statuses: { lacks: { name: ci, appId: "${ci.id}", conclusion: success } } }`;
  const policies = policyFile(`{ id: needs-ci, decision: DENY, only: ${needed} }`);
  const repository = await scene.repository("needs-ci", { [POLICIES]: policies });
  const { head } = await openPull(repository, { "a.md": "a\n" });
  await scene.settled();
  const again = async () => {
    const own = repository.checkRuns(head).find(({ app }) => app.id === scene.appId);
    repository.rerequest(own?.id ?? 0, { by: "ann" });
    await scene.settled();
    return concluded(scene, repository, head);
  };
  expect(concluded(scene, repository, head)).toBe("failure");
  await other.succeed(repository, head, "ci");
  expect(await again()).toBe("failure");
  await ci.succeed(repository, head, "ci");
  expect(await again()).toBe("success");
});

test("lines are annotated where they stand, and commits are named", async () => {
  const policies = policyFile(
    "{ id: left-in, decision: DENY, each: lines, match: { delta: added, text: debugger } }",
    "{ id: sign-off, decision: DENY, each: commits, match: { message: { not: { matches: Signed } } } }",
  );
  const repository = await scene.repository("left-in", { [POLICIES]: policies });
  const { head } = await openPull(repository, { "a.js": "a();\ndebugger\n" });
  await scene.settled();
  const [run] = repository.checkRuns(head);
  expect(run).toMatchObject({
    conclusion: "failure",
    annotations: [{ path: "a.js", startLine: 2, endLine: 2 }],
  });
  expect(`${run?.summary ?? ""}${run?.text ?? ""}`).toContain(`\`${head.slice(0, 12)}\`: sign-off`);
});
