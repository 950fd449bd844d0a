import type { BreakGlass } from "../break-glass/people.ts";
import type { Waivable, WaiverSettings } from "../waivers/settings.ts";
import type { Waiver } from "../waivers/waiver.ts";
import type { ApprovalRule } from "./approvals/approval-rule.ts";
import type { FactPath } from "./fact-paths.ts";

/**
 * One policy document that judges: its exact bytes and where they come from.
 *
 * `digest` is the sha256 (hex) of `bytes`. `path` is a path in the repository at `commit`,
 * the name of a pack (`bailiff:recommended@1`), or the file that the CLI was given;
 * the other places are null where they do not apply.
 */
export interface PolicySource {
  readonly repoId: string | null;
  readonly ref: string | null;
  readonly commit: string | null;
  readonly path: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** What is wrong with a policy document: where, and what to do. Lines and columns are 1-based. */
export interface PolicyProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

export type PolicyDecision = "WARN" | "DENY";
export type Each = "files" | "capabilities" | "dependencies" | "lines" | "commits";

/** JSON Logic over `{...facts, item}`. */
export type JsonLogic = unknown;

/**
 * One rule of a policy, compiled: a policy that lists none is one rule. Rules of one policy have its
 * `id` and `document`, which is its source's digest.
 */
export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly decision: PolicyDecision;
  readonly each: Each | null;
  readonly condition: JsonLogic;
  /** Reviews, contributors and owners are read for it too, beside what `reads` names. */
  readonly approvedBy: ApprovalRule | null;
  readonly message: string;
  /** What would settle it besides an approval: an edit, in words. */
  readonly remedy: string | null;
  /** The facts that its condition reads (`action.title`, `reviews`): hosts gather no others. */
  readonly reads: readonly FactPath[];
  readonly document: string;
  /** Whether waivers settle what it finds, and which; absent: those on the record. */
  readonly waivable?: Waivable | undefined;
}

/** A file of waivers: those of it that have their form, and what is wrong with the others. */
export interface WaiverFile {
  readonly source: PolicySource;
  readonly waivers: readonly Waiver[];
  readonly problems: readonly PolicyProblem[];
}

/** All that judges one change. With problems in it nothing is allowed. */
export interface PolicySet {
  readonly sources: readonly PolicySource[];
  readonly policies: readonly Policy[];
  readonly problems: readonly PolicyProblem[];
  /** Judged and recorded as a simulation: never enforced. */
  readonly simulation: boolean;
  /** What the files say of waivers; absent: `DEFAULT_SETTINGS`. */
  readonly waivers?: WaiverSettings;
  /** Who may override in an emergency; absent or null: nobody. */
  readonly breakGlass?: BreakGlass | null;
  /** The file of waivers beside the policies, where one was read. */
  readonly waiverFile?: WaiverFile;
}
