import type { Octokit } from "octokit";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobPermissions } from "./acts/job-tokens.ts";
import { clientOf, openPull, refusal, shop, startFixture, type Fixture } from "./fixture.ts";

let fixture: Fixture;
let pull: { number: number; sha: string };
beforeAll(async () => {
  fixture = await startFixture({ private: true });
  pull = await openPull(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

function asJob(permissions: JobPermissions): Octokit {
  return clientOf(fixture.github, fixture.repository.jobToken(permissions));
}

test("a job's token acts as the bot of GitHub Actions", async () => {
  const { data } = await asJob({ "pull-requests": "write" }).rest.pulls.createReview({
    ...shop,
    pull_number: pull.number,
    ...{ event: "COMMENT", body: "Seen" },
  });
  expect(data.user).toMatchObject({ login: "github-actions[bot]", type: "Bot" });
});

test.each<{ permissions: JobPermissions; answer: [number, string] }>([
  { permissions: { "pull-requests": "read" }, answer: [0, "was not refused"] },
  { permissions: { contents: "write" }, answer: [403, expectedRefusal()] },
  { permissions: {}, answer: [403, expectedRefusal()] },
])("with $permissions a job reads a pull request: $answer", async ({ permissions, answer }) => {
  const asked = { ...shop, pull_number: pull.number };
  expect(await refusal(asJob(permissions).rest.pulls.get(asked))).toEqual(answer);
});

test("a job's token reaches no other private repository of the owner", async () => {
  await fixture.github.createRepository({ owner: "acme", name: "vault", private: true });
  const asked = { owner: "acme", repo: "vault" };
  const [status] = await refusal(asJob({ contents: "write" }).rest.repos.get(asked));
  expect(status).toBe(404);
});

function expectedRefusal(): string {
  return expect.stringContaining("Resource not accessible by integration") as string;
}
