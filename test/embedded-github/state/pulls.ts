import type { ChangeSize } from "../git/git-store.ts";
import type { Account } from "./accounts.ts";

/** One side of a pull request. */
export interface PullSide {
  readonly repositoryId: number;
  readonly branch: string;
  /** The newest commit; the base's as it was when the head was last pushed, as on GitHub. */
  readonly sha: string;
}

export interface Label {
  readonly id: number;
  readonly name: string;
}

/** A change of a pull request's base branch. */
export interface Retarget {
  readonly id: number;
  readonly actor: Account;
  readonly at: Date;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  title: string;
  body: string | null;
  state: "open" | "closed";
  draft: boolean;
  labels: readonly Label[];
  head: PullSide;
  base: PullSide;
  /** Oldest first. */
  readonly retargets: Retarget[];
  size: ChangeSize;
  /** The commit at `refs/pull/N/merge`; null where the sides conflict. */
  testMerge: string | null;
  mergedAt: Date | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
  readonly createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
}
