import type { Dependency } from "../dependencies/dependency.ts";
import type { Side } from "../change/listing.ts";
import type { Way } from "./reach.ts";

/** `exact`: the format says so. `heuristic`: a reading of text that can be wrong. */
export type Certainty = "exact" | "heuristic";

/**
 * A power that one version of a file grants.
 *
 * `holder` has it (`jobs.release`); `context` says what makes the holder reachable, for
 * people (`on push, workflow_dispatch`). `line` and `endLine` are 1-based and inclusive.
 */
export interface Capability {
  readonly kind: string;
  readonly name: string;
  readonly holder: string;
  readonly context: string;
  /**
   * Other names of its kind that include it (`apps/*` for `apps/deployments`): a holder that has had
   * one of them, as strong and as easily reached, gains nothing by it.
   */
  readonly wider?: readonly string[];
  /** One of its kind's levels; absent where the kind has none. */
  readonly level?: string;
  readonly line: number;
  readonly endLine?: number;
  readonly certainty: Certainty;
  /**
   * What lets people or events reach the holder, and what the capability then does. More of it, or
   * one condition less, is a raise, shown where that way was opened.
   */
  readonly reach: readonly Way[];
  /** The holder's content less its grants and its name: equal text marks a holder that was moved or renamed. */
  readonly holderContent: string;
  /** It guards: what it lets through now that it stopped counts, whatever it stops besides. */
  readonly isGuard?: true;
  /** Other files refer to the holder by its name: one that both sides have was not renamed. */
  readonly isReferredTo?: true;
}

/** A part of a file that was not understood, as where a file of several documents has a strange one. */
export interface UnreadPart {
  readonly code: string;
  readonly why: string;
  readonly line?: number;
}

/**
 * What a reader made of one version: its capabilities and what it takes in from elsewhere, or why and
 * where it was not understood. Match on `code`; `why` is for people and never quotes the file.
 */
export type Reading =
  | {
      readonly understood: true;
      readonly capabilities: readonly Capability[];
      readonly dependencies?: readonly Dependency[];
      /** What else stands in the file is told, and weighs as if the file were not understood. */
      readonly unread?: readonly UnreadPart[];
    }
  | ({ readonly understood: false } & UnreadPart);

/** `grants`: not understood denies. `resembles` (a template): not understood warns. */
export type Claim = "grants" | "resembles";

/** What a level can depend on besides the file: the repository's settings. */
export interface RepositorySettings {
  readonly defaultTokenPermissions: "read" | "write" | "unknown";
}

/** What may still be read of a change: its files together, with every alias written out. */
export interface Allowance {
  characters: number;
}

/**
 * Reads ONE version of a file of one format. Pure and total: never throws, never loops, and changes
 * nothing but the allowance that it takes from.
 */
export interface CapabilityReader {
  /** Also the name of its file, its test and its section in the docs. */
  readonly name: string;
  /** Each kind it reports, with the kind's levels from weakest to strongest. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** The largest version it reads, in bytes. */
  readonly maxBytes: number;
  claims(path: string): Claim | null;
  /** `allowance` is for formats in which a small file can stand for a large one. */
  read(path: string, content: Uint8Array, allowance?: Allowance): Reading;
  /**
   * Turns a level that only the repository's settings decide into one of the kind's levels, or
   * null where it grants nothing; every other level is returned as it is. What is unknown counts
   * for little at base and for much at head.
   */
  resolve?(capability: Capability, side: Side, settings: RepositorySettings): string | null;
}
