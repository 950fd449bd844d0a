import type { External } from "./facts.ts";

/** What a host knows that asks nobody: all of it is unknown. */
export const NOTHING_KNOWN = {
  reviews: null,
  contributors: null,
  statuses: null,
} as const satisfies External;
