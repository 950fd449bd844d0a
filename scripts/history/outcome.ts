import type { DeltaKind } from "../../rules/facts/facts.ts";
import type { Decision } from "../../rules/verdict/verdict.ts";

/** How often one policy fired on one commit, and its first reason there. */
export interface Fired {
  readonly policyId: string;
  readonly decision: Exclude<Decision, "ALLOW">;
  readonly reasons: number;
  readonly first: Place & { readonly message: string };
}

export interface Place {
  readonly path: string | null;
  readonly line: number | null;
}

/** How many deltas of one kind of capability a commit has. */
export interface Counted {
  readonly kind: string;
  readonly delta: DeltaKind;
  readonly count: number;
}

/** What judging one commit came to; `ms` is the time of listing, reading and judging it. */
export type Outcome =
  | {
      readonly result: "judged";
      readonly commit: string;
      readonly ms: number;
      readonly decision: Decision;
      readonly fired: readonly Fired[];
      readonly deltas: readonly Counted[];
      /** Versions that were claimed and not understood. */
      readonly unread: number;
    }
  /** `refused`: a room would not judge it, and says why. `crashed`: a defect. */
  | {
      readonly result: "refused" | "crashed" | "timed-out";
      readonly commit: string;
      readonly ms: number;
      readonly why: string;
    };
