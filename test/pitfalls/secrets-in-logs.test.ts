import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "../app/scene.ts";

const signing = generateSigningKey();
let scene: Scene;

beforeAll(async () => {
  scene = await openScene({ BAILIFF_SIGNING_KEY: signing.pem });
});
afterAll(() => scene[Symbol.asyncDispose]());

test.each([
  { when: "the word that Probot falls back to", secret: "development" },
  { when: "nothing", secret: "" },
  { when: "the word secret", secret: "secret" },
])(
  "a delivery that is signed with $when is refused, and nothing of it logged",
  async ({ secret }) => {
    const body = '{"action":"opened","marker":"payload-of-a-stranger"}';
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const status = await scene.github.deliveries.deliverRaw(scene.appId, body, {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": "7a0b4f3e-0000-11f1-8000-000000000001",
      "x-hub-signature-256": `sha256=${signature}`,
    });
    expect(status).toBe(401);
    expect(scene.log.join("\n")).not.toContain("payload-of-a-stranger");
  },
);

test("a run that fails at every turn leaves no token, key or text of the change in log or check", async () => {
  const repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
  for (const route of ["git-upload-pack", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews"])
    scene.github.fail({ route, times: 2, fault: { kind: "status", status: 401 } });
  const files = { [WORKFLOW]: workflow("write", "echo words-of-the-change") };
  const { head } = await openPull(repository, files);
  await scene.settled();
  const shown = JSON.stringify(
    repository
      .checkRuns(head)
      .map(({ summary, text, title, annotations }) => [title, summary, text, annotations]),
  );
  expect(scene.log.filter((line) => line.includes("evaluation failed")).length).toBeGreaterThan(0);
  for (const text of [scene.log.join("\n"), shown]) {
    expect(text).not.toMatch(/gh[a-z]_[A-Za-z0-9]{10}|eyJ[A-Za-z0-9]|authorization/i);
    for (const secret of [
      "PRIVATE KEY",
      scene.secret,
      "words-of-the-change",
      signing.pem.slice(30, 60),
    ])
      expect(text).not.toContain(secret);
  }
});
