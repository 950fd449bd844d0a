import { openChangeSource } from "../git/change-source.ts";
import { GitError, type GitErrorCode } from "../git/errors.ts";
import { openLedgerClone } from "../git/ledger-clone.ts";
import type { Repository } from "../git/repository.ts";
import type { VerdictPredicate } from "../ledger/predicates.ts";
import { replay } from "../ledger/replay.ts";
import { refuseUnsigned } from "../ledger/signed-head.ts";
import { recordedInputs, recordedVerdict } from "../maestro/recorded-evidence.ts";
import { type Comparison, compareVerdicts } from "../rules/backtest/flip.ts";
import { judge } from "../rules/judge.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { localEvidence } from "./local-evidence.ts";

/** The last verdict that a ledger holds of a pull request. */
export interface RecordedPull {
  readonly index: number;
  readonly number: number;
  readonly predicate: VerdictPredicate;
}

/**
 * The last verdict of each pull request of a repository's ledger, the newest first, since a day
 * (`2026-01-31`, UTC).
 */
export async function listRecordedPulls(
  repository: Repository,
  since: string | null,
): Promise<readonly RecordedPull[]> {
  await using clone = await openLedgerClone({ repository });
  await refuseUnsigned(clone);
  const last = new Map<string, RecordedPull>();
  for await (const { index, verdict: predicate } of replay(clone)) {
    const number = predicate?.action.number ?? null;
    if (predicate?.action.kind !== "pull_request" || number === null) continue;
    const place = `${predicate.repository.id} ${number}`;
    last.set(place, { index, number, predicate });
  }
  return [...last.values()]
    .filter(({ predicate }) => since === null || predicate.action.at >= since)
    .sort((one, other) => other.index - one.index);
}

/**
 * Judges a recorded pull request anew, by other policies and what the record says that was known, and
 * holds that against the verdict that was recorded; `missing` where its commits are not here.
 */
export async function compareRecorded(
  { predicate }: RecordedPull,
  repository: Repository,
  policies: PolicySet,
): Promise<Comparison | "missing"> {
  const inputs = recordedInputs(predicate);
  if (inputs === null) return "untold";
  const { action, external } = inputs;
  const change = openChangeSource({ repository });
  try {
    const evidence = await localEvidence(change, action, policies.policies);
    const { verdict } = judge({ ...evidence, external, policies });
    return compareVerdicts(recordedVerdict(predicate), verdict);
  } catch (error) {
    if (error instanceof GitError && NOT_HERE.includes(error.code)) return "missing";
    throw error;
  }
}

const NOT_HERE: readonly GitErrorCode[] = ["UNKNOWN_REVISION", "MISSING_OBJECT", "SHALLOW_HISTORY"];
