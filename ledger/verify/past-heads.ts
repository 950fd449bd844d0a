import { formatFrontier } from "../format/frontier-file.ts";
import type { PlacedBatch } from "../replay.ts";
import { commitName, textDigest, type Placement } from "./history.ts";
import type { Problems } from "./problems.ts";
import type { Mark, RootWatch } from "./root-watch.ts";

interface HeadFault {
  readonly code: "CHECKPOINT_INVALID" | "TREE_MISMATCH" | "MESSAGE_MISMATCH";
  readonly commit: string;
  readonly what: string;
}

/** What the commits are held against. */
export interface PastHeadsContext {
  readonly placements: readonly Placement[];
  /** The signed heads of the branch's commits. */
  readonly marks: readonly Mark[];
  /** The newest commit: its files are held against the whole ledger, not here. */
  readonly tip: string;
}

const MOST_FAULTS = 1_000;

/**
 * Holds what each earlier commit left behind against the records up to its batch: a writer moves
 * the branch from one signed head to the next, with a frontier that folds to it.
 *
 * Without this whoever can force a push tells the same records as another history: batches taken
 * apart, placed in another order, or under heads that nobody signed.
 */
export class PastHeads {
  readonly #byBatch: ReadonlyMap<
    string | null,
    { readonly placement: Placement; readonly at: number }
  >;
  readonly #marks: ReadonlyMap<string | null, Mark>;
  readonly #tip: string;
  readonly #faults: HeadFault[] = [];
  #last = 0;

  constructor({ placements, marks, tip }: PastHeadsContext) {
    this.#byBatch = new Map(
      placements.map((placement, at) => [placement.batch, { placement, at }]),
    );
    this.#marks = new Map(marks.map((mark) => [mark.commit, mark]));
    this.#tip = tip;
  }

  /** A batch, and the tree that its last line is the newest leaf of. */
  add({ path }: PlacedBatch, tree: Pick<RootWatch, "size" | "root" | "frontier">): void {
    const found = this.#byBatch.get(path);
    if (found === undefined || this.#faults.length >= MOST_FAULTS) return;
    const { placement, at } = found;
    const { commit } = placement;
    if (at < this.#last) {
      const what = "it places its batch before the one that comes first";
      this.#faults.push({ code: "MESSAGE_MISMATCH", commit, what });
    }
    this.#last = at;
    const fault = commit === this.#tip ? null : this.#headFault(placement, tree);
    if (fault !== null) this.#faults.push({ ...fault, commit });
  }

  /** Reports what was found; only where the records are whole does it say anything of the commits. */
  report(problems: Problems): void {
    for (const { code, commit, what } of this.#faults) {
      problems.add(code, commitName(commit), what, commitName(commit));
    }
  }

  #headFault(
    { commit, frontierDigest }: Placement,
    { size, root, frontier }: Pick<RootWatch, "size" | "root" | "frontier">,
  ): Omit<HeadFault, "commit"> | null {
    const mark = this.#marks.get(commit);
    if (mark?.size !== size) {
      const what = `its checkpoint is no signed head of size ${size}`;
      return { code: "CHECKPOINT_INVALID", what };
    }
    // Another root at its size is a fork, which is told as one.
    if (mark.root !== root || frontierDigest === textDigest(formatFrontier(frontier))) return null;
    return { code: "TREE_MISMATCH", what: "its frontier is not that of the records up to it" };
  }
}
