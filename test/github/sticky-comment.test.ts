import { afterEach, beforeEach, expect, test } from "vitest";
import { keepComment } from "../../github/sticky-comment.ts";
import {
  clientOf,
  type Fixture,
  openPull,
  refusal,
  shop,
  startFixture,
} from "../embedded-github/fixture.ts";

const MARKER = "<!-- bailiff 0123 -->";
const COMMENTS = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const BOT = "github-actions[bot]";

let fixture: Fixture;
let pull: { number: number; sha: string };
beforeEach(async () => {
  fixture = await startFixture();
  pull = await openPull(fixture);
});
afterEach(() => fixture[Symbol.asyncDispose]());

function keep(text: string, { marker = MARKER, head = pull.sha } = {}) {
  const { github, repository } = fixture;
  const client = clientOf(github, repository.jobToken({ "pull-requests": "write" }));
  return keepComment(client, {
    repository: { id: String(repository.id), owner: "acme", name: "shop" },
    pull: pull.number,
    ...{ head, marker, body: `${marker}\n${text}` },
  });
}

function said(by: string, body: string): void {
  fixture.repository.comment(pull.number, { by, body });
}

const conversation = () =>
  fixture.repository.comments(pull.number).map(({ author, body }) => [author.login, body]);

test("a comment is written once, and edited from then on", async () => {
  expect(await keep("denied")).toBe("kept");
  expect(await keep("allowed")).toBe("kept");
  expect(conversation()).toEqual([[BOT, `${MARKER}\nallowed`]]);
});

test.each(["eve", "dependabot[bot]"])(
  "a comment of %s with our marker is left alone",
  async (by) => {
    const theirs = `${MARKER}\nAllowed, says ${by}`;
    said(by, theirs);
    await keep("denied");
    await keep("denied again");
    expect(conversation()).toEqual([
      [by, theirs],
      [BOT, `${MARKER}\ndenied again`],
    ]);
  },
);

test("a marker that does not stand first is none, also in a comment of ours", async () => {
  said(BOT, `quoted: ${MARKER}`);
  await keep("denied");
  expect(conversation()).toHaveLength(2);
});

test("another gate's comment is another comment", async () => {
  const other = "<!-- bailiff 4567 -->";
  await keep("denied");
  await keep("allowed", { marker: other });
  expect(conversation().map(([, body]) => body)).toEqual([
    `${MARKER}\ndenied`,
    `${other}\nallowed`,
  ]);
});

test("it is found again on whatever page it stands", async () => {
  for (let count = 0; count < 100; count += 1) said("bo", `${count}`);
  await keep("denied");
  await keep("allowed");
  expect(conversation().slice(100)).toEqual([[BOT, `${MARKER}\nallowed`]]);
});

/** Has another run's comment written right before ours. */
function overtakeOnce(): void {
  const act = () => {
    said(BOT, `${MARKER}\nof the other run`);
  };
  fixture.github.fail({ method: "POST", route: COMMENTS, fault: { kind: "meanwhile", act } });
}

test("where a run beside this one wrote first, its comment is kept, with the newest word", async () => {
  overtakeOnce();
  await keep("denied");
  const [kept, ...more] = fixture.repository.comments(pull.number);
  expect(more).toEqual([]);
  // The bot's own comments name its App; what a test says as the bot does not.
  expect(kept).toMatchObject({ body: `${MARKER}\ndenied`, app: null });
});

test("a comment too many that the other run removed already is no failure", async () => {
  overtakeOnce();
  const asBot = clientOf(fixture.github, fixture.repository.jobToken({ issues: "write" }));
  const act = async () => {
    const last = fixture.repository.comments(pull.number).at(-1);
    await asBot.rest.issues.deleteComment({ ...shop, comment_id: last?.id ?? 0 });
  };
  const route = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
  fixture.github.fail({ method: "DELETE", route, fault: { kind: "meanwhile", act } });
  expect(await keep("denied")).toBe("kept");
  expect(conversation()).toHaveLength(1);
});

test("of a commit that is not the head any more nothing is written", async () => {
  await keep("denied");
  const old = pull.sha;
  await fixture.repository.commit({ branch: "feature", files: { more: "x" }, by: "ann" });
  expect(await keep("allowed", { head: old })).toBe("overtaken");
  expect(conversation()).toEqual([[BOT, `${MARKER}\ndenied`]]);
});

test("a repository of the same name that is another one gets no comment", async () => {
  const { github, repository } = fixture;
  const client = clientOf(github, repository.jobToken({ "pull-requests": "write" }));
  const place = { id: "1", owner: "acme", name: "shop" };
  const comment = { pull: pull.number, head: pull.sha, marker: MARKER, body: MARKER };
  await expect(keepComment(client, { repository: place, ...comment })).rejects.toMatchObject({
    code: "REPOSITORY_CHANGED",
  });
  expect(conversation()).toEqual([]);
});

test("a token that may not write is refused by GitHub, and nothing is written", async () => {
  const { github, repository } = fixture;
  const client = clientOf(github, repository.jobToken({ "pull-requests": "read" }));
  const place = { id: String(repository.id), owner: "acme", name: "shop" };
  const comment = { pull: pull.number, head: pull.sha, marker: MARKER, body: MARKER };
  expect(await refusal(keepComment(client, { repository: place, ...comment }))).toEqual([
    403,
    expect.stringContaining("Resource not accessible by integration"),
  ]);
  expect(conversation()).toEqual([]);
});
