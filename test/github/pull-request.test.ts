import { describe, expect, test } from "vitest";
import { pullRequestAction, readPullRequest } from "../../github/pull-request.ts";
import { fakeClient } from "./fake-client.ts";

const ROUTE = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
const repository = { id: "99", owner: "acme", name: "shop" };

const pull = {
  number: 42,
  state: "open",
  title: "Release",
  body: null,
  draft: false,
  user: { id: 5, login: "ann", type: "User" },
  labels: [{ name: "ci" }],
  base: {
    ref: "main",
    sha: "b".repeat(40),
    repo: {
      ...{ id: 99, name: "shop", owner: { login: "acme" } },
      ...{ full_name: "acme/shop", default_branch: "main" },
    },
  },
  head: { ref: "topic", sha: "a".repeat(40), repo: { id: 99 } },
};

const read = (data: object = pull) =>
  readPullRequest(fakeClient({ [ROUTE]: () => data }).client, repository, 42);

const actionOf = async (data: object = pull) =>
  pullRequestAction((await read(data)).data, {
    at: new Date(0),
    host: "github.com",
    origin: "app",
  });

test("a pull request becomes an action with ids as texts", async () => {
  expect(await actionOf()).toEqual({
    facts: {
      kind: "pull_request",
      name: null,
      number: 42,
      actor: { id: "5", login: "ann", bot: false },
      author: { id: "5", login: "ann", bot: false },
      title: "Release",
      body: null,
      labels: ["ci"],
      draft: false,
      fork: false,
      baseBranch: "main",
      headBranch: "topic",
      at: "1970-01-01T00:00:00.000Z",
    },
    repository: {
      host: "github.com",
      id: "99",
      name: "acme/shop",
      defaultBranch: "main",
      defaultTokenPermissions: "unknown",
    },
    range: { base: "b".repeat(40), head: "a".repeat(40) },
    origin: "app",
    attempt: null,
    headRepository: { owner: "acme", name: "shop" },
  });
});

describe("forks", () => {
  test.each([
    { when: "the head's repository is another", repo: { id: 100 } },
    { when: "the head's repository was deleted", repo: null },
  ])("$when", async ({ repo }) => {
    const { facts } = await actionOf({ ...pull, head: { ...pull.head, repo } });
    expect(facts.fork).toBe(true);
  });
});

test.each([
  { when: "a bot", user: { id: 6, login: "renovate[bot]", type: "Bot" }, bot: true },
  { when: "a deleted account", user: null, bot: undefined },
])("the author may be $when", async ({ user, bot }) => {
  const { facts } = await actionOf({ ...pull, user });
  expect(facts.author?.bot).toBe(bot);
});

test.each([
  { state: "open", open: true },
  { state: "closed", open: false },
])("a pull request that is $state", async ({ state, open }) => {
  expect((await read({ ...pull, state })).open).toBe(open);
});

test("a name that changed hands is refused", async () => {
  const data = { ...pull, base: { ...pull.base, repo: { ...pull.base.repo, id: 100 } } };
  await expect(read(data)).rejects.toMatchObject({ code: "REPOSITORY_CHANGED" });
});
