import type { ExecutionPredicate } from "../ledger/execution-predicate.ts";

/** `ended deploy with exit code 0`; unescaped. */
export function recordedRunLabel(execution: ExecutionPredicate): string {
  const simulated = execution.simulation ? " in simulation" : "";
  return `${execution.phase} ${execution.action.name}${phaseDetail(execution)}${simulated}`;
}

/** What became of a run, as its record says; unescaped. */
function phaseDetail(execution: ExecutionPredicate): string {
  switch (execution.phase) {
    case "started":
      return execution.workTree.allowDirty ? " on a work tree that may differ" : "";
    case "blocked":
      return `: ${BLOCKED[execution.cause]}`;
    case "ended":
      return ` ${endLabel(execution)}`;
  }
}

/** How a command ended, or why it never ran. */
export interface ShownEnd {
  readonly exitCode: number;
  readonly signal: string | null;
  readonly failure: "not-found" | "not-executable" | "work-tree" | null;
}

/** `with exit code 1`, `by SIGTERM`, `without having run: …`; unescaped. */
export function endLabel({ exitCode, signal, failure }: ShownEnd): string {
  if (failure !== null) return `without having run: ${FAILURES[failure]}`;
  return signal === null ? `with exit code ${exitCode}` : `by ${signal}`;
}

/** `other content: src/a.ts`; unescaped. */
export function differenceLine({ path, kind }: { path: string; kind: string }): string {
  return `${DIFFERENCES.get(kind) ?? kind} ${path === "" ? "the work tree's own" : path}`;
}

/** More are counted. */
const MAX_LISTED = 20;

/** Each difference as a line, as many as a reader takes in; unescaped. */
export function differenceLines(
  differences: readonly { readonly path: string; readonly kind: string }[],
): readonly string[] {
  const lines = differences.slice(0, MAX_LISTED).map(differenceLine);
  const more = differences.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more differences`] : lines;
}

export const BLOCKED = {
  denied: "the verdict is a denial",
  "work-tree": "the work tree is not what was judged",
} as const;

const FAILURES = {
  "not-found": "there is no such command",
  "not-executable": "the command cannot be executed",
  "work-tree": "the work tree changed before it could start",
} as const;

/** A map: a record may name a kind as what every object has. */
const DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ["head", "HEAD is another commit:"],
  ["index", "staged otherwise:"],
  ["content", "other content:"],
  ["mode", "another mode:"],
  ["type", "another type:"],
  ["missing", "missing:"],
  ["untracked", "untracked:"],
  ["submodule", "submodule without its commit:"],
]);
