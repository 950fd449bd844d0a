import { hash } from "node:crypto";
import type { ExecutionPredicate } from "../execution-predicate.ts";
import { canonicalBytes, type JsonValue } from "../format/canonical.ts";
import { subjectOf, type Statement } from "../format/statement.ts";
import type { VerdictPredicate } from "../predicates.ts";

/**
 * A record's part in the run of a command: the step that it takes, and the one that may follow.
 *
 * A step is told by all that two records of one run have in common. `rests` names the record that
 * it takes the step from by its leaf (hex); `leaves` is null where nothing follows.
 */
export interface RunStep {
  readonly rests: { readonly leaf: string; readonly step: string } | null;
  readonly leaves: string | null;
}

/** What a verdict lets follow; null where it is about no command. */
export function verdictStep(
  statement: Statement,
  { action, verdict }: VerdictPredicate,
): RunStep | null {
  if (action.kind !== "command") return null;
  const { simulation } = verdict.provenance;
  const denied = verdict.decision === "DENY" && !simulation;
  const run = runOf(statement, { action, simulation });
  return { rests: null, leaves: step(denied ? DENIED : PASSED, run) };
}

/** What an execution rests on, and what it lets follow. */
export function executionStep(statement: Statement, execution: ExecutionPredicate): RunStep {
  const { verdictLeaf, command } = execution;
  const run = runOf(statement, execution);
  const begun = step("started", [run, verdictLeaf, command.digest]);
  switch (execution.phase) {
    case "started":
      return { rests: { leaf: verdictLeaf, step: step(PASSED, run) }, leaves: begun };
    case "blocked": {
      const judged = execution.cause === "denied" ? DENIED : PASSED;
      return { rests: { leaf: verdictLeaf, step: step(judged, run) }, leaves: null };
    }
    case "ended":
      return { rests: { leaf: execution.startedLeaf, step: begun }, leaves: null };
  }
}

const DENIED = "denied";
const PASSED = "passed";

interface Run {
  readonly action: { readonly name: string | null; readonly attempt: string | null };
  readonly simulation: boolean;
}

/** What a run's verdict and its executions have in common. */
function runOf(statement: Statement, { action, simulation }: Run): JsonValue {
  const { commit, tree } = subjectOf(statement);
  return [commit, tree, action.name, action.attempt, simulation];
}

/** Digested: a name may be long, and steps are kept. */
function step(what: string, run: JsonValue): string {
  return hash("sha256", canonicalBytes([what, run]), "hex");
}
