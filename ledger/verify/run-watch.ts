import type { PlacedLine } from "./check-record.ts";
import type { Problems } from "./problems.ts";
import type { RunStep } from "./run-step.ts";

/**
 * Holds executions against the records that they rest on: a verdict is followed by one start or one
 * block, a start by one end, each about the same commit, under the same name and attempt, and a start
 * by no enforced denial.
 *
 * Memory holds a line for each verdict on a command that nothing followed.
 */
export class RunWatch {
  readonly #problems: Problems;
  readonly #open = new Map<string, string>();

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** Reports KIND_MISMATCH for an execution that takes no step which stands open before it. */
  add({ place, leaf, record, since }: PlacedLine): void {
    const { rests = null, leaves = null } = record?.run ?? {};
    if (rests !== null && !this.#take(rests)) {
      const what = "no record before it is one that it can rest on";
      this.#problems.add("KIND_MISMATCH", place, what, since());
    }
    if (leaves !== null) this.#open.set(Buffer.from(leaf).toString("hex"), leaves);
  }

  /** A step is taken once: what a command came to is not told twice. */
  #take({ leaf, step }: NonNullable<RunStep["rests"]>): boolean {
    return this.#open.get(leaf) === step && this.#open.delete(leaf);
  }
}
