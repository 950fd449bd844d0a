import { describe, expect, test } from "vitest";
import { NOTHING_OBSERVED, readObserved } from "../../github/observed.ts";
import type { GovernedAction } from "../../maestro/ports.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { noMemberships } from "../../github/memberships.ts";
import { ann, policyFileOf, policySource } from "../rules/sample-evidence.ts";
import { fakeClient, httpError } from "./fake-client.ts";

const RUNS = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
const PROPERTIES = "GET /repos/{owner}/{repo}/properties/values";
const COMMITS = "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits";
const TEAM = "GET /orgs/{org}/teams/{team_slug}";
const MEMBERSHIP = "GET /orgs/{org}/teams/{team_slug}/memberships/{username}";
const HEAD = "a".repeat(40);
const repository = { id: "99", owner: "acme", name: "shop" };

const actions = { slug: "github-actions", id: 15368 };
const run = (more: object = {}) => ({ name: "ci", app: actions, conclusion: "success", ...more });
const commit = (n: number, verified = true) => ({
  sha: String(n).padStart(40, "0"),
  commit: { verification: { verified } },
});

const pageOf = (items: readonly object[], page: unknown) =>
  items.slice((Number(page) - 1) * 100, Number(page) * 100);

interface Told {
  readonly runs?: readonly object[];
  readonly properties?: () => unknown;
  readonly commits?: readonly object[];
  readonly number?: number | null;
  /** Whether members may be asked for. */
  readonly members?: boolean;
}

async function observe(lines: string, told: Told = {}) {
  const { runs = [run()], commits = [commit(1)], number = 42 } = told;
  const { client, requests } = fakeClient({
    [RUNS]: ({ page, ref, filter }) => {
      expect([ref, filter]).toEqual([HEAD, "latest"]);
      return { check_runs: pageOf(runs, page) };
    },
    [PROPERTIES]: told.properties ?? (() => [{ property_name: "tier", value: "gold" }]),
    [TEAM]: ({ team_slug }) => {
      if (team_slug === "nobody-knows") throw httpError(404);
      return { privacy: team_slug };
    },
    [MEMBERSHIP]: ({ team_slug, username }) => {
      if (team_slug !== "secret" || username !== "ann") throw httpError(404);
      return { state: "active" };
    },
    [COMMITS]: ({ page, pull_number }) => (pull_number === 42 ? pageOf(commits, page) : null),
  });
  const action = { facts: { number, author: ann }, range: { head: HEAD } } as GovernedAction;
  const policies = loadPolicies([policySource(policyFileOf(lines))], false);
  expect(policies.problems).toEqual([]);
  const observed = await readObserved({
    ...{ client, repository, action, policies, now: () => new Date(0) },
    membersClient: () => Promise.resolve(told.members === false ? null : client),
    people: { memberships: noMemberships() },
  });
  return { observed, asked: requests.map(({ route }) => route) };
}

const OF_STATUSES = "only: { statuses: { lacks: { name: ci } } }";
const OF_PROPERTIES = "only: { repository.properties.tier: gold }";
const OF_SIGNATURES = "each: commits\nmatch: { verified: false }";

test.each([
  { what: "nothing", lines: "when: true", routes: [] },
  { what: "commits, but no signature", lines: "each: commits\nmatch: { merge: true }", routes: [] },
  { what: "other checks", lines: OF_STATUSES, routes: [RUNS] },
  {
    what: "other checks in raw logic",
    lines: 'when: { none: [{ var: statuses }, { "==": [{ var: name }, ci] }] }',
    routes: [RUNS],
  },
  { what: "a property", lines: OF_PROPERTIES, routes: [PROPERTIES] },
  { what: "signatures", lines: OF_SIGNATURES, routes: [COMMITS] },
  {
    what: "signatures in a list",
    lines: "only: { commits: { has: { verified: false } } }",
    routes: [COMMITS],
  },
])("where a policy reads $what, that is asked for", async ({ lines, routes }) => {
  const { asked } = await observe(lines);
  expect(asked).toEqual(routes);
});

describe("other checks", () => {
  test("are told with the App that GitHub names, Bailiff's own left out", async () => {
    const runs = [
      run(),
      run({ name: "bailiff" }),
      run({ name: "slow", conclusion: null }),
      run({ name: "ghost", app: null }),
    ];
    const { observed } = await observe(OF_STATUSES, { runs });
    expect(observed.statuses).toEqual([
      { name: "ci", app: "github-actions", appId: "15368", conclusion: "success" },
      { name: "slow", app: "github-actions", appId: "15368", conclusion: null },
      { name: "ghost", app: "", appId: "", conclusion: "success" },
    ]);
  });

  test("are told from every page", async () => {
    const runs = Array.from({ length: 230 }, (_, n) => run({ name: `ci ${n}` }));
    const { observed, asked } = await observe(OF_STATUSES, { runs });
    expect(observed.statuses).toHaveLength(230);
    expect(asked).toHaveLength(3);
  });
});

test("properties are lists of values, and one that is not set has none", async () => {
  const { observed } = await observe(OF_PROPERTIES, {
    properties: () => [
      { property_name: "tier", value: "gold" },
      { property_name: "teams", value: ["b", "a"] },
      { property_name: "unset", value: null },
    ],
  });
  expect(observed.properties).toEqual({ tier: ["gold"], teams: ["b", "a"] });
});

test("signatures are told by the commits' ids", async () => {
  const commits = [commit(1), commit(2, false), { sha: "3".repeat(40), commit: {} }];
  const { observed } = await observe(OF_SIGNATURES, { commits });
  expect(observed.verified).toEqual({
    [commit(1).sha]: true,
    [commit(2).sha]: false,
  });
});

test("where there is no pull request nobody tells of signatures", async () => {
  const { observed, asked } = await observe(OF_SIGNATURES, { number: null });
  expect({ observed, asked }).toEqual({ observed: NOTHING_OBSERVED, asked: [] });
});

test.each([401, 403, 404])("what answers %i is unknown", async (status) => {
  const properties = () => {
    throw httpError(status);
  };
  const { observed } = await observe(OF_PROPERTIES, { properties });
  expect(observed).toEqual(NOTHING_OBSERVED);
});

test("another failure is none of an unknown fact", async () => {
  const properties = () => {
    throw httpError(500);
  };
  await expect(observe(OF_PROPERTIES, { properties })).rejects.toThrow("HTTP 500");
});

describe("teams of the author", () => {
  const of = (...teams: string[]) =>
    `only: { action.author.teams: [${teams.map((team) => `acme/${team}`).join(", ")}] }`;

  test.each([
    { lines: of("secret", "closed"), teams: ["acme/secret"] },
    { lines: of("closed"), teams: [] },
    { lines: of("Secret"), teams: ["acme/Secret"] },
    { lines: of("secret", "nobody-knows"), teams: null },
  ])("of those in { $lines } they are of $teams", async ({ lines, teams }) => {
    const { observed } = await observe(lines);
    expect(observed.memberships).toEqual({ teams, organisations: [] });
  });

  test("are unknown where nobody may ask for members", async () => {
    const { observed, asked } = await observe(of("secret"), { members: false });
    expect({ teams: observed.memberships?.teams, asked }).toEqual({ teams: null, asked: [] });
  });
});
