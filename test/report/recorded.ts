import { STATEMENT_TYPE } from "../../ledger/format/statement.ts";
import { executionPredicate } from "../../ledger/execution-predicate.ts";
import type { ExecutionPredicate } from "../../ledger/execution-predicate.ts";
import type { VerdictPredicate } from "../../ledger/predicates.ts";
import type { ReplayedRecord } from "../../ledger/replay.ts";
import type { Judgement } from "../../rules/evidence.ts";
import { release } from "./judgement.ts";

const common = {
  id: "c0ffee",
  ledger: "bailiff.dev/ledger/4c1f",
  at: "2026-11-22T10:00:06Z",
  observed: { size: 11, root: "cm9vdA==" },
};

export const delta: Extract<VerdictPredicate["capabilities"], readonly unknown[]>[number] = {
  kind: "github.workflow.permission",
  name: "contents",
  holder: "jobs.release",
  context: "on push",
  delta: "raised",
  before: "read",
  after: "write",
  path: release,
  side: "head",
  line: 14,
  endLine: 14,
  certainty: "exact",
};

/** The record of a judgement of pull request 42 by ann. */
export function verdictRecord(
  judgement: Judgement,
  changes: Partial<VerdictPredicate> = {},
  index = 12,
): ReplayedRecord & { verdict: VerdictPredicate } {
  const predicate = { ...predicateOf(judgement), ...changes };
  return { ...recordOf("verdict", predicate, index), verdict: predicate, execution: null };
}

/** The record of one phase of a run after the verdict with this leaf. */
export function executionRecord(
  verdictLeaf: string,
  phase: PhaseOfRun,
  index = 13,
): ReplayedRecord & { execution: ExecutionPredicate } {
  const predicate = {
    ...common,
    action: { kind: "command" as const, name: "deploy", number: null, attempt: "run-1" },
    repository: { id: "7" },
    verdictLeaf,
    simulation: false,
    command: { program: "make", arguments: 1, digest: "c0".repeat(32) },
    workTree: { allowDirty: false, differences: [] },
    ...phase,
  };
  const execution = executionPredicate.parse(predicate);
  return { ...recordOf("execution", predicate, index), verdict: null, execution };
}

/** What a phase says of its own, and what a test varies. */
export type PhaseOfRun = Readonly<Record<string, unknown>> & {
  readonly phase: ExecutionPredicate["phase"];
};

/** A record of a kind that says nothing of its own. */
export function otherRecord(kind: string, index: number): ReplayedRecord {
  return { ...recordOf(kind, common, index), verdict: null, execution: null };
}

function recordOf(kind: string, predicate: typeof common, index: number) {
  const leaf = index.toString(16).padStart(2, "0").repeat(32);
  const predicateType = `https://bailiff.dev/${kind}/v1`;
  const statement = { _type: STATEMENT_TYPE, subject: [], predicateType, predicate } as const;
  return { index, leaf, kind, keyid: "4e".repeat(32), predicate, statement };
}

function predicateOf({ verdict, checks, facts, factsDigest }: Judgement): VerdictPredicate {
  const { base, head, mergeBase, headTree } = facts.change;
  const ann = { id: "7", login: "ann", bot: false };
  return {
    ...common,
    action: {
      ...facts.action,
      labels: [],
      actor: ann,
      author: ann,
      title: "Release from a tag",
      attempt: null,
    },
    repository: { ...facts.repository },
    change: {
      base,
      head,
      mergeBase,
      baseTree: base,
      headTree,
      mergeTree: null,
      filesDigest: "f1".repeat(32),
    },
    verdict: structuredClone(verdict) as VerdictPredicate["verdict"],
    checks: structuredClone(checks) as VerdictPredicate["checks"],
    policies: [
      {
        repoId: "1",
        ref: "main",
        commit: "9a8b7c6d".repeat(5),
        path: ".github/bailiff.yml",
        digest: "d0".repeat(32),
      },
    ],
    evaluator: { id: "bailiff", version: "0.1.0", digest: "e0".repeat(32) },
    factsDigest,
    external: {
      reviews: [
        {
          id: "77",
          actor: { id: "8", login: "bo", bot: false },
          state: "approved",
          commit: head,
          at: "2026-11-22T10:00:00Z",
          via: ["role:write"],
          retargeted: false,
        },
      ],
      statuses: null,
    },
    capabilities: [delta],
    supersedes: null,
  };
}
