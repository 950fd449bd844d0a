import { canonicalBytes, type JsonObject, type JsonValue } from "../ledger/format/canonical.ts";
import type { Observed, RecordDraft } from "../ledger/record.ts";
import type { Listing } from "../rules/change/listing.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { External, Facts } from "../rules/facts/facts.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { givenWaivers } from "../rules/waivers/waiving.ts";
import type { Evaluator } from "./evaluator.ts";
import { digestAndCount } from "./omitted.ts";
import type { GovernedAction } from "./ports.ts";

/** What one verdict's record is made of. `filesDigest` is the sha256 (hex) of the change's files. */
export interface Judged {
  readonly action: GovernedAction;
  readonly listing: Listing;
  readonly filesDigest: string;
  readonly policies: PolicySet;
  readonly external: External;
  readonly judgement: Judgement;
  readonly evaluator: Evaluator;
  readonly observed: Observed;
}

/** The draft of a verdict's record: every input that git does not hold, and what was judged from them. */
export function verdictRecord(judged: Judged): RecordDraft {
  const { listing, observed } = judged;
  return {
    kind: "verdict",
    subject: { commit: listing.head, tree: listing.headTree },
    observed,
    predicate: predicateThatFits(judged),
  };
}

/** A record's line holds 256 KiB; base64 and the envelope take a quarter of it. */
const MAX_PREDICATE_BYTES = 184 * 1024;

/** The parts that can grow without bound; the first ones are shortened first. */
const SHORTENED_FIRST = [
  "capabilities",
  "checks",
  "body",
  "statuses",
  "waivers",
  "verified",
  "contributors",
  "reviews",
  "reasons",
  "labels",
  "overrides",
] as const;

type Parts = Record<(typeof SHORTENED_FIRST)[number], JsonValue>;

function predicateThatFits(judged: Judged): JsonObject {
  const parts = growingParts(judged);
  for (const part of SHORTENED_FIRST) {
    const predicate = predicateOf(judged, parts);
    if (canonicalBytes(predicate).length <= MAX_PREDICATE_BYTES) return predicate;
    parts[part] = parts[part] === null ? null : digestAndCount(parts[part]);
  }
  return predicateOf(judged, parts);
}

function growingParts({ judgement, external, policies }: Judged): Parts {
  const { facts, verdict, checks } = judgement;
  return {
    waivers: json(givenWaivers({ external, policies })),
    overrides: json(external.overrides ?? []),
    capabilities: json(facts.capabilities),
    checks: json(checks),
    body: facts.action.body,
    statuses: json(facts.statuses),
    verified: json(verifiedCommits(facts)),
    contributors: json(facts.contributors),
    reviews: json(facts.reviews),
    reasons: json(verdict.reasons),
    labels: json(facts.action.labels),
  };
}

/** Who is of a private team must not be read off a public ledger. */
function recordedAuthor({ action: { author } }: Facts) {
  if (!author) return null;
  const { teams, organisations, ...known } = author;
  return {
    ...known,
    ...(teams && { teams: digestAndCount([...teams]) }),
    ...(organisations && { organisations: digestAndCount([...organisations]) }),
  };
}

/** Null where nobody told of any. */
function verifiedCommits({ commits }: Facts) {
  const told = commits?.flatMap(({ sha, verified }) =>
    verified === null ? [] : [{ sha, verified }],
  );
  return told === undefined || told.length === 0 ? null : told;
}

function predicateOf(judged: Judged, parts: Parts): JsonObject {
  const { action, listing, filesDigest, policies, judgement, evaluator } = judged;
  const { base, head, mergeBase, baseTree, headTree, mergeTree } = listing;
  const { facts, verdict, factsDigest } = judgement;
  return {
    at: facts.action.at,
    action: {
      ...asObject(facts.action),
      author: json(recordedAuthor(facts)),
      body: parts.body,
      labels: parts.labels,
      attempt: action.attempt,
    },
    repository: json(facts.repository),
    change: { base, head, mergeBase, baseTree, headTree, mergeTree, filesDigest },
    verdict: { ...asObject(verdict), reasons: parts.reasons },
    checks: parts.checks,
    policies: sourcesOf(policies).map(({ repoId, ref, commit, path, digest }) => {
      return { repoId, ref, commit, path, digest };
    }),
    evaluator: json(evaluator),
    factsDigest,
    external: {
      ...{ reviews: parts.reviews, contributors: parts.contributors, statuses: parts.statuses },
      ...(parts.verified !== null && { verified: parts.verified }),
      ...exceptionsOf(parts),
    },
    capabilities: parts.capabilities,
  };
}

/** Nothing is said of exceptions where there are none. */
function exceptionsOf({ waivers, overrides }: Parts): JsonObject {
  const isThere = (part: JsonValue) => !Array.isArray(part) || part.length > 0;
  return {
    ...(isThere(waivers) && { waivers }),
    ...(isThere(overrides) && { overrides }),
  };
}

function sourcesOf({ sources, waiverFile }: PolicySet): PolicySet["sources"] {
  return waiverFile === undefined ? sources : [...sources, waiverFile.source];
}

function json(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

function asObject(value: object): JsonObject {
  return json(value) as JsonObject;
}
