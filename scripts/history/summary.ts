import type { DeltaKind } from "../../rules/facts/facts.ts";
import type { Decision } from "../../rules/verdict/verdict.ts";
import type { Fired, Outcome, Place } from "./outcome.ts";

/** What one history came to. Times in milliseconds. */
export interface Summary {
  readonly repository: string;
  readonly commits: number;
  readonly decisions: Readonly<Record<Decision, number>>;
  readonly policies: readonly PolicySummary[];
  readonly capabilities: readonly KindSummary[];
  readonly crashed: readonly Trouble[];
  readonly timedOut: readonly Trouble[];
  readonly refused: readonly Trouble[];
  /** Commits that changed something of a kind that grants and that was not understood. */
  readonly incomplete: number;
  readonly medianMs: number;
  readonly slowest: readonly { readonly commit: string; readonly ms: number }[];
}

export interface PolicySummary extends Pick<Fired, "policyId" | "decision"> {
  readonly commits: number;
  readonly reasons: number;
  readonly samples: readonly Sample[];
}

export interface Sample extends Place {
  readonly commit: string;
  readonly message: string;
}

export interface KindSummary {
  readonly kind: string;
  /** Commits with any delta of this kind. */
  readonly commits: number;
  readonly deltas: Readonly<Partial<Record<DeltaKind, number>>>;
}

interface Trouble {
  readonly commit: string;
  readonly why: string;
}

const SLOWEST = 5;

/** Counts what the commits of one repository gave, with at most `samples` example reasons a policy. */
export function summarize(
  repository: string,
  outcomes: readonly Outcome[],
  samples: number,
): Summary {
  const judged = outcomes.filter((outcome) => outcome.result === "judged");
  const decided = (decision: Decision): number =>
    judged.filter((outcome) => outcome.decision === decision).length;
  return {
    repository,
    commits: outcomes.length,
    decisions: { ALLOW: decided("ALLOW"), WARN: decided("WARN"), DENY: decided("DENY") },
    policies: policySummaries(judged, samples),
    capabilities: kindSummaries(judged),
    crashed: troubles(outcomes, "crashed"),
    timedOut: troubles(outcomes, "timed-out"),
    refused: troubles(outcomes, "refused"),
    incomplete: judged.filter(({ unread }) => unread > 0).length,
    medianMs: median(judged.map(({ ms }) => ms)),
    slowest: slowest(judged),
  };
}

type Judged = Extract<Outcome, { result: "judged" }>;

function policySummaries(judged: readonly Judged[], samples: number): PolicySummary[] {
  const found = judged.flatMap(({ commit, fired }) => fired.map((each) => ({ commit, ...each })));
  const groups = Map.groupBy(found, ({ policyId, decision }) => `${policyId} ${decision}`);
  return [...groups].sort().flatMap(([, group]) => {
    const [one] = group;
    if (!one) return [];
    return {
      policyId: one.policyId,
      decision: one.decision,
      commits: group.length,
      reasons: group.reduce((sum, { reasons }) => sum + reasons, 0),
      samples: spread(group, samples).map(({ commit, first }) => ({ commit, ...first })),
    };
  });
}

/** Spread over the whole history: the newest commits alone often tell one story. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  const step = items.length / Math.max(1, count);
  return items
    .filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step))
    .slice(0, count);
}

function kindSummaries(judged: readonly Judged[]): KindSummary[] {
  const found = judged.flatMap(({ commit, deltas }) => deltas.map((each) => ({ commit, ...each })));
  const groups = Map.groupBy(found, ({ kind }) => kind);
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, group]) => {
      const deltas: Partial<Record<DeltaKind, number>> = {};
      for (const { delta, count } of group) deltas[delta] = (deltas[delta] ?? 0) + count;
      return { kind, commits: new Set(group.map(({ commit }) => commit)).size, deltas };
    });
}

function troubles(outcomes: readonly Outcome[], result: Outcome["result"]): Trouble[] {
  return outcomes.flatMap((outcome) =>
    outcome.result === result && "why" in outcome
      ? [{ commit: outcome.commit, why: outcome.why }]
      : [],
  );
}

function slowest(judged: readonly Judged[]): Summary["slowest"] {
  return judged
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, SLOWEST)
    .map(({ commit, ms }) => ({ commit, ms }));
}

/** Of an even number of values the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted.length >> 1;
  const lower = (sorted.length - 1) >> 1;
  return ((sorted[lower] ?? 0) + (sorted[upper] ?? 0)) / 2;
}
