import { toBase64 } from "../format/base64.ts";
import { emptyRoot, type Digest } from "../format/tree.ts";
import type { PlacedLine } from "./check-record.ts";
import { KeptFaults } from "./kept-faults.ts";
import type { Problems } from "./problems.ts";
import { RootWatch } from "./root-watch.ts";

/** A head that a record says was seen before it, and that record. */
interface Claim {
  readonly size: number;
  readonly root: string;
  readonly place: string;
  readonly since: string;
}

/**
 * Holds records against what they say of the ledger before them: the head that was seen, and the
 * record that a verdict supersedes. Whoever may sign heads alone can leave a record out and place
 * the others again, but cannot make those others forget it.
 *
 * A writer sees signed heads, and they end batches: only the roots there are kept. What is said of a
 * size within a batch waits until all is read: two commits of a branch may have been made one.
 */
export class ClaimedPast {
  readonly #roots = new Map([[0, toBase64(emptyRoot())]]);
  readonly #open = new Map<string, Claim>();
  readonly #faults = new KeptFaults<"TREE_MISMATCH" | "FORKED">();

  /** The tree at the end of a batch. */
  keep({ size, root }: Pick<RootWatch, "size" | "root">): void {
    this.#roots.set(size, root);
  }

  /** A record that was signed; `stands` tells whether a leaf (hex) stands before it. */
  add(line: PlacedLine, stands: (leaf: string) => boolean): void {
    const { place, record } = line;
    const supersedes = record?.supersedes ?? null;
    if (supersedes !== null && !stands(supersedes)) {
      const what = "it supersedes a record that does not stand before it";
      this.#faults.add({ code: "TREE_MISMATCH", place, what, since: line.since() });
    }
    if (record !== null) this.#addHead(line, record.observed);
  }

  /**
   * Reports TREE_MISMATCH and FORKED. `leaves` gives the ledger's leaves once more; it is asked only
   * where a record names a size within a batch. For a ledger whose records are those of its head.
   */
  async report(problems: Problems, leaves: () => AsyncIterable<Digest>): Promise<void> {
    if (this.#open.size > 0) await this.#settle(leaves());
    this.#faults.report(problems);
  }

  #addHead({ index, place, since }: PlacedLine, { size, root }: Pick<Claim, "size" | "root">) {
    if (size > index) {
      const what = `it was made after a head of size ${size}, and stands at index ${index}`;
      this.#faults.add({ code: "FORKED", place, what, since: since() });
      return;
    }
    const kept = this.#roots.get(size);
    if (kept === root) return;
    const claim = { size, root, place, since: since() };
    if (kept !== undefined) this.#refuse(claim);
    else if (!this.#open.has(keyOf(claim))) this.#open.set(keyOf(claim), claim);
  }

  async #settle(leaves: AsyncIterable<Digest>): Promise<void> {
    const claims = [...this.#open.values()];
    const watch = new RootWatch(claims.map(({ size, root }) => ({ size, root, commit: null })));
    for await (const leaf of leaves) watch.append(leaf);
    const failed = new Set(watch.failed.map(keyOf));
    for (const claim of claims) if (failed.has(keyOf(claim))) this.#refuse(claim);
  }

  #refuse({ size, root, place, since }: Claim): void {
    const what = `it was made after a head of size ${size} with the root ${root}, which is not this ledger's`;
    this.#faults.add({ code: "FORKED", place, what, since });
  }
}

function keyOf({ size, root }: Pick<Claim, "size" | "root">): string {
  return `${size} ${root}`;
}
