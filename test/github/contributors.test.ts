import { describe, expect, test } from "vitest";
import { type ContributorCache, readContributors } from "../../github/contributors.ts";
import type { GovernedAction } from "../../maestro/ports.ts";
import { CONTRIBUTIONS, type Contribution } from "../../rules/policy/approvals/approval-rule.ts";
import { fakeClient, httpError } from "./fake-client.ts";

const COMMITS = "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits";
const ACTIVITY = "GET /repos/{owner}/{repo}/activity";
const HEAD = "a".repeat(40);
const repository = { id: "99", owner: "acme", name: "shop" };
const action = {
  facts: { number: 42, headBranch: "topic" },
  range: { base: "b".repeat(40), head: HEAD },
  headRepository: { owner: "eve", name: "fork" },
} as unknown as GovernedAction;

const account = (id: number, login: string) => ({ id, login, type: "User" });
const bo = account(6, "bo");
const ann = account(5, "ann");
const person = (email: string) => ({ name: "x", email, date: "2026-01-02T03:04:05Z" });

const commit = (more: object = {}, message = "Do it", emails = ["ann@x.org", "ann@x.org"]) => ({
  sha: HEAD,
  author: ann,
  committer: ann,
  commit: { message, author: person(emails[0] ?? ""), committer: person(emails[1] ?? "") },
  ...more,
});

function refused(status: number): never {
  throw httpError(status);
}

interface Setup {
  readonly commits?: readonly object[];
  readonly activity?: () => unknown;
  readonly asked?: readonly Contribution[];
  readonly of?: Partial<GovernedAction>;
  readonly cache?: ContributorCache;
  readonly mayReadContents?: boolean;
}

async function read({
  commits = [commit()],
  activity = () => [{ after: HEAD, actor: ann }],
  asked = CONTRIBUTIONS,
  of = {},
  cache = new Map(),
  mayReadContents = true,
}: Setup = {}) {
  const { client, requests } = fakeClient({
    [COMMITS]: ({ page }) => commits.slice((Number(page) - 1) * 100, Number(page) * 100),
    [ACTIVITY]: activity,
  });
  const contentsClient = () => Promise.resolve(mayReadContents ? client : null);
  const options = { client, contentsClient, repository, action: { ...action, ...of }, cache };
  const believing = { now: () => new Date(0), ttlMs: 60_000 };
  const found = await readContributors({ ...options, ...believing }, asked);
  return { found: found.map(({ as, actor }) => `${as} ${actor?.login ?? "unknown"}`), requests };
}

test("authors, committers, co-authors and the last pusher are told, each once", async () => {
  const trailer = "Do it\n\nCo-authored-by: Bo <6+bo@users.noreply.github.com>";
  const commits = [commit({ sha: "1" }), commit({ committer: bo }, trailer)];
  const { found, requests } = await read({ commits });
  expect(found).toEqual([
    "author ann",
    "committer ann",
    "committer bo",
    "co-author bo",
    "pusher ann",
  ]);
  expect(requests[1]?.params).toMatchObject({
    owner: "eve",
    repo: "fork",
    ref: "refs/heads/topic",
  });
});

describe("whose account GitHub does not link", () => {
  test.each([
    { what: "an author", commits: [commit({ author: null })], told: "author ann" },
    {
      what: "an author of another address",
      commits: [commit({ author: null }, "x", ["y@x.org", "ann@x.org"])],
      told: "author unknown",
    },
    {
      what: "an author of no address",
      commits: [commit({ author: {} }, "x", [])],
      told: "author unknown",
    },
    {
      what: "a committer with an address of GitHub's",
      commits: [commit({ committer: null }, "x", ["a@x.org", "6+bo@users.noreply.github.com"])],
      told: "committer bo",
    },
    {
      what: "a co-author with an old address of GitHub's",
      commits: [commit({}, "x\n\nCO-AUTHORED-BY: <BO@users.noreply.github.com>")],
      told: "co-author bo",
    },
    {
      what: "a co-author whose address another commit links",
      commits: [
        commit({ sha: "1", author: bo }, "x", ["bo@x.org", "ann@x.org"]),
        commit({}, "x\n\nCo-authored-by: Bo <Bo@x.org>"),
      ],
      told: "co-author bo",
    },
    {
      what: "a co-author of an unknown address",
      commits: [commit({}, "x\nco-authored-by: Bo <bo@x.org>\nmore")],
      told: "co-author unknown",
    },
  ])("$what: $told", async ({ commits, told }) => {
    expect((await read({ commits })).found).toContain(told);
  });
});

const unknownOfCommits = ["author unknown", "committer unknown", "co-author unknown"];

test.each([
  {
    when: "there are as many commits as GitHub lists",
    commits: Array.from({ length: 250 }, () => commit()),
  },
  { when: "the list ends with another commit", commits: [commit({ sha: "1" })] },
  { when: "the list is empty", commits: [] },
])("nobody is known by commits where $when", async ({ commits }) => {
  expect((await read({ commits })).found).toEqual([...unknownOfCommits, "pusher ann"]);
});

test.each<Setup & { when: string }>([
  { when: "the newest push is of another commit", activity: () => [{ after: "1", actor: bo }] },
  { when: "the branch has no activity", activity: () => [] },
  { when: "nobody is named", activity: () => [{ after: HEAD, actor: null }] },
  { when: "it may not be read", activity: () => refused(403) },
  { when: "the head's repository is gone", of: { headRepository: null } },
  { when: "the branch is not known", of: { facts: { ...action.facts, headBranch: null } } },
])("the last pusher is unknown where $when", async (setup) => {
  expect((await read(setup)).found).toContain("pusher unknown");
});

test("trouble is not taken for an answer", async () => {
  const activity = () => refused(500);
  await expect(read({ activity })).rejects.toMatchObject({ status: 500 });
});

test("only what is asked is asked of GitHub, and once in a while", async () => {
  expect((await read({ asked: ["pusher"] })).requests.map(({ route }) => route)).toEqual([
    ACTIVITY,
  ]);
  expect((await read({ asked: ["co-author"] })).found).toEqual([]);
  const cache: ContributorCache = new Map();
  await read({ cache });
  expect((await read({ cache })).requests).toEqual([]);
});

test("where contents may not be read, nobody knows who pushed", async () => {
  const { found, requests } = await read({ asked: ["pusher"], mayReadContents: false });
  expect(found).toEqual(["pusher unknown"]);
  expect(requests).toEqual([]);
});
