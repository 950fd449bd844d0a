import { toBase64 } from "../format/base64.ts";
import { Frontier, type Digest } from "../format/tree.ts";

/** A root (base64) that the tree must have had at a size, and who says so. */
export interface Mark {
  readonly size: number;
  readonly root: string;
  /** The commit whose checkpoint it is, null for a pin. */
  readonly commit: string | null;
}

/** Grows the tree leaf by leaf, and compares its root wherever a mark stands. */
export class RootWatch {
  readonly #frontier = new Frontier();
  readonly #marks = new Map<number, Mark[]>();
  readonly #failed: Mark[] = [];
  #lastGood = 0;
  #root: { readonly size: number; readonly base64: string } | null = null;

  constructor(marks: readonly Mark[]) {
    for (const mark of marks) {
      const others = this.#marks.get(mark.size) ?? [];
      if (others.every(({ root }) => root !== mark.root)) {
        this.#marks.set(mark.size, [...others, mark]);
      }
    }
    this.#compare();
  }

  get size(): number {
    return this.#frontier.size;
  }

  get frontier(): Frontier {
    return this.#frontier;
  }

  /** The tree's root, base64. */
  get root(): string {
    const { size } = this;
    if (this.#root?.size !== size) this.#root = { size, base64: toBase64(this.#frontier.root()) };
    return this.#root.base64;
  }

  /** The marks whose root the tree did not have, smallest size first. */
  get failed(): readonly Mark[] {
    return this.#failed;
  }

  /** The largest size up to which every mark held. */
  get lastGood(): number {
    return this.#lastGood;
  }

  append(leaf: Digest): void {
    this.#frontier.append(leaf);
    this.#compare();
  }

  #compare(): void {
    const marks = this.#marks.get(this.size);
    if (marks === undefined) return;
    const root = this.root;
    const failed = marks.filter((mark) => mark.root !== root);
    this.#failed.push(...failed);
    if (this.#failed.length === 0) this.#lastGood = this.size;
  }
}
