import type { DependencySource } from "./source.ts";

/** The type of a package as package URLs name it (`npm`, `pypi`, `golang`, `cargo`, `docker` …). */
export type Ecosystem = string;

/**
 * How far the version may move without a change of this file. `exact`: not at all. `bounded`: as
 * far as its author's promise of compatibility, or another upper end, goes. `open`: to any later
 * version.
 */
export type VersionRange = "exact" | "bounded" | "open";

/** What one version of one file takes in from elsewhere: a line of a manifest, or of a lock file. */
export interface Dependency {
  readonly ecosystem: Ecosystem;
  /** In full, as the ecosystem writes it: `@scope/name`, `group:artifact`, `github.com/owner/name`. */
  readonly name: string;
  /** A version or a range, as written; null where the file names none. */
  readonly version: string | null;
  /** Absent in lock files, whose versions are what was chosen within a range. */
  readonly range?: VersionRange;
  /** The list it stands in (`devDependencies`, a stage, an extra); "" where there is only one. */
  readonly group: string;
  /** Whether the project names it itself; null where the file does not tell. */
  readonly direct: boolean | null;
  readonly source: DependencySource;
  /**
   * Digests that its content must have, as written: one of them is enough. Empty where none stands
   * though the format has a place for it; absent where it has none.
   */
  readonly integrity?: readonly string[];
  /** 1-based, as all lines. */
  readonly line: number;
  /** Where its source and its digests are written, if that is elsewhere. */
  readonly sourceLine?: number;
  readonly integrityLine?: number;
  /** Where its version is written, if that is elsewhere: a property, a table of versions. */
  readonly versionLine?: number;
  /** Absent for exact: a reading of code is a guess. */
  readonly certainty?: "exact" | "heuristic";
}
