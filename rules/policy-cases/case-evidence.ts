import { sha256Hex } from "../canonical.ts";
import {
  type BaseOwners,
  contentKey,
  type Contents,
  type Listing,
  type Side,
} from "../change/listing.ts";
import type { Evidence } from "../evidence.ts";
import type { ActionFacts, Actor, Contributor, Review } from "../facts/facts.ts";
import { OWNERS_PLACES } from "../change/owners-places.ts";
import {
  organisationProof,
  OUTSIDE_ALL,
  roleProof,
  teamProof,
} from "../policy/approvals/proofs.ts";
import type { PolicyCase } from "./case-file.ts";
import { commitsOfCase, observedInCase } from "./case-surroundings.ts";

const BASE = "a".repeat(40);
const HEAD = "b".repeat(40);
const EARLIER = "c".repeat(40);

/** When a case takes place that says nothing of it. */
const SOME_TIME = "2026-01-01T00:00:00Z";

/** The change of a case that is about files, between two commits that are nowhere. */
export function changeOfCase(files: NonNullable<PolicyCase["files"]>): {
  readonly listing: Listing;
  readonly contents: Contents;
} {
  const contents = new Map<string, Uint8Array>();
  const listed = Object.entries(files).map(([path, { base, head }]) => {
    const version = (side: Side, text: string) => {
      contents.set(contentKey(side, path), new TextEncoder().encode(text));
      return { oid: sha256Hex(text).slice(0, 40), mode: "100644" as const };
    };
    return {
      path,
      ...(base !== undefined && { base: version("base", base) }),
      ...(head !== undefined && { head: version("head", head) }),
    };
  });
  const trees = { baseTree: BASE, headTree: HEAD, mergeTree: null };
  const commits = { base: BASE, head: HEAD, mergeBase: BASE };
  const baseOwners = ownersOfCase(files);
  return { listing: { ...commits, ...trees, files: listed, baseOwners }, contents };
}

function ownersOfCase(files: NonNullable<PolicyCase["files"]>): BaseOwners {
  const path = OWNERS_PLACES.find((place) => files[place]?.base !== undefined) ?? null;
  const text = path === null ? undefined : files[path]?.base;
  return { path, content: text === undefined ? null : new TextEncoder().encode(text) };
}

/** What a host would say of a case's pull request, and of its repository nothing. */
export function surroundingsOfCase(
  { action = {}, reviews, contributors, ...other }: PolicyCase,
  head = HEAD,
): Pick<Evidence, "action" | "repository" | "external" | "origin" | "commits"> {
  const author = actorOf(action.author ?? "contributor");
  const at = action.at ?? SOME_TIME;
  const facts: ActionFacts = {
    ...{ kind: "pull_request", name: null, number: 1, actor: author, author },
    ...{ title: action.title ?? "A change", body: action.body ?? "", labels: action.labels ?? [] },
    ...{ draft: action.draft ?? false, fork: action.fork ?? false },
    ...{ baseBranch: action.base ?? "main", headBranch: action.head ?? "change", at },
  };
  return {
    action: facts,
    repository: {
      ...{ host: null, id: null, name: null, defaultBranch: null },
      defaultTokenPermissions: "unknown",
    },
    external: {
      reviews: reviewsOf(reviews ?? [], { head, at }),
      contributors: contributorsOf(contributors ?? [], head),
      ...observedInCase(other),
      memberships: { teams: action.teams ?? [], organisations: action.organisations ?? [] },
    },
    origin: "cli",
    ...(other.commits && { commits: commitsOfCase(other.commits, at) }),
  };
}

/** A login stands for itself, so that equal ones are one person. */
function actorOf(login: string): Actor {
  return { id: login.toLowerCase(), login, bot: login.endsWith("[bot]") };
}

function reviewsOf(
  reviews: NonNullable<PolicyCase["reviews"]>,
  { head, at }: { readonly head: string; readonly at: string },
): readonly Review[] {
  return reviews.map(({ by, state, role, current, ...more }, index) => {
    const seen = {
      commit: current ? head : EARLIER,
      at,
      retargeted: false,
      sameChange: more.same ?? false,
    };
    const { teams = [], organisations = [] } = more;
    const membership = [...teams.map(teamProof), ...organisations.map(organisationProof)];
    const via = [roleProof(role), ...membership, OUTSIDE_ALL];
    return { id: String(index + 1), actor: actorOf(by), state, ...seen, via };
  });
}

function contributorsOf(
  contributors: NonNullable<PolicyCase["contributors"]>,
  head: string,
): readonly Contributor[] {
  return contributors.map(({ by, as }) => ({ as, actor: actorOf(by), commit: head }));
}
