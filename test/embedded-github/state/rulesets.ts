/** A ruleset over branches, as far as it is enforced here. */
export interface Ruleset {
  readonly name: string;
  /** Branch globs (`*` crosses no slash, `**` does), `~DEFAULT_BRANCH` or `~ALL`. */
  readonly branches: readonly string[];
  readonly rules: readonly Rule[];
  /** Ids of Apps that these rules do not bind. */
  readonly bypassApps?: readonly number[];
}

export type Rule =
  | { readonly type: "creation" | "update" | "deletion" | "non_fast_forward" }
  | { readonly type: "required_status_checks"; readonly checks: readonly RequiredCheck[] };

export interface RequiredCheck {
  readonly context: string;
  /** The App whose check alone counts; without it any App's does. */
  readonly integrationId?: number;
}
