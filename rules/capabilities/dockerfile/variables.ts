import type { Lookup } from "./expand.ts";

/** A variable: null for an argument without a default, undefined for a value that nobody knows. */
export interface Variable {
  readonly name: string;
  readonly value: string | null | undefined;
}

interface Assigned {
  readonly value: string | undefined;
  /** Its place among all assignments of the stage. */
  readonly at: number;
}

/**
 * What the variables of a stage stand for. `ENV` stands before `ARG`, whichever comes last, and goes
 * on in the stages that begin from this one; an `ARG` without a default has that of the file's head.
 */
export class Variables {
  readonly #parent: Variables | null;
  readonly #globals: Variables | null;
  readonly #env: Map<string, Assigned[]>;
  readonly #args: Map<string, Assigned[]>;
  readonly #until: number;
  readonly #count: { at: number };

  constructor(parent: Variables | null, globals: Variables | null, shared?: Variables) {
    this.#parent = parent;
    this.#globals = globals;
    this.#env = shared ? shared.#env : new Map<string, Assigned[]>();
    this.#args = shared ? shared.#args : new Map<string, Assigned[]>();
    this.#count = shared ? shared.#count : { at: 0 };
    this.#until = shared ? shared.#count.at : Infinity;
  }

  /** The variables as they stand now, whatever is set later. */
  snapshot(): Variables {
    return new Variables(this.#parent, this.#globals, this);
  }

  declare(variables: readonly Variable[]): void {
    for (const { name, value } of variables) {
      const given = value === null ? this.#globals?.lookup(name) : value;
      this.#assign(this.#args, name, given);
    }
  }

  set(variables: readonly Variable[]): void {
    for (const { name, value } of variables) this.#assign(this.#env, name, value ?? undefined);
  }

  readonly lookup: Lookup = (name) => (this.#environment(name) ?? this.#argument(name))?.value;

  /** Whether an argument of that name has been declared here. */
  isArgument(name: string): boolean {
    return this.#argument(name) !== undefined;
  }

  #environment(name: string): Assigned | undefined {
    const own = this.#latest(this.#env, name);
    if (own || this.#parent === null) return own;
    return this.#parent.#environment(name);
  }

  #argument(name: string): Assigned | undefined {
    return this.#latest(this.#args, name);
  }

  #latest(assigned: ReadonlyMap<string, readonly Assigned[]>, name: string): Assigned | undefined {
    const all = assigned.get(name) ?? [];
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.at ?? 0) < this.#until) low = middle + 1;
      else high = middle;
    }
    return all[low - 1];
  }

  #assign(assigned: Map<string, Assigned[]>, name: string, value: string | undefined): void {
    const at = this.#count.at;
    this.#count.at += 1;
    const known = assigned.get(name);
    if (known) known.push({ value, at });
    else assigned.set(name, [{ value, at }]);
  }
}
