import { canonicalBytes, type JsonObject, type JsonValue } from "../ledger/format/canonical.ts";
import type { Observed, RecordDraft } from "../ledger/record.ts";
import type { Listing } from "../rules/change/listing.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import type { Evaluator } from "./evaluator.ts";
import { digestAndCount } from "./omitted.ts";
import type { GovernedAction } from "./ports.ts";

/** What one verdict's record is made of. `filesDigest` is the sha256 (hex) of the change's files. */
export interface Judged {
  readonly action: GovernedAction;
  readonly listing: Listing;
  readonly filesDigest: string;
  readonly policies: PolicySet;
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
  "reviews",
  "reasons",
  "labels",
] as const;

type Parts = Record<(typeof SHORTENED_FIRST)[number], JsonValue>;

function predicateThatFits(judged: Judged): JsonObject {
  const parts = growingParts(judged.judgement);
  for (const part of SHORTENED_FIRST) {
    const predicate = predicateOf(judged, parts);
    if (canonicalBytes(predicate).length <= MAX_PREDICATE_BYTES) return predicate;
    parts[part] = parts[part] === null ? null : digestAndCount(parts[part]);
  }
  return predicateOf(judged, parts);
}

function growingParts({ facts, verdict, checks }: Judgement): Parts {
  return {
    capabilities: json(facts.capabilities),
    checks: json(checks),
    body: facts.action.body,
    statuses: json(facts.statuses),
    reviews: json(facts.reviews),
    reasons: json(verdict.reasons),
    labels: json(facts.action.labels),
  };
}

function predicateOf(judged: Judged, parts: Parts): JsonObject {
  const { action, listing, filesDigest, policies, judgement, evaluator } = judged;
  const { base, head, mergeBase, baseTree, headTree, mergeTree } = listing;
  const { facts, verdict, factsDigest } = judgement;
  return {
    at: facts.action.at,
    action: {
      ...asObject(facts.action),
      body: parts.body,
      labels: parts.labels,
      attempt: action.attempt,
    },
    repository: json(facts.repository),
    change: { base, head, mergeBase, baseTree, headTree, mergeTree, filesDigest },
    verdict: { ...asObject(verdict), reasons: parts.reasons },
    checks: parts.checks,
    policies: policies.sources.map(({ repoId, ref, commit, path, digest }) => {
      return { repoId, ref, commit, path, digest };
    }),
    evaluator: json(evaluator),
    factsDigest,
    external: { reviews: parts.reviews, statuses: parts.statuses },
    capabilities: parts.capabilities,
  };
}

function json(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

function asObject(value: object): JsonObject {
  return json(value) as JsonObject;
}
