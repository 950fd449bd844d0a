import type { Ledger, PlacedRecord } from "../ledger/record.ts";
import type { BaseOwners, Contents, Listing, Wanted } from "../rules/change/listing.ts";
import type { Judgement } from "../rules/evidence.ts";
import type {
  ActionFacts,
  CommitFact,
  External,
  RepositoryFacts,
  Review,
} from "../rules/facts/facts.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import type { Evaluator } from "./evaluator.ts";
import type { PastChanges } from "./past-changes.ts";
import type { Origin } from "../rules/verdict/verdict.ts";

/**
 * What someone wants to do, and to which commits.
 *
 * `range` holds full commit ids (hex), `base` the empty tree's id for a first commit.
 * `attempt` tells two runs of one command apart; other actions are one however often they are judged.
 */
export interface GovernedAction {
  readonly facts: ActionFacts;
  readonly repository: RepositoryFacts;
  readonly range: { readonly base: string; readonly head: string };
  readonly origin: Origin;
  readonly attempt: string | null;
  /** The repository that holds the head's branch, as its URL has it; absent where that is not known. */
  readonly headRepository?: { readonly owner: string; readonly name: string } | null;
}

/** Where a change is read from. Implemented by `git/`. */
export interface ChangeSource {
  list(action: GovernedAction): Promise<Listing>;
  read(listing: Listing, wanted: readonly Wanted[]): Promise<Contents>;
  /** The commits from merge base to head, parents first; null where they cannot all be told. Asked where policies read them. */
  commits(listing: Listing): Promise<readonly CommitFact[] | null>;
  /** The owners' file of a listing's base; asked for only where policies ask for owners. */
  owners(listing: Listing): Promise<BaseOwners>;
  /** The change's `filesDigest`: sha256 (hex) over every path, mode and both contents' sha256. */
  digest(listing: Listing): Promise<string>;
}

/** What a review of an earlier commit saw of the change that is judged. */
export type Seen = Required<Pick<Review, "sameChange" | "sameFor">>;

/** Compares the change as it was at an earlier commit with the one that is judged. */
export type Saw = (commit: string) => Promise<Seen>;

/** Why no verdict was reached or recorded: one line, and what to do. */
export interface Trouble {
  readonly message: string;
  readonly remedy: string;
}

/** What a gate did: `allowed`, `blocked`, or `stale` where what was judged is no longer what is asked for. */
export type Outcome = "allowed" | "blocked" | "stale";

/** What an action has to pass: a check run, a queue entry, a deployment review, a child process. */
export interface Gate {
  begin(action: GovernedAction): Promise<void>;
  conclude(judgement: Judgement, record: PlacedRecord | null): Promise<Outcome>;
  /** No verdict, or no record of it: blocks, and says why. */
  fail(action: GovernedAction, trouble: Trouble): Promise<void>;
}

/** All that one governed run reaches. `ledger` is null where none is set up. */
export interface Ports {
  readonly change: ChangeSource;
  readonly gate: Gate;
  readonly ledger: Ledger | null;
  /** What came in before, for policies that a change brings; without it they are not tried on that. */
  readonly past?: PastChanges;
  /** Who judges; asked for only where a verdict is recorded. */
  evaluator(): Evaluator;
  policies(action: GovernedAction): Promise<PolicySet>;
  /**
   * What git does not hold. `unknowing` judges without any of it: where nothing stands then, nothing
   * has to be asked. `saw` compares the change as an earlier commit had it with the one that is judged.
   */
  external(
    action: GovernedAction,
    policies: PolicySet,
    unknowing: () => Judgement,
    saw: Saw,
  ): Promise<External>;
}
