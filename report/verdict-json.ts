import type { PlacedRecord } from "../ledger/record.ts";
import type { Judgement } from "../rules/evidence.ts";
import { jsonDocument } from "./escape/json.ts";

/** `check --format json`: one document, a contract that other tools rely on. */
export function verdictJson(judgement: Judgement, record: PlacedRecord | null): string {
  return jsonDocument(verdictDocument(judgement, record));
}

/** What that document says. */
export function verdictDocument(judgement: Judgement, record: PlacedRecord | null) {
  const { base, head, mergeBase } = judgement.facts.change;
  return {
    verdict: judgement.verdict,
    checks: judgement.checks,
    change: { base, head, mergeBase },
    record: record === null ? null : { index: record.index, leaf: record.leaf },
    // Only where the change brings policies of its own.
    ...(judgement.candidate && { candidate: judgement.candidate }),
  };
}
