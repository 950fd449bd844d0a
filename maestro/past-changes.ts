import type { Listing } from "../rules/change/listing.ts";

/** A change that came into a branch: the commit that brought it, and when, RFC 3339 in UTC. */
export interface PastChange {
  readonly commit: string;
  readonly date: string;
  readonly listing: Listing;
}

/** A commit of a branch's first-parent history; see `PastChange`. */
export interface PastCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly date: string;
}

/** What came into a branch, read from git alone. Implemented by `git/`. */
export interface PastChanges {
  /** The newest commits of the first-parent history of a commit, at most `most`. */
  commits(head: string, most: number): Promise<readonly PastCommit[]>;
  /** What each of them brought, and all that judging it takes is made present in one batch. */
  changes(commits: readonly PastCommit[]): Promise<readonly PastChange[]>;
}
