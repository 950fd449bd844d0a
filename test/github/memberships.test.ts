import { expect, test } from "vitest";
import { askMemberships, noMemberships } from "../../github/memberships.ts";
import { outside, teamsProof } from "../../rules/policy/approvals/proofs.ts";
import { fakeClient, httpError } from "./fake-client.ts";

const TEAM = "GET /orgs/{org}/teams/{team_slug}";
const MEMBER = "GET /orgs/{org}/teams/{team_slug}/memberships/{username}";
const OF_ORGANISATION = "GET /orgs/{org}/members/{username}";
const bo = { id: "6", login: "bo", bot: false };

/** `acme/red` and `acme/black` are secret; bo is in `acme/web` and `acme/red`, and was asked into `acme/db`. */
const PRIVACY: Readonly<Record<string, string>> = {
  ...{ web: "closed", db: "closed", red: "secret", black: "secret", odd: "hidden" },
};
const STATES: Readonly<Record<string, string>> = {
  web: "active",
  red: "active",
  db: "pending",
  odd: "active",
};

function gone(): never {
  throw httpError(404);
}

async function proofs(
  lists: readonly (readonly string[])[],
  more: {
    isPublic?: boolean;
    organisations?: readonly string[];
    status?: number;
    cache?: ReturnType<typeof noMemberships>;
    id?: string;
  } = {},
) {
  const { client, requests } = fakeClient({
    [TEAM]: ({ team_slug }) => ({ privacy: PRIVACY[String(team_slug)] ?? gone() }),
    [MEMBER]: ({ team_slug }) => {
      if (more.status !== undefined) throw httpError(more.status);
      return { state: STATES[String(team_slug)] ?? gone() };
    },
    [OF_ORGANISATION]: ({ org }) => (org === "acme" || org === "open" ? null : gone()),
  });
  const ask = askMemberships({
    client: () => Promise.resolve(client),
    asked: { teamLists: lists, organisations: more.organisations ?? [] },
    repository: { id: more.id ?? "99", owner: "Acme", name: "shop" },
    isPublic: more.isPublic ?? true,
    cache: more.cache ?? noMemberships(),
    ...{ now: () => new Date(0), ttlMs: 60_000 },
  });
  return { told: await ask(bo), requests };
}

const group = ["acme/red", "acme/web"];
const secret = ["acme/black", "acme/red"];

test.each([
  { lists: [["acme/web"]], told: ["team:acme/web"] },
  { lists: [["acme/db"]], told: [outside("team:acme/db")] },
  { lists: [["acme/nowhere"]], told: [] },
  { lists: [["acme/red"]], told: [teamsProof(["acme/red"])] },
  { lists: [["acme/black"]], told: [outside(teamsProof(["acme/black"]))] },
  { lists: [secret], told: [teamsProof(secret)] },
  { lists: [group], told: ["team:acme/web", teamsProof(group)] },
  { lists: [["acme/black", "acme/nowhere"]], told: [] },
  { lists: [["acme/odd"]], told: [teamsProof(["acme/odd"])] },
  { lists: [["acme/red"]], isPublic: false, told: ["team:acme/red"] },
  { lists: [["acme/black"]], isPublic: false, told: [outside("team:acme/black")] },
])("of $lists everybody may read $told", async ({ lists, told, isPublic = true }) => {
  expect((await proofs(lists, { isPublic })).told).toEqual(told);
});

test("a secret team's name stands in nothing that is told of a public repository", async () => {
  const { told } = await proofs([["acme/red"], group, secret, ["acme/black"]]);
  expect(told.filter((proof) => /red|black/.test(proof))).toEqual([]);
});

test.each([
  { organisations: ["acme"], told: ["org:acme"] },
  { organisations: ["open"], told: ["org:open"] },
  { organisations: ["closed"], told: [] },
])("of $organisations is told $told", async ({ organisations, told }) => {
  expect((await proofs([], { organisations })).told).toEqual(told);
});

test("what may not be asked is unknown, and trouble is no answer", async () => {
  expect((await proofs([["acme/web"]], { status: 403 })).told).toEqual([]);
  await expect(proofs([["acme/web"]], { status: 500 })).rejects.toMatchObject({ status: 500 });
});

test("nobody who may ask: nothing is known; nothing to ask: nobody is sought", async () => {
  const ask = askMemberships({
    client: () => Promise.resolve(null),
    asked: { teamLists: [["acme/web"]], organisations: ["acme"] },
    repository: { id: "99", owner: "acme", name: "shop" },
    ...{ isPublic: true, cache: noMemberships(), now: () => new Date(0), ttlMs: 1 },
  });
  expect(await ask(bo)).toEqual([]);
  expect((await proofs([])).requests).toEqual([]);
});

test("an answer is asked for once, and for each repository by itself", async () => {
  const cache = noMemberships();
  expect((await proofs([["acme/web"]], { cache })).requests).toHaveLength(2);
  expect((await proofs([["acme/web"]], { cache })).requests).toHaveLength(0);
  expect((await proofs([["acme/web"]], { cache, id: "98" })).requests).toHaveLength(2);
});
