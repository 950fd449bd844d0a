import { afterAll, beforeAll, expect, test } from "vitest";
import { openPull, refusal, shop, startFixture, type Fixture } from "./fixture.ts";

let fixture: Fixture;
let pull: { pull_number: number; owner: string; repo: string };
let sha: string;
beforeAll(async () => {
  fixture = await startFixture();
  const opened = await openPull(fixture);
  pull = { ...shop, pull_number: opened.number };
  sha = opened.sha;
  fixture.repository.grant("bo", "maintain");
});
afterAll(() => fixture[Symbol.asyncDispose]());

test("a person's approval names the commit that was the head", async () => {
  const { data } = await fixture.as("bo").rest.pulls.createReview({ ...pull, event: "APPROVE" });
  expect(data).toMatchObject({ state: "APPROVED", commit_id: sha, user: { login: "bo" } });
});

test.each([
  { when: "the author approves", by: "ann", review: { event: "APPROVE" } },
  {
    when: "the author requests changes",
    by: "ann",
    review: { event: "REQUEST_CHANGES", body: "x" },
  },
  { when: "a request for changes says nothing", by: "bo", review: { event: "REQUEST_CHANGES" } },
  { when: "a comment says nothing", by: "bo", review: { event: "COMMENT" } },
  { when: "it would be pending", by: "bo", review: {} },
] as const)("a review is refused where $when", async ({ by, review }) => {
  expect((await refusal(fixture.as(by).rest.pulls.createReview({ ...pull, ...review })))[0]).toBe(
    422,
  );
});

test("the author may comment, and an App without the permission may not", async () => {
  const comment = { ...pull, event: "COMMENT", body: "done" } as const;
  expect((await fixture.as("ann").rest.pulls.createReview(comment)).data.state).toBe("COMMENTED");
  expect((await refusal(fixture.asInstallation.rest.pulls.createReview(comment)))[0]).toBe(403);
});

test("reviews come thirty at a time, a hundred at most, oldest first", async () => {
  const { number } = await openPull(fixture, "reviewed");
  for (let count = 1; count <= 130; count += 1) {
    fixture.repository.review(number, { by: `person-${count}`, event: "APPROVE" });
  }
  const list = fixture.asInstallation.rest.pulls.listReviews;
  const first = await list({ ...shop, pull_number: number });
  expect(first.data).toHaveLength(30);
  expect(first.data[0]?.user?.login).toBe("person-1");
  expect((await list({ ...shop, pull_number: number, per_page: 1000 })).data).toHaveLength(100);
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
  const all = await fixture.asInstallation.paginate(route, {
    ...shop,
    pull_number: number,
    per_page: 100,
  });
  expect(all.map((review) => review.user?.login).at(-1)).toBe("person-130");
});

test("a review is edited by its author only", async () => {
  const { id } = fixture.repository.review(pull.pull_number, { by: "bo", event: "COMMENT" });
  const edit = { ...pull, review_id: id, body: "edited" };
  expect((await fixture.as("bo").rest.pulls.updateReview(edit)).data.body).toBe("edited");
  expect((await refusal(fixture.as("cy").rest.pulls.updateReview(edit)))[0]).toBe(403);
});

test("an approval is dismissed by who may write, a comment never", async () => {
  const approval = fixture.repository.review(pull.pull_number, { by: "cy", event: "APPROVE" });
  const comment = fixture.repository.review(pull.pull_number, { by: "cy", event: "COMMENT" });
  const dismiss = (by: string, review_id: number): Promise<unknown> =>
    fixture.as(by).rest.pulls.dismissReview({ ...pull, review_id, message: "stale" });
  expect((await refusal(dismiss("cy", approval.id)))[0]).toBe(403);
  await dismiss("bo", approval.id);
  const got = await fixture.as("cy").rest.pulls.getReview({ ...pull, review_id: approval.id });
  expect(got.data.state).toBe("DISMISSED");
  expect((await refusal(dismiss("bo", approval.id)))[0]).toBe(422);
  expect((await refusal(dismiss("bo", comment.id)))[0]).toBe(422);
});

test("a review is found under its own pull request only", async () => {
  const { number } = await openPull(fixture, "another");
  const { id } = fixture.repository.review(number, { by: "bo", event: "APPROVE" });
  const wrong = fixture.as("bo").rest.pulls.getReview({ ...pull, review_id: id });
  expect((await refusal(wrong))[0]).toBe(404);
});

test.each([
  { role: "admin", permission: "admin" },
  { role: "maintain", permission: "write" },
  { role: "write", permission: "write" },
  { role: "triage", permission: "read" },
  { role: "read", permission: "read" },
] as const)("the role $role reads as $permission", async ({ role, permission }) => {
  fixture.repository.grant(`has-${role}`, role);
  const { data } = await fixture.asInstallation.rest.repos.getCollaboratorPermissionLevel({
    ...shop,
    username: `has-${role}`,
  });
  expect(data).toMatchObject({ permission, role_name: role, user: { login: `has-${role}` } });
});

test("a stranger may read what is public and nothing else, and nobody is not a user", async () => {
  fixture.github.user("stranger");
  await fixture.github.createRepository({ owner: "acme", name: "secret", private: true });
  const ask = fixture.asInstallation.rest.repos.getCollaboratorPermissionLevel;
  const open = await ask({ ...shop, username: "stranger" });
  expect(open.data.permission).toBe("read");
  const secret = await ask({ owner: "acme", repo: "secret", username: "stranger" });
  expect(secret.data.permission).toBe("none");
  expect((await refusal(ask({ ...shop, username: "never-seen" })))[0]).toBe(404);
  const asStranger = fixture.as("stranger").rest.repos.getCollaboratorPermissionLevel;
  expect((await refusal(asStranger({ ...shop, username: "bo" })))[0]).toBe(403);
});

test("nothing here was a message that GitHub would not send", () => {
  expect(fixture.github.violations).toEqual([]);
});
