import type { Side } from "../change/listing.ts";

export type Decision = "ALLOW" | "WARN" | "DENY";
export type Origin = "app" | "action" | "cli";

/**
 * An act that settled a reason. `actor` is a login, `at` RFC 3339. A waiver has an end (`until`); it
 * and an override have their `reason`.
 */
export interface Settlement {
  readonly kind: "approval" | "waiver" | "override";
  readonly id: string;
  readonly actor: string;
  readonly at: string;
  readonly until?: string | undefined;
  readonly reason?: string | undefined;
}

/** Why a policy fired. `path`, `side` and lines are null where it concerns the change as a whole. */
export interface Reason {
  readonly policyId: string;
  readonly decision: Exclude<Decision, "ALLOW">;
  readonly message: string;
  readonly path: string | null;
  readonly side: Side | null;
  readonly line: number | null;
  readonly endLine: number | null;
  /** The smallest set of acts that would settle it. */
  readonly remedy: string;
  /** Settled is shown, never hidden. */
  readonly settledBy: readonly Settlement[];
}

/** The decision on one change, its policies, reasons and provenance. */
export interface GovernanceVerdict {
  readonly decision: Decision;
  /** Policies with an unsettled reason, sorted; never empty on WARN or DENY. */
  readonly policyIds: readonly string[];
  /** Sorted, at most 1,000. */
  readonly reasons: readonly Reason[];
  readonly reasonsOmitted: number;
  readonly provenance: {
    readonly origin: Origin;
    /** Share of the relevant versions that were read and understood, three decimals. */
    readonly confidence: number;
    readonly simulation: boolean;
  };
}

export type CheckOutcome = "pass" | "fail" | "approved" | "waived" | "overridden" | "error";

/** One policy's evaluation, recorded whether it fired or not. `document`: sha256 (hex) of the policy document. */
export interface PolicyCheck {
  readonly policyId: string;
  readonly document: string;
  readonly outcome: CheckOutcome;
  readonly reasons: readonly Reason[];
  /** How many reasons there were besides; absent where all are here. */
  readonly reasonsOmitted?: number;
}
