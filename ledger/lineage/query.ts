import type { LedgerClone } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import {
  allReasons,
  recordedItems,
  type RecordedCheck,
  type VerdictPredicate,
} from "../predicates.ts";
import { replay } from "../replay.ts";
import { recordFragment } from "./fragment.ts";
import { joinLineages, type Lineage } from "./graph.ts";

/** What a lineage is asked for. Every filter that is given must hold. */
export interface LineageQuery {
  /** A prefix, seven hex digits or more, of the judged head's id. */
  readonly commit?: string | undefined;
  readonly pullRequest?: number | undefined;
  /** A policy that fired: its check failed, errored or was settled. */
  readonly policy?: string | undefined;
  readonly decision?: "ALLOW" | "WARN" | "DENY" | undefined;
  /** A login (in any case) or a host's numeric id: who acted, who wrote the change, who approved. */
  readonly actor?: string | undefined;
  /** The last index that counts: the ledger as it was when that record had just been placed. */
  readonly asOf?: number | undefined;
}

/**
 * The graph of the verdicts that a query chooses, with the verdicts that they supersede or that
 * supersede them, what was executed or blocked after them, and everything that each of those
 * records says. Without a filter, all records.
 *
 * It replays `clone` itself, twice; memory holds a line of numbers a record and the chosen graph.
 * Throws QUERY_INVALID for a filter that no record can meet by its form, and what `replay` throws.
 */
export async function queryLineage(clone: LedgerClone, query: LineageQuery): Promise<Lineage> {
  const filters = filtersOf(query);
  const range = query.asOf === undefined ? {} : { asOf: query.asOf };
  const chosen = await chosenIndices(clone, range, filters);
  const parts: Lineage[] = [];
  for await (const record of replay(clone, { ...range, only: chosen })) {
    parts.push(recordFragment(record));
  }
  return joinLineages(parts);
}

type Filter = (verdict: VerdictPredicate) => boolean;

function filtersOf(query: LineageQuery): readonly Filter[] {
  const { commit, pullRequest, policy, decision, actor, asOf } = query;
  if (asOf !== undefined) refuseUnless(isIndex(asOf), "as of: an index, 0 or more");
  return [
    ...(commit === undefined ? [] : [byCommit(commit)]),
    ...(pullRequest === undefined ? [] : [byPullRequest(pullRequest)]),
    ...(policy === undefined ? [] : [byPolicy(policy)]),
    ...(decision === undefined
      ? []
      : [({ verdict }: VerdictPredicate) => verdict.decision === decision]),
    ...(actor === undefined ? [] : [byActor(actor)]),
  ];
}

function byCommit(commit: string): Filter {
  const prefix = commit.toLowerCase();
  refuseUnless(/^[0-9a-f]{7,64}$/.test(prefix), "commit: seven hex digits or more");
  return ({ change }) => change.head.startsWith(prefix);
}

function byPullRequest(number: number): Filter {
  refuseUnless(isIndex(number) && number > 0, "pull request: a number, 1 or more");
  return ({ action }) => action.kind === "pull_request" && action.number === number;
}

function byPolicy(policy: string): Filter {
  return ({ verdict, checks }) =>
    verdict.policyIds.includes(policy) ||
    recordedItems<RecordedCheck>(checks).some(
      ({ policyId, outcome }) => policyId === policy && outcome !== "pass",
    );
}

function byActor(actor: string): Filter {
  const login = actor.toLowerCase();
  return (predicate) => {
    const { action } = predicate;
    const people = [action.actor, action.author].filter((person) => person !== null);
    const approvers = allReasons(predicate).flatMap(({ settledBy }) => settledBy);
    return (
      people.some((person) => person.id === actor || person.login.toLowerCase() === login) ||
      approvers.some((settlement) => settlement.actor.toLowerCase() === login)
    );
  };
}

async function chosenIndices(
  clone: LedgerClone,
  range: { readonly asOf?: number },
  filters: readonly Filter[],
): Promise<ReadonlySet<number>> {
  const chains = new Chains();
  for await (const { index, leaf, verdict, execution } of replay(clone, range)) {
    const matches =
      verdict === null ? filters.length === 0 : filters.every((holds) => holds(verdict));
    const follows = verdict?.supersedes ?? execution?.verdictLeaf ?? null;
    chains.add({ index, leaf, follows, matches });
  }
  return chains.chosen();
}

/**
 * Verdicts that supersede each other stand together, and with what was executed after them: a record
 * that matches brings the others of its chain.
 */
class Chains {
  readonly #chainOf = new Map<string, number>();
  readonly #members = new Map<number, number[]>();
  readonly #matched = new Set<number>();

  add(record: { index: number; leaf: string; follows: string | null; matches: boolean }): void {
    const { index, leaf, follows, matches } = record;
    const chain = (follows === null ? undefined : this.#chainOf.get(follows)) ?? index;
    this.#chainOf.set(leaf, chain);
    const members = this.#members.get(chain);
    if (members === undefined) this.#members.set(chain, [index]);
    else members.push(index);
    if (matches) this.#matched.add(chain);
  }

  chosen(): ReadonlySet<number> {
    return new Set([...this.#matched].flatMap((chain) => this.#members.get(chain) ?? []));
  }
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function refuseUnless(holds: boolean, message: string): void {
  if (!holds) throw new LedgerError("QUERY_INVALID", message);
}
