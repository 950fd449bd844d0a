import { canonicalBytes, type JsonObject, type JsonValue } from "../../ledger/format/canonical.ts";
import type { Observed, PlacedRecord, RecordDraft } from "../../ledger/record.ts";
import { sha256Hex } from "../../rules/canonical.ts";
import type { Judgement } from "../../rules/evidence.ts";
import type { Difference } from "./execution.ts";
import { digestAndCount } from "../omitted.ts";
import type { GovernedAction } from "../ports.ts";

/** What all records of one run of a command have in common. */
export interface RecordedRun {
  readonly action: GovernedAction;
  readonly judgement: Judgement;
  /** The record of the verdict that the run rests on. */
  readonly verdict: PlacedRecord;
  readonly argv: readonly string[];
  readonly allowDirty: boolean;
}

/** What one record says of a run, and when. */
export interface RecordedPhase {
  readonly at: Date;
  readonly observed: Observed;
  readonly differences: readonly Difference[] | null;
  /** The members that `executionPredicate` has for this phase. */
  readonly phase: JsonObject & { readonly phase: "started" | "blocked" | "ended" };
}

/** The draft of an execution's record. Its words are recorded by digest: arguments may hold secrets. */
export function executionRecord(run: RecordedRun, recorded: RecordedPhase): RecordDraft {
  const { action, judgement, verdict, argv, allowDirty } = run;
  const { name, attempt } = { ...action.facts, attempt: action.attempt };
  const { host, id, name: repository } = action.repository;
  const { head, headTree } = judgement.facts.change;
  return {
    kind: "execution",
    subject: { commit: head, tree: headTree },
    observed: recorded.observed,
    predicate: {
      at: recorded.at.toISOString(),
      action: { kind: "command", name, number: null, attempt },
      repository: { host, id, name: repository },
      verdictLeaf: verdict.leaf,
      simulation: judgement.verdict.provenance.simulation,
      command: commandOf(argv),
      workTree: { allowDirty, differences: differencesThatFit(recorded.differences) },
      ...recorded.phase,
    },
  };
}

const MAX_PROGRAM_CHARACTERS = 256;
const MAX_DIFFERENCES_BYTES = 64 * 1024;

function commandOf(argv: readonly string[]): JsonObject {
  const words = argv.map((word) => word.toWellFormed());
  return {
    program: (words[0] ?? "").slice(0, MAX_PROGRAM_CHARACTERS).toWellFormed(),
    arguments: Math.max(0, words.length - 1),
    digest: sha256Hex(canonicalBytes(words)),
  };
}

function differencesThatFit(differences: readonly Difference[] | null): JsonValue {
  if (differences === null) return null;
  const list = differences.map(({ path, kind }) => ({ path, kind }));
  return canonicalBytes(list).length <= MAX_DIFFERENCES_BYTES ? list : digestAndCount(list);
}
