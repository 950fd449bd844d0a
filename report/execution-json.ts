import type { PlacedRecord } from "../ledger/record.ts";
import type { Judgement } from "../rules/evidence.ts";
import { jsonLine } from "./escape/json.ts";
import type { ShownExecution } from "./execution-text.ts";
import { verdictDocument } from "./verdict-json.ts";

interface Ran {
  readonly judgement: Judgement;
  readonly record: PlacedRecord | null;
  readonly execution: ShownExecution;
}

/** `run --format json`: what `check` prints, and what became of the command, on one line. */
export function executionJson(ran: Ran): string {
  return jsonLine(executionDocument(ran));
}

/** What that document says. */
export function executionDocument(ran: Ran) {
  const { attempt, status, cause, exitCode, signal, failure, differences } = ran.execution;
  const { record, unrecorded } = ran.execution;
  return {
    ...verdictDocument(ran.judgement, ran.record),
    execution: {
      ...{ attempt, status, cause, exitCode, signal, failure, differences },
      record: record === null ? null : { index: record.index, leaf: record.leaf },
      unrecorded: unrecorded?.message ?? null,
    },
  };
}
