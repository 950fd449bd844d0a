import type { Octokit } from "octokit";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobPermissions } from "./acts/job-tokens.ts";
import { clientOf, openPull, refusal, shop, startFixture, type Fixture } from "./fixture.ts";

let fixture: Fixture;
let number: number;
beforeAll(async () => {
  fixture = await startFixture();
  ({ number } = await openPull(fixture));
});
afterAll(() => fixture[Symbol.asyncDispose]());

function asJob(permissions: JobPermissions): Octokit {
  return clientOf(fixture.github, fixture.repository.jobToken(permissions));
}

const place = () => ({ ...shop, issue_number: number });
const NOT_ALLOWED = expect.stringContaining("Resource not accessible by integration") as string;

test.each<{ permissions: JobPermissions; answer: [number, string] }>([
  { permissions: { "pull-requests": "write" }, answer: [0, "was not refused"] },
  { permissions: { issues: "write" }, answer: [0, "was not refused"] },
  { permissions: { "pull-requests": "read" }, answer: [403, NOT_ALLOWED] },
  { permissions: { contents: "write" }, answer: [403, NOT_ALLOWED] },
])("with $permissions a job comments: $answer", async ({ permissions, answer }) => {
  const { createComment } = asJob(permissions).rest.issues;
  expect(await refusal(createComment({ ...place(), body: "Seen" }))).toEqual(answer);
});

test("a comment tells the bot and the App that wrote it", async () => {
  const { data } = await asJob({ issues: "write" }).rest.issues.createComment({
    ...place(),
    body: "Seen",
  });
  expect(data).toMatchObject({
    user: { login: "github-actions[bot]", type: "Bot" },
    performed_via_github_app: { slug: "github-actions" },
  });
});

test("comments are listed oldest first, in pages", async () => {
  for (let count = 0; count < 31; count += 1) {
    fixture.repository.comment(number, { by: "bo", body: `${count}` });
  }
  const { listComments } = fixture.as("ann").rest.issues;
  const first = await listComments(place());
  expect(first.data).toHaveLength(30);
  expect(first.headers.link).toContain('rel="next"');
  const all = await listComments({ ...place(), per_page: 100 });
  expect(all.data.map(({ id }) => id)).toEqual(
    fixture.repository.comments(number).map(({ id }) => id),
  );
  expect(all.data.at(-1)).toMatchObject({ user: { login: "bo" }, performed_via_github_app: null });
});

test("a person edits and deletes their own comment, and nobody else's", async () => {
  const { id } = fixture.repository.comment(number, { by: "bo", body: "mine" });
  const asked = { ...shop, comment_id: id };
  const { updateComment, deleteComment } = fixture.as("eve").rest.issues;
  expect(await refusal(updateComment({ ...asked, body: "eve's" }))).toMatchObject({ 0: 403 });
  expect(await refusal(deleteComment(asked))).toMatchObject({ 0: 403 });
  await fixture.as("bo").rest.issues.updateComment({ ...asked, body: "edited" });
  expect(fixture.repository.comments(number).at(-1)?.body).toBe("edited");
  await fixture.as("bo").rest.issues.deleteComment(asked);
  expect(await refusal(fixture.as("bo").rest.issues.deleteComment(asked))).toMatchObject({
    0: 404,
  });
});

test("a job that may write edits anybody's comment", async () => {
  const { id } = fixture.repository.comment(number, { by: "bo", body: "mine" });
  await asJob({ "pull-requests": "write" }).rest.issues.updateComment({
    ...{ ...shop, comment_id: id },
    body: "the job's",
  });
  expect(fixture.repository.comments(number).at(-1)?.body).toBe("the job's");
});

test("a comment of more than 65,536 characters is refused", async () => {
  const { createComment } = asJob({ issues: "write" }).rest.issues;
  await createComment({ ...place(), body: "x".repeat(65_536) });
  const [status, message] = await refusal(createComment({ ...place(), body: "x".repeat(65_537) }));
  expect(status).toBe(422);
  expect(message).toContain("Body is too long");
});

test("GraphQL tells a job's bot and a person who they are", async () => {
  const query = "query { viewer { login } }";
  const bot = { viewer: { login: "github-actions[bot]" } };
  expect(await asJob({ contents: "read" }).graphql(query)).toEqual(bot);
  expect(await fixture.as("ann").graphql(query)).toEqual({ viewer: { login: "ann" } });
  const stranger = clientOf(fixture.github);
  await expect(stranger.graphql(query)).rejects.toMatchObject({ status: 401 });
  await expect(fixture.as("ann").graphql("{ viewer { id } }")).rejects.toThrow("not emulated");
});
