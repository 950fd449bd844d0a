import type { OpenedEnvelope } from "../format/envelope.ts";
import { commitName, messageDigest, type Placement } from "./history.ts";
import type { JudgedLine } from "./lines.ts";
import type { Problems } from "./problems.ts";

/** The message that these records give, in index order. */
export type DeriveMessage = (records: readonly OpenedEnvelope[]) => string;

/**
 * Holds each commit's message against the records that it placed, as they stream by in index order.
 *
 * Reports MESSAGE_MISMATCH for another message, and for a commit that does not place one batch, as a
 * writer does, or does anything else to the records: the branch's log is for people, and must not tell what never was recorded.
 * A commit with a faulty record is passed over; that record is reported for itself.
 */
export class MessageWatch {
  readonly #problems: Problems;
  readonly #derive: DeriveMessage;
  readonly #placements: ReadonlyMap<string, Placement>;
  #open: { placement: Placement; records: OpenedEnvelope[]; sound: boolean } | null = null;

  constructor(placements: readonly Placement[], derive: DeriveMessage, problems: Problems) {
    this.#problems = problems;
    this.#derive = derive;
    this.#placements = new Map(
      placements.flatMap((placement) =>
        placement.batch === null ? [] : [[placement.batch, placement]],
      ),
    );
    for (const { commit, batch } of placements) {
      if (batch === null) this.#report(commit, "it does not place one batch, and only that");
    }
  }

  add({ batch, last, opened, fault }: JudgedLine): void {
    const placement = this.#placements.get(batch.path);
    if (placement === undefined) return;
    if (this.#open?.placement !== placement) this.#open = { placement, records: [], sound: true };

    if (opened === null || fault !== null) this.#open.sound = false;
    else this.#open.records.push(opened);
    if (last) this.#close();
  }

  #close(): void {
    if (this.#open?.sound === true) {
      const { placement, records } = this.#open;
      if (placement.messageDigest !== messageDigest(this.#derive(records))) {
        this.#report(placement.commit, "its message is not the one that its records give");
      }
    }
    this.#open = null;
  }

  #report(commit: string, what: string): void {
    this.#problems.add("MESSAGE_MISMATCH", commitName(commit), what, commitName(commit));
  }
}
