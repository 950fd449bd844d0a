import { describe, expect, test } from "vitest";
import { askStanding, readReviews, type StandingCache } from "../../github/reviews.ts";
import type { GovernedAction } from "../../maestro/ports.ts";
import { fakeClient, httpError } from "./fake-client.ts";

const REVIEWS = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
const PERMISSION = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
const HEAD = "a".repeat(40);
const repository = { id: "99", owner: "acme", name: "shop" };

const action = {
  facts: { number: 42, author: { id: "5", login: "ann", bot: false } },
  range: { base: "b".repeat(40), head: HEAD },
} as GovernedAction;

const bo = { id: 6, login: "bo", type: "User" };

const review = (more: object = {}) => ({
  id: 1,
  user: bo,
  state: "APPROVED",
  commit_id: HEAD,
  submitted_at: "2026-01-02T03:04:05Z",
  ...more,
});

interface Setup {
  readonly reviews: readonly object[];
  readonly permission?: (params: Readonly<Record<string, unknown>>) => unknown;
  readonly cache?: StandingCache;
  readonly now?: () => Date;
}

async function read({ reviews, permission, cache = new Map(), now = () => new Date(0) }: Setup) {
  const { client, requests } = fakeClient({
    [REVIEWS]: ({ page }) => reviews.slice((Number(page) - 1) * 100, Number(page) * 100),
    [PERMISSION]: permission ?? (() => ({ permission: "write", user: { id: 6 } })),
  });
  const standing = askStanding(client, { cache, now, ttlMs: 60_000 });
  const found = await readReviews(client, repository, { action, standing });
  return {
    found,
    asked: (route: string) => requests.filter((sent) => sent.route === route).length,
  };
}

test("an approval of the head comes with the reviewer's proven standing", async () => {
  const { found } = await read({ reviews: [review()] });
  expect(found).toEqual([
    {
      id: "1",
      actor: { id: "6", login: "bo", bot: false },
      state: "approved",
      commit: HEAD,
      at: "2026-01-02T03:04:05Z",
      via: ["role:write"],
    },
  ]);
});

describe("reviews that settle nothing are told without asking for a standing", () => {
  test.each([
    { when: "an approval of an older head", more: { commit_id: "c".repeat(40) } },
    { when: "an approval by the author", more: { user: { ...bo, id: 5 } } },
    { when: "an approval by a bot", more: { user: { ...bo, type: "Bot" } } },
    { when: "a request for changes", more: { state: "CHANGES_REQUESTED" } },
    { when: "a comment", more: { state: "COMMENTED" } },
    { when: "a dismissed approval", more: { state: "DISMISSED" } },
    { when: "an approval of no commit", more: { commit_id: null } },
  ])("$when", async ({ more }) => {
    const { found, asked } = await read({ reviews: [review(more)] });
    expect(found.map(({ via }) => via)).toEqual([[]]);
    expect(asked(PERMISSION)).toBe(0);
  });
});

test.each([
  { when: "not submitted", more: { state: "PENDING" } },
  { when: "of a deleted account", more: { user: null } },
  { when: "of a state that is not known", more: { state: "ENDORSED" } },
])("a review $when is left out", async ({ more }) => {
  expect((await read({ reviews: [review(more)] })).found).toEqual([]);
});

test.each([
  { when: "a permission of none", permission: () => ({ permission: "none", user: { id: 6 } }) },
  {
    when: "a login that now belongs to another account",
    permission: () => ({ permission: "admin", user: { id: 7 } }),
  },
  { when: "no user in the answer", permission: () => ({ permission: "admin", user: null }) },
  {
    when: "an account that GitHub does not find",
    permission: () => {
      throw httpError(404);
    },
  },
])("$when proves nothing", async ({ permission }) => {
  const { found } = await read({ reviews: [review()], permission });
  expect(found.map(({ via }) => via)).toEqual([[]]);
});

test("a role's name is no proof: an organisation chooses it", async () => {
  const permission = () => ({ permission: "read", role_name: "admin", user: { id: 6 } });
  const { found } = await read({ reviews: [review()], permission });
  expect(found[0]?.via).toEqual(["role:read"]);
});

test("trouble while asking for a standing is not taken for an answer", async () => {
  const permission = () => {
    throw httpError(500);
  };
  await expect(read({ reviews: [review()], permission })).rejects.toMatchObject({ status: 500 });
});

test("every page is read", async () => {
  const reviews = Array.from({ length: 250 }, (_, id) => review({ id, state: "COMMENTED" }));
  const { found, asked } = await read({ reviews });
  expect(found).toHaveLength(250);
  expect(asked(REVIEWS)).toBe(3);
});

test("one person is asked for once, and again when the answer is old", async () => {
  const cache: StandingCache = new Map();
  const reviews = [review(), review({ id: 2 })];
  const at = (ms: number) => () => new Date(ms);
  expect((await read({ reviews, cache, now: at(0) })).asked(PERMISSION)).toBe(1);
  expect((await read({ reviews, cache, now: at(59_999) })).asked(PERMISSION)).toBe(0);
  expect((await read({ reviews, cache, now: at(60_000) })).asked(PERMISSION)).toBe(1);
});

test("a standing holds for one repository", async () => {
  const cache: StandingCache = new Map([["98/6", { via: ["role:admin"], until: 60_000 }]]);
  const { found } = await read({ reviews: [review()], cache });
  expect(found[0]?.via).toEqual(["role:write"]);
});
