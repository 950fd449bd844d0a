import type { Problems } from "./problems.ts";
import type { ProblemCode } from "./verification.ts";

/** What was found before it is known what it means. `since` as in a problem. */
export interface KeptFault<Code extends ProblemCode> {
  readonly code: Code;
  readonly place: string;
  readonly what: string;
  readonly since: string | null;
}

/** As many of a code as are ever told with their place. */
const MOST_OF_A_CODE = 100;

/** Keeps the first faults of each code, and counts the others: memory stays flat whatever is found. */
export class KeptFaults<Code extends ProblemCode> {
  readonly #kept: KeptFault<Code>[] = [];
  readonly #counts = new Map<Code, number>();

  add(fault: KeptFault<Code>): void {
    const count = this.#counts.get(fault.code) ?? 0;
    this.#counts.set(fault.code, count + 1);
    if (count < MOST_OF_A_CODE) this.#kept.push(fault);
  }

  /** Tells of all of them, each under the code that `toldAs` gives for its own. */
  report(problems: Problems, toldAs: (code: Code) => ProblemCode = (code) => code): void {
    for (const { code, place, what, since } of this.#kept) {
      problems.add(toldAs(code), place, what, since);
    }
    for (const [code, count] of this.#counts) {
      problems.omit(toldAs(code), Math.max(0, count - MOST_OF_A_CODE));
    }
  }
}
