import type { PlacedRecord } from "../../ledger/record.ts";
import type { Trouble } from "../ports.ts";

/**
 * How something in a work tree is not as in the judged commit. `head`: the repository's HEAD is
 * another commit; `index`: what is staged; `submodule`: a submodule whose commit is not there.
 */
export type DifferenceKind =
  "head" | "index" | "content" | "mode" | "type" | "missing" | "untracked" | "submodule";

/** One difference. `path` is printable as in a `Listing`, and empty for the work tree as a whole. */
export interface Difference {
  readonly path: string;
  readonly kind: DifferenceKind;
}

/** The files that a command would run on. Implemented by `git/`. */
export interface WorkTree {
  /** Where it is not exactly this commit (full id), as it is now. */
  differences(commit: string): Promise<readonly Difference[]>;
}

/** How a process ended: by itself, by a signal (`SIGTERM`), or because it never came to be. */
export type ProcessEnd =
  | { readonly exitCode: number }
  | { readonly signal: string; readonly exitCode: number }
  | { readonly failure: "not-found" | "not-executable"; readonly exitCode: number };

/** A command as it was given: no shell reads it. */
export interface GovernedCommand {
  readonly argv: readonly string[];
  /** Starts it and waits for its end. Never throws for what the command does. */
  run(): Promise<ProcessEnd>;
}

/**
 * What became of a command. `exitCode` is what whoever asked for it is told, as shells tell it:
 * 125 where Bailiff did not start it, 127 or 126 where the machine could not, 128 + n for signal n.
 */
export interface Execution {
  readonly attempt: string;
  readonly status: "blocked" | "ended";
  /** Why it was blocked. */
  readonly cause: "denied" | "work-tree" | null;
  readonly exitCode: number;
  readonly signal: string | null;
  /** Why it never ran, although nothing blocked it when it was recorded as started. */
  readonly failure: "not-found" | "not-executable" | "work-tree" | null;
  /** Null where the work tree was not looked at, since the verdict was a denial. */
  readonly differences: readonly Difference[] | null;
  /** The last record of it; null where nothing is recorded. */
  readonly record: PlacedRecord | null;
  /** Why its end is not on the record although its start is. */
  readonly unrecorded: Trouble | null;
}

/** The exit code of a command that Bailiff did not start. */
export const NOT_STARTED = 125;
