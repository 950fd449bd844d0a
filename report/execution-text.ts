import type { PlacedRecord } from "../ledger/record.ts";
import { terminalText } from "./escape/terminal.ts";
import { BLOCKED, differenceLines, endLabel, type ShownEnd } from "./recorded-run.ts";

/** What is shown of a command that was run or blocked. */
export interface ShownExecution extends ShownEnd {
  readonly attempt: string;
  readonly status: "blocked" | "ended";
  readonly cause: "denied" | "work-tree" | null;
  readonly differences: readonly { readonly path: string; readonly kind: string }[] | null;
  readonly record: PlacedRecord | null;
  readonly unrecorded: { readonly message: string; readonly remedy: string } | null;
}

/**
 * What became of a command, for a terminal: why it did not start, or how it ended, and its record.
 * `keyPath` is the signing key's file as a difference would name it; null where it lies elsewhere.
 */
export function executionText(execution: ShownExecution, keyPath: string | null = null): string {
  return [
    headline(execution),
    ...differenceLines(execution.differences ?? []).map(
      (line) => `          ${terminalText(line)}`,
    ),
    ...remedies(execution, keyPath),
    recordLine(execution),
    ...unrecordedLines(execution.unrecorded),
  ].join("\n");
}

function headline(execution: ShownExecution): string {
  const { cause, failure } = execution;
  if (failure !== null) return `Run:      ended ${endLabel(execution)}`;
  if (cause !== null) return `Run:      not started, ${BLOCKED[cause]}`;
  return `Run:      ended ${endLabel(execution)}`;
}

function remedies({ cause, differences }: ShownExecution, keyPath: string | null) {
  if (cause !== "work-tree") return [];
  const key = differences?.find(({ path }) => path === keyPath);
  const onlyKey = key !== undefined && differences?.length === 1;
  return [...(key === undefined ? [] : [KEY_REMEDY]), ...(onlyKey ? [] : [WORK_TREE_REMEDY])].map(
    (text) => `To do:    ${text}`,
  );
}

const KEY_REMEDY =
  "the signing key lies in the work tree, and is no file of the commit: keep it outside of the repository, and name it there with --key";
const WORK_TREE_REMEDY =
  "check out the judged commit without local changes, or run with --allow-dirty, which is recorded";

function recordLine({ record, attempt }: ShownExecution): string {
  if (record === null)
    return "Record:   none, nothing of this run is on a ledger; --record puts it there";
  return `Record:   index ${record.index}, leaf ${record.leaf}, run ${terminalText(attempt)}`;
}

function unrecordedLines(unrecorded: ShownExecution["unrecorded"]): readonly string[] {
  if (unrecorded === null) return [];
  const { message, remedy: what } = unrecorded;
  return [
    `THE END OF THIS RUN IS NOT ON THE RECORD: ${terminalText(message)}`,
    `          ${terminalText(what)}`,
  ];
}
