import * as z from "zod";
import {
  incidentPredicate,
  recordedOverride,
  recordedWaiver,
  waiverPredicate,
} from "./exception-predicates.ts";
import { executionPredicate } from "./execution-predicate.ts";
import {
  count,
  everyPredicate,
  hex64,
  objectId,
  type Omitted,
  orOmitted,
  time,
} from "./predicate-parts.ts";

/**
 * The predicates that this version writes, as a reader may rely on them.
 *
 * Objects are loose: a later version may add a key, and what is here stays as it is. Lists and
 * texts that were too large for a record stand as `Omitted`.
 */

const actor = z.looseObject({ id: z.string(), login: z.string(), bot: z.boolean() });

const settlement = z.looseObject({
  kind: z.enum(["approval", "waiver", "override"]),
  id: z.string(),
  actor: z.string(),
  at: time,
  until: z.string().optional(),
  reason: z.string().optional(),
});

const reason = z.looseObject({
  policyId: z.string(),
  decision: z.enum(["WARN", "DENY"]),
  message: z.string(),
  path: z.string().nullable(),
  side: z.enum(["base", "head"]).nullable(),
  line: count.nullable(),
  endLine: count.nullable(),
  remedy: z.string(),
  settledBy: z.array(settlement),
});

const verdict = z.looseObject({
  decision: z.enum(["ALLOW", "WARN", "DENY"]),
  policyIds: z.array(z.string()),
  reasons: orOmitted(z.array(reason)),
  reasonsOmitted: count,
  provenance: z.looseObject({
    origin: z.enum(["app", "action", "cli"]),
    confidence: z.number().min(0).max(1),
    simulation: z.boolean(),
  }),
});

const check = z.looseObject({
  policyId: z.string(),
  document: hex64,
  outcome: z.enum(["pass", "fail", "approved", "waived", "overridden", "error"]),
  reasons: orOmitted(z.array(reason)),
});

const action = z.looseObject({
  kind: z.enum(["pull_request", "merge_group", "deployment", "command", "push"]),
  name: z.string().nullable(),
  number: count.nullable(),
  actor: actor.nullable(),
  author: actor.nullable(),
  title: orOmitted(z.string()).nullable(),
  body: orOmitted(z.string()).nullable(),
  labels: orOmitted(z.array(z.string())),
  draft: z.boolean().nullable(),
  fork: z.boolean().nullable(),
  baseBranch: z.string().nullable(),
  headBranch: z.string().nullable(),
  at: time,
  attempt: z.string().nullable(),
});

const repository = z.looseObject({
  host: z.string().nullable(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  defaultTokenPermissions: z.enum(["read", "write", "unknown"]),
  /** The custom properties that policies read; absent in earlier records. */
  properties: z.record(z.string(), z.array(z.string()).readonly()).readonly().nullable().optional(),
});

const change = z.looseObject({
  base: objectId,
  head: objectId,
  mergeBase: objectId,
  baseTree: objectId,
  headTree: objectId,
  mergeTree: objectId.nullable(),
  filesDigest: hex64,
});

const policySource = z.looseObject({
  repoId: z.string().nullable(),
  ref: z.string().nullable(),
  commit: z.string().nullable(),
  path: z.string(),
  digest: hex64,
});

const capabilityDelta = z.looseObject({
  kind: z.string(),
  name: z.string(),
  holder: z.string(),
  context: z.string(),
  delta: z.enum(["added", "raised", "lowered", "removed"]),
  before: z.string().nullable(),
  after: z.string().nullable(),
  path: z.string(),
  side: z.enum(["base", "head"]),
  line: count,
  endLine: count,
  certainty: z.enum(["exact", "heuristic"]),
});

const review = z.looseObject({
  id: z.string(),
  actor,
  state: z.enum(["approved", "changes_requested", "commented", "dismissed"]),
  commit: z.string(),
  at: time,
  via: z.array(z.string()),
  retargeted: z.boolean(),
  sameChange: z.boolean().nullable().optional(),
  sameFor: z.array(z.string()).nullable().optional(),
});

const contributor = z.looseObject({
  as: z.enum(["author", "committer", "co-author", "pusher"]),
  actor: actor.nullable(),
  commit: z.string().nullable(),
});

const status = z.looseObject({
  name: z.string(),
  app: z.string(),
  appId: z.string().optional(),
  conclusion: z.string().nullable(),
});

/** Whether the host found a commit's signature good. */
const verifiedCommit = z.looseObject({ sha: objectId, verified: z.boolean() });

/**
 * A verdict's predicate: every input that git does not hold, and what was judged from them.
 *
 * `capabilities` are the facts' deltas, kept so that lineage knows them without judging again.
 * `supersedes` is the leaf (hex) of the latest record of the same action, subject and origin.
 */
export const verdictPredicate = z.looseObject({
  ...everyPredicate,
  action,
  repository,
  change,
  verdict,
  checks: orOmitted(z.array(check)),
  policies: z.array(policySource),
  evaluator: z.looseObject({ id: z.string(), version: z.string(), digest: hex64 }),
  factsDigest: hex64,
  external: z.looseObject({
    reviews: orOmitted(z.array(review)).nullable(),
    contributors: orOmitted(z.array(contributor)).nullable().optional(),
    statuses: orOmitted(z.array(status)).nullable(),
    /** The waivers that were weighed; absent in records of hosts that read none. */
    waivers: orOmitted(z.array(recordedWaiver)).optional(),
    /** The emergency overrides of the head. */
    overrides: orOmitted(z.array(recordedOverride)).optional(),
    verified: orOmitted(z.array(verifiedCommit)).optional(),
  }),
  capabilities: orOmitted(z.array(capabilityDelta)),
  supersedes: hex64.nullable(),
});

/** A `trust` predicate: the keyset that holds from this record on. `root` is the sha256 (hex) of its file. */
export const trustPredicate = z.looseObject({
  ...everyPredicate,
  root: hex64,
  format: z.literal(1),
  predecessor: z.string().nullable(),
});

/** What a predicate of a kind that this version does not know still has. */
export const anyPredicate = z.looseObject(everyPredicate);

export type VerdictPredicate = z.infer<typeof verdictPredicate>;
export type AnyPredicate = z.infer<typeof anyPredicate>;
export type RecordedReason = z.infer<typeof reason>;
export type RecordedCheck = z.infer<typeof check>;
export type RecordedReview = z.infer<typeof review>;
export type RecordedWaiver = z.infer<typeof recordedWaiver>;
export type RecordedOverride = z.infer<typeof recordedOverride>;
export type RecordedCapability = z.infer<typeof capabilityDelta>;

/** The schema of a kind's predicate. */
export function predicateSchema(kind: string) {
  if (kind === "verdict") return verdictPredicate;
  if (kind === "execution") return executionPredicate;
  if (kind === "waiver") return waiverPredicate;
  if (kind === "incident") return incidentPredicate;
  return kind === "trust" ? trustPredicate : anyPredicate;
}

/** The items of a list that was small enough to be recorded; none where only its digest was. */
export function recordedItems<T>(list: readonly T[] | Omitted | null): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]) : [];
}

/** Every reason that a record still holds, settled or not. */
export function allReasons(predicate: VerdictPredicate): readonly RecordedReason[] {
  const checks = recordedItems<RecordedCheck>(predicate.checks);
  const ofChecks = checks.flatMap((check) => recordedItems<RecordedReason>(check.reasons));
  return [...recordedItems<RecordedReason>(predicate.verdict.reasons), ...ofChecks];
}
