import type { Certainty } from "../../capability.ts";

/** Code or files of outsiders that a step takes. */
export interface Taken {
  readonly name: "artifact" | "checkout" | "git";
  /** What says which: another text takes other code. */
  readonly which: readonly string[];
  readonly line: number;
  readonly endLine: number;
  readonly certainty: Certainty;
  /** What else people are told of it. */
  readonly context?: string;
}
