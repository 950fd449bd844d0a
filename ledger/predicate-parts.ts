import * as z from "zod";

/** A sha256 in hex. */
export const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
/** A git object id, of either format. */
export const objectId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
/** 0 or more. */
export const count = z.int().nonnegative();
/** RFC 3339. */
export const time = z.iso.datetime();

/**
 * What was over a record's limit: the sha256 (hex) of its canonical form, and how many items (or
 * characters) it had.
 */
export interface Omitted {
  readonly digest: string;
  readonly count: number;
}

const omitted = z.looseObject({ digest: hex64, count });

/** A list or text that may stand as `Omitted`. */
export function orOmitted<T extends z.ZodType>(schema: T) {
  return z.union([schema, omitted]);
}

/** What every predicate has. `at` is RFC 3339 in UTC; `observed.root` is base64. */
export const everyPredicate = {
  id: z.string().min(1).max(128),
  ledger: z.string().min(1).max(255),
  at: time,
  observed: z.looseObject({ size: count, root: z.string().max(64) }),
};
