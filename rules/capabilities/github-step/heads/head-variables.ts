import type { Certainty } from "../../capability.ts";
import { ANY_KEY } from "../step.ts";

/** The surer of two findings. */
export function surer(left: Certainty | null, right: Certainty | null): Certainty | null {
  return right === "exact" ? right : (left ?? right);
}

/** Which variables of `env` name a head, laid over those around them. Their case does not count. */
export class HeadVariables {
  private readonly own = new Map<string, Certainty | null>();
  /** Of those whose names only a run knows. */
  private open: Certainty | null = null;
  private strongest: Certainty | null = null;

  private readonly outer: HeadVariables | null;

  constructor(outer: HeadVariables | null) {
    this.outer = outer;
  }

  set(name: string, head: Certainty | null): void {
    if (name === ANY_KEY) this.open = surer(this.open, head);
    else this.own.set(name.toUpperCase(), head);
    this.strongest = surer(this.strongest, head);
  }

  /** Whether a variable names a head, of `*` whether any does; undefined for one that is not set. */
  get(name: string): Certainty | null | undefined {
    const outer = this.outer?.get(name);
    if (name === ANY_KEY) return surer(this.strongest, outer ?? null);
    const own = this.own.get(name.toUpperCase());
    if (own === undefined && this.open === null) return outer;
    return surer(own === undefined ? (outer ?? null) : own, this.open);
  }
}
