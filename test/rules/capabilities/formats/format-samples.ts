import type { Adversary } from "../adversaries.ts";
import type { Tree } from "../changes.ts";
import type { Hand } from "../yaml-hand.ts";

/** A file as people write it. */
export interface SampleFile {
  readonly path: string;
  readonly text: string;
  /** Another path that the same reader claims. */
  readonly movedTo?: string;
}

/** A change between two trees, of which a fact of that kind is expected, or none. */
export interface SampleChange {
  readonly what: string;
  readonly kind: string;
  readonly base: Tree;
  readonly head: Tree;
}

/** What the laws that every reader keeps are tried on. */
export interface FormatSamples {
  readonly reader: string;
  /** Each is understood. */
  readonly files: readonly SampleFile[];
  /** Each adds or raises something of its kind; turned around it does not. */
  readonly gains: readonly SampleChange[];
  /** Each takes or lowers something of its kind that protects; turned around it does not. */
  readonly losses?: readonly SampleChange[];
  /** None of these adds, raises, lowers or removes anything. */
  readonly nothing: readonly Omit<SampleChange, "kind">[];
  readonly adversaries: readonly Adversary[];
  /** Writes the same in another hand; JSON, YAML and TOML are rewritten without it. */
  readonly rewrite?: (text: string, hand: Hand) => string;
}
