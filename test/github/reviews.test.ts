import { describe, expect, test } from "vitest";
import { askStanding, readReviews, type StandingCache } from "../../github/reviews.ts";
import type { GovernedAction } from "../../maestro/ports.ts";
import { fakeClient, httpError } from "./fake-client.ts";

const REVIEWS = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
const EVENTS = "GET /repos/{owner}/{repo}/issues/{issue_number}/events";
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

const retarget = (created_at: string, event = "base_ref_changed") => ({ event, created_at });

const NOTHING_SEEN = { sameChange: false, sameFor: null };
const saw = () => Promise.resolve(NOTHING_SEEN);

interface Setup {
  readonly reviews: readonly object[];
  readonly events?: readonly object[];
  readonly permission?: (params: Readonly<Record<string, unknown>>) => unknown;
  readonly cache?: StandingCache;
  readonly now?: () => Date;
}

const pageOf = (items: readonly object[], page: unknown) =>
  items.slice((Number(page) - 1) * 100, Number(page) * 100);

async function read({
  reviews,
  events = [],
  permission,
  cache = new Map(),
  now = () => new Date(0),
}: Setup) {
  const { client, requests } = fakeClient({
    [REVIEWS]: ({ page }) => pageOf(reviews, page),
    [EVENTS]: ({ page, issue_number }) => (issue_number === 42 ? pageOf(events, page) : null),
    [PERMISSION]: permission ?? (() => ({ permission: "write", user: { id: 6 } })),
  });
  const standing = askStanding(client, { cache, now, ttlMs: 60_000 });
  const found = await readReviews(client, repository, { action, standing, saw });
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
      retargeted: false,
    },
  ]);
});

describe("reviews that settle nothing are told without asking for more", () => {
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
    expect(asked(EVENTS)).toBe(0);
  });
});

const AT = "2026-01-02T03:04:05Z";
const BEFORE = "2026-01-02T03:04:04Z";
const AFTER = "2026-01-02T03:04:06Z";

test.each([
  { when: "was never changed", events: [], retargeted: false },
  { when: "was changed before it", events: [retarget(BEFORE)], retargeted: false },
  { when: "was changed after it", events: [retarget(AFTER)], retargeted: true },
  { when: "was changed in the same second", events: [retarget(AT)], retargeted: true },
  {
    when: "was changed before it and after it",
    events: [retarget(BEFORE), retarget(AFTER)],
    retargeted: true,
  },
  {
    when: "was changed in an order that nobody promised",
    events: [retarget(AFTER), retarget(BEFORE)],
    retargeted: true,
  },
  {
    when: "was changed by GitHub after it",
    events: [retarget(AFTER, "automatic_base_change_succeeded")],
    retargeted: true,
  },
  {
    when: "was not changed, though GitHub tried",
    events: [retarget(AFTER, "automatic_base_change_failed")],
    retargeted: false,
  },
  { when: "stayed, and a label came", events: [retarget(AFTER, "labeled")], retargeted: false },
  { when: "was changed at no readable time", events: [retarget("soon")], retargeted: true },
  {
    when: "was changed, spelt in another time zone, before it",
    events: [retarget("2026-01-02T04:04:04+01:00")],
    retargeted: false,
  },
])("an approval where the base branch $when", async ({ events, retargeted }) => {
  const { found } = await read({ reviews: [review()], events });
  expect(found).toMatchObject([{ retargeted, via: ["role:write"] }]);
});

test("an approval of no time is for another base branch where it ever was changed", async () => {
  const reviews = [review({ submitted_at: null })];
  expect((await read({ reviews })).found).toMatchObject([{ retargeted: false }]);
  const events = [retarget(BEFORE)];
  expect((await read({ reviews, events })).found).toMatchObject([{ retargeted: true }]);
});

test("each review is compared with the changes of the base branch", async () => {
  const reviews = [review({ id: 1 }), review({ id: 2, submitted_at: "2026-01-02T03:04:07Z" })];
  const { found } = await read({ reviews, events: [retarget(AFTER)] });
  expect(found.map(({ retargeted }) => retargeted)).toEqual([true, false]);
});

test("a change of the base branch is not hidden behind a hundred other events", async () => {
  const others = Array.from({ length: 250 }, () => retarget(BEFORE, "labeled"));
  const { found, asked } = await read({
    reviews: [review()],
    events: [...others, retarget(AFTER)],
  });
  expect(found).toMatchObject([{ retargeted: true }]);
  expect(asked(EVENTS)).toBe(3);
});

test.each([
  { what: "trouble", status: 500 },
  { what: "a refusal", status: 403 },
  { what: "no such thing", status: 404 },
])("$what while asking for the base branch's changes is not taken for none", async ({ status }) => {
  const events = () => {
    throw httpError(status);
  };
  const { client } = fakeClient({ [REVIEWS]: () => [review()], [EVENTS]: events });
  const standing = () => Promise.resolve(["role:write"]);
  const reading = readReviews(client, repository, { action, standing, saw });
  await expect(reading).rejects.toMatchObject({ status });
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

test("a standing is asked for again where the clock went back", async () => {
  const cache: StandingCache = new Map();
  const reviews = [review()];
  const permission = () => ({ permission: "read", user: { id: 6 } });
  await read({ reviews, cache, now: () => new Date(60_000) });
  const { found, asked } = await read({ reviews, cache, permission, now: () => new Date(59_999) });
  expect(asked(PERMISSION)).toBe(1);
  expect(found[0]?.via).toEqual(["role:read"]);
  expect((await read({ reviews, cache, now: () => new Date(59_999) })).asked(PERMISSION)).toBe(0);
});

test("a standing holds for one repository", async () => {
  const cache: StandingCache = new Map([["98/6", { via: ["role:admin"], until: 60_000 }]]);
  const { found } = await read({ reviews: [review()], cache });
  expect(found[0]?.via).toEqual(["role:write"]);
});
