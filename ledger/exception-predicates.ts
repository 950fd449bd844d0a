import * as z from "zod";
import { count, everyPredicate, hex64, objectId, orOmitted, time } from "./predicate-parts.ts";

/** Who did it. `via` counts only where it was proven: `team:acme/security`, `role:admin`. */
const namedActor = z.looseObject({
  login: z.string().min(1),
  proven: z.boolean(),
  via: z.array(z.string()),
});

const repository = z.looseObject({ id: z.string().min(1) });
const words = z.string().regex(/\S/);

/** An exception as a verdict's record has it. */
export const recordedWaiver = z.looseObject({
  id: z.string().min(1),
  source: z.enum(["record", "file"]),
  policyId: z.string().min(1),
  document: hex64,
  repositoryId: z.string().min(1),
  commit: objectId,
  findings: orOmitted(z.array(hex64)),
  owner: words,
  reason: words,
  expires: z.string(),
  grantedBy: namedActor.nullable(),
  at: z.string(),
});

/** An emergency override as a verdict's record has it. */
export const recordedOverride = z.looseObject({
  id: z.string().min(1),
  repositoryId: z.string().min(1),
  head: objectId,
  by: namedActor,
  reason: words,
  at: z.string(),
});

/**
 * A waiver's predicate: what is granted, or that an earlier one is revoked.
 *
 * `findings` are the fingerprints (sha256, hex) of what the policy found at the subject, `document`
 * the sha256 (hex) of the policy's document. `revokes` is the leaf (hex) of a grant.
 */
export const waiverPredicate = z.discriminatedUnion("act", [
  z.looseObject({
    ...everyPredicate,
    act: z.literal("grant"),
    repository,
    policyId: z.string().min(1),
    document: hex64,
    findings: z.array(hex64).min(1).max(1_000),
    owner: words,
    reason: words,
    expires: time,
    grantedBy: namedActor,
  }),
  z.looseObject({
    ...everyPredicate,
    act: z.literal("revoke"),
    repository,
    revokes: hex64,
    reason: words,
    revokedBy: namedActor,
  }),
]);

const override = z.looseObject({
  ...everyPredicate,
  type: z.literal("override"),
  repository,
  by: namedActor,
  reason: words,
  /** The policies (ids) that had a reason against it. */
  policyIds: z.array(z.string()),
  reasonsCount: count,
});

const review = z.looseObject({
  ...everyPredicate,
  type: z.literal("review"),
  repository,
  /** The leaf (hex) of the override that is reviewed. */
  closes: hex64,
  by: namedActor,
  reason: words,
});

/** What another version may have to tell of an incident. */
const otherIncident = z
  .looseObject(everyPredicate)
  .refine(({ type }) => type !== "override" && type !== "review");

/** An incident's predicate: an emergency override of what stands against its subject, or its review. */
export const incidentPredicate = z.union([override, review, otherIncident]);

export type WaiverPredicate = z.infer<typeof waiverPredicate>;
export type OverridePredicate = z.infer<typeof override>;
export type ReviewPredicate = z.infer<typeof review>;

/** The override that an incident's predicate tells of; null where it is another incident. */
export function overrideIn(predicate: unknown): OverridePredicate | null {
  return override.safeParse(predicate).data ?? null;
}

/** The review that an incident's predicate tells of; null where it is another incident. */
export function reviewIn(predicate: unknown): ReviewPredicate | null {
  return review.safeParse(predicate).data ?? null;
}
