import type { Ledger, PlacedRecord } from "../../ledger/record.ts";
import type { Judgement } from "../../rules/evidence.ts";
import { executionRecord, type RecordedPhase, type RecordedRun } from "./execution-record.ts";
import { NOT_STARTED, type Execution, type GovernedCommand, type WorkTree } from "./execution.ts";
import { isStopped } from "../enforcement.ts";
import { troubleOf } from "../govern.ts";
import type { Gate, GovernedAction } from "../ports.ts";

/** What a command's gate reaches. */
export interface CommandGateParts {
  readonly command: GovernedCommand;
  readonly workTree: WorkTree;
  /** Whether a work tree that differs from what was judged is run on; the record says so. */
  readonly allowDirty: boolean;
  readonly ledger: Ledger | null;
  readonly now: () => Date;
  /** Told once the verdict stands, before anything else happens. */
  readonly judged: (judgement: Judgement, record: PlacedRecord | null) => void;
}

/** A gate that a child process has to pass; `executions` holds what became of it once it concluded. */
export interface CommandGate extends Gate {
  readonly executions: readonly Execution[];
}

/**
 * The gate of a command: the command is started by it and by nothing else.
 *
 * It is blocked by an enforced denial, and by a work tree that is not the judged commit. With a
 * ledger nothing starts before the record that it started is durable, and the work tree is
 * looked at once more after that, since placing a record takes time.
 */
export function openCommandGate(parts: CommandGateParts): CommandGate {
  const executions: Execution[] = [];
  const begun: GovernedAction[] = [];
  return {
    executions,
    begin: (action) => Promise.resolve(void begun.push(action)),
    conclude: async (judgement, record) => {
      const [action] = begun;
      if (action === undefined) throw new Error("a gate that did not begin cannot conclude");
      parts.judged(judgement, record);
      const execution = await execute({ action, judgement, verdict: record }, parts);
      executions.push(execution);
      return execution.status === "blocked" ? "blocked" : "allowed";
    },
    fail: () => Promise.resolve(),
  };
}

/** One run after its verdict; `verdict` is null where nothing is recorded. */
interface Run {
  readonly action: GovernedAction;
  readonly judgement: Judgement;
  readonly verdict: PlacedRecord | null;
}

async function execute(run: Run, parts: CommandGateParts): Promise<Execution> {
  const denied = isStopped(run.judgement);
  const record = recorder(run, parts);
  const differences = denied ? null : await differencesNow(run, parts).catch(refuseUnseen(record));
  const execution = executionOf(run, differences);
  if (denied || (differences?.length !== 0 && !parts.allowDirty)) {
    const cause = denied ? "denied" : "work-tree";
    const placed = await record({ phase: "blocked", cause }, differences);
    return { ...execution, status: "blocked", cause, record: placed };
  }
  const started = await record({ phase: "started" }, differences);
  const ended = await startedExecution({ ...execution, record: started }, run, parts).catch(
    async (error: unknown) => {
      await withEnd({ ...execution, ...NOT_RUN }, started, record);
      throw error;
    },
  );
  return withEnd(ended, started, record);
}

/** A work tree that cannot be compared is none that was judged. */
function refuseUnseen(record: Recorder) {
  return async (error: unknown): Promise<never> => {
    await record({ phase: "blocked", cause: "work-tree" }, null);
    throw error;
  };
}

/** The work tree is no longer what it was when the start was recorded, or cannot be told. */
const NOT_RUN = { status: "blocked", cause: "work-tree", failure: "work-tree" } as const;

/** Runs the command, unless the work tree has changed while its start was recorded. */
async function startedExecution(
  execution: Execution,
  run: Run,
  parts: CommandGateParts,
): Promise<Execution> {
  if (execution.record !== null && !parts.allowDirty) {
    const changed = await differencesNow(run, parts);
    if (changed.length > 0) return { ...execution, ...NOT_RUN, differences: changed };
  }
  const end = await parts.command.run();
  return {
    ...execution,
    exitCode: end.exitCode,
    signal: "signal" in end ? end.signal : null,
    failure: "failure" in end ? end.failure : null,
  };
}

function differencesNow({ judgement }: Run, { workTree }: CommandGateParts) {
  return workTree.differences(judgement.facts.change.head);
}

function executionOf({ action }: Run, differences: Execution["differences"]): Execution {
  return {
    attempt: action.attempt ?? "",
    status: "ended",
    cause: null,
    exitCode: NOT_STARTED,
    signal: null,
    failure: null,
    differences,
    record: null,
    unrecorded: null,
  };
}

type Recorder = (
  phase: RecordedPhase["phase"],
  differences: Execution["differences"],
) => Promise<PlacedRecord | null>;

/** Places records of this run; null where there is no ledger. Throws what the ledger throws. */
function recorder(
  { action, judgement, verdict }: Run,
  { ledger, now, command, allowDirty }: CommandGateParts,
): Recorder {
  if (ledger === null || verdict === null) return () => Promise.resolve(null);
  const run: RecordedRun = { action, judgement, verdict, argv: command.argv, allowDirty };
  return async (phase, differences) => {
    const observed = await ledger.observe();
    const draft = executionRecord(run, { at: now(), observed, differences, phase });
    const [placed] = await ledger.append([draft], new Map());
    if (placed === undefined) throw new Error("the ledger placed no record, and gave no reason");
    return placed;
  };
}

/** What ran has run: where its end cannot be recorded, that is told, and nothing else changes. */
async function withEnd(
  execution: Execution,
  started: PlacedRecord | null,
  record: Recorder,
): Promise<Execution> {
  if (started === null) return execution;
  const { exitCode, signal, failure, differences } = execution;
  const end = { phase: "ended", startedLeaf: started.leaf, exitCode, signal, failure } as const;
  try {
    return { ...execution, record: await record(end, differences) };
  } catch (error) {
    return { ...execution, unrecorded: troubleOf(error) };
  }
}
