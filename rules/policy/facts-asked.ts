import type { FactPath } from "./fact-paths.ts";
import type { Policy } from "./policy-set.ts";

/** What some policies read of that which is gathered, or told in the facts, only for those who read it. */
export interface AskedFacts {
  readonly body: boolean;
  /** The changed lines themselves. */
  readonly lines: boolean;
  /** How many lines changed, in the change or in each file. */
  readonly lineCounts: boolean;
  readonly commits: boolean;
  /** Whether the signatures of commits are good. */
  readonly verified: boolean;
  readonly statuses: boolean;
  /** The names of the repository's properties, sorted. */
  readonly properties: readonly string[];
}

/** Only what they read matters of the policies. */
export type Readers = readonly Pick<Policy, "reads">[];

const PROPERTIES = /^repository\.properties\./;

/** Whoever reads all of it. */
export const EVERY_FACT: Readers[number] = {
  reads: ["action.body", "change.lines", "change.addedLines", "commits", "statuses"],
};

export function askedFacts(policies: Readers): AskedFacts {
  const reads = new Set(policies.flatMap((policy) => policy.reads));
  return {
    body: reads.has("action.body"),
    lines: isBelow("change.lines", reads),
    lineCounts: [...reads].some((path) => /(?:^|\.)(?:added|removed)Lines$/.test(path)),
    commits: isBelow("commits", reads) || reads.has("change.commitsCount"),
    verified: reads.has("item.verified") || reads.has("commits[].verified"),
    statuses: isBelow("statuses", reads),
    properties: [...reads].flatMap((path) => path.split(PROPERTIES)[1] ?? []).sort(),
  };
}

/** Whether a fact or one in it is read: `reviews`, `reviews[].state`. */
function isBelow(root: FactPath, reads: ReadonlySet<FactPath>): boolean {
  return [...reads].some(
    (path) => path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[]`),
  );
}
