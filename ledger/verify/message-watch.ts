import { commitName, type Placement } from "./history.ts";
import type { PlacedJudgement } from "./placed-batches.ts";
import type { Problems } from "./problems.ts";

/**
 * Holds each commit's message against the records that it placed, batch by batch.
 *
 * Reports MESSAGE_MISMATCH for another message, and for a commit that does not place one batch on top
 * of one parent, as a writer does, does anything else to the records, or changes more files: the branch's log is for
 * people, and must not tell what never was recorded.
 * A commit with a faulty record is passed over; that record is reported for itself.
 */
export class MessageWatch {
  readonly #problems: Problems;
  readonly #placements: ReadonlyMap<string | null, Placement>;

  constructor(placements: readonly Placement[], problems: Problems) {
    this.#problems = problems;
    this.#placements = new Map(placements.map((placement) => [placement.batch, placement]));
    for (const { commit, batch, isCut, isMerge } of placements) {
      if (isCut) this.#report(commit, "it changes more files than an append may write");
      else if (batch === null) this.#report(commit, "it does not place one batch, and only that");
      else if (isMerge) this.#report(commit, "it joins another history to the ledger's");
    }
  }

  add({ batch, judged }: PlacedJudgement): void {
    const placement = this.#placements.get(batch.path);
    if (placement === undefined || judged.message === null) return;
    if (placement.messageDigest === judged.message) return;
    this.#report(placement.commit, "its message is not the one that its records give");
  }

  #report(commit: string, what: string): void {
    this.#problems.add("MESSAGE_MISMATCH", commitName(commit), what, commitName(commit));
  }
}
