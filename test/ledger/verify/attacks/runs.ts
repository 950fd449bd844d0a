import type { JsonObject } from "../../../../ledger/format/canonical.ts";
import { signEnvelope } from "../../../../ledger/format/envelope.ts";
import { recordLeaf } from "../../../../ledger/format/leaf.ts";
import { executionPredicateOf, PHASES } from "../../execution-fixture.ts";
import { common, LEDGER_KEY, recordLine, sampleLedger, verdictLine } from "../../ledger-builder.ts";
import {
  digestOf,
  objectIdOf,
  statementOf,
  verdictPredicateOf,
  type VerdictFixture,
} from "../../verdict-fixture.ts";
import type { Attack } from "./attack.ts";

const ALLOWED = { id: "5", decision: "ALLOW", run: "run-1" } as const;
const DENIED = { ...ALLOWED, decision: "DENY" } as const;
const BATCH = "records/005-";

function leafHex(kind: string, line: Uint8Array): string {
  return Buffer.from(recordLeaf(kind, line)).toString("hex");
}

/** An execution after this verdict, and its leaf (hex). */
function execution(verdict: Uint8Array, more: JsonObject) {
  const leaf = leafHex("verdict", verdict);
  const line = recordLine("execution", executionPredicateOf(leaf, more));
  return { line, leaf: leafHex("execution", line) };
}

/** A verdict and the executions that come after it, one batch. */
function run(verdict: VerdictFixture, ...phases: readonly JsonObject[]) {
  const judged = verdictLine(verdict);
  const lines = phases.map((more) => execution(judged, more).line);
  return sampleLedger().place([judged, ...lines]).commits;
}

/** One that ends as often as it is told to, after the start that it is told. */
function ended(started: JsonObject, ...ends: readonly JsonObject[]) {
  const judged = verdictLine(ALLOWED);
  const start = execution(judged, { ...PHASES.started, ...started });
  const lines = ends.map(
    (end) => execution(judged, { ...PHASES.ended, startedLeaf: start.leaf, ...end }).line,
  );
  return sampleLedger().place([judged, start.line, ...lines]).commits;
}

const other = { kind: "command", name: "deploy", number: null, attempt: "run-2" };

/** Executions that tell of a run that their verdict, or their start, does not let pass. */
export const RUN_ATTACKS: readonly Attack[] = [
  {
    when: "names no verdict that stands before it",
    commits: () => {
      const predicate = executionPredicateOf(digestOf("nothing"), PHASES.started);
      return sampleLedger().place([recordLine("execution", predicate)]).commits;
    },
    place: `${BATCH}1.jsonl:1`,
  },
  {
    when: "rests on a record of another kind",
    commits: () => {
      const omission = recordLine("omission", common());
      const predicate = executionPredicateOf(leafHex("omission", omission), PHASES.started);
      return sampleLedger().place([omission, recordLine("execution", predicate)]).commits;
    },
  },
  {
    when: "rests on a verdict about a pull request",
    commits: () => run({ id: "5", decision: "ALLOW" }, PHASES.started),
  },
  {
    when: "rests on a verdict about a pull request that is named as the run is",
    commits: () => {
      const { action } = verdictPredicateOf({}) as { action: JsonObject };
      const named = { ...action, name: "deploy", attempt: "run-1" };
      return run({ id: "5", decision: "ALLOW", more: { action: named } }, PHASES.started);
    },
  },
  {
    when: "rests on the verdict about another commit",
    commits: () => run({ ...ALLOWED, head: objectIdOf("other") }, PHASES.started),
  },
  {
    when: "rests on the verdict of another run",
    commits: () => run({ ...ALLOWED, run: "run-2" }, PHASES.started),
  },
  { when: "started after a denial", commits: () => run(DENIED, PHASES.started) },
  {
    when: "started in simulation after a verdict that was none",
    commits: () => run(ALLOWED, { ...PHASES.started, simulation: true }),
  },
  {
    when: "was blocked by a denial that is none",
    commits: () => run(ALLOWED, PHASES.blocked),
  },
  {
    when: "was blocked by its work tree after a denial",
    commits: () => run(DENIED, { ...PHASES.blocked, cause: "work-tree" }),
  },
  {
    when: "started twice",
    commits: () => run(ALLOWED, PHASES.started, { ...PHASES.started, id: "again" }),
    place: `${BATCH}3.jsonl:3`,
  },
  {
    when: "ended without its start",
    commits: () => run(ALLOWED, { ...PHASES.ended, startedLeaf: digestOf("nothing") }),
  },
  {
    when: "ended after its verdict, and no start",
    commits: () =>
      run(ALLOWED, { ...PHASES.ended, startedLeaf: leafHex("verdict", verdictLine(ALLOWED)) }),
  },
  {
    when: "ended twice",
    commits: () => ended({}, {}, { exitCode: 1 }),
    place: `${BATCH}4.jsonl:4`,
  },
  {
    when: "ended another run than was started",
    commits: () => ended({}, { action: other }),
  },
  {
    when: "ended another command than was started",
    commits: () => ended({}, { command: { program: "rm", arguments: 1, digest: digestOf("rm") } }),
  },
  {
    when: "ended after another verdict than it was started after",
    commits: () => ended({}, { verdictLeaf: digestOf("nothing") }),
  },
  {
    when: "has not what an execution has",
    commits: () => run(ALLOWED, { ...PHASES.started, command: null }),
  },
  ...[
    { when: "no tree", edit: (subject: readonly object[]) => subject.slice(0, 1) },
    {
      when: "another commit too, by another digest",
      edit: ([commit, tree]: readonly { digest?: object }[]) => [
        commit,
        { digest: { ...tree?.digest, gitTag: "1".repeat(40) } },
      ],
    },
  ].map(({ when, edit }) => ({
    when: `is about ${when}`,
    commits: () => {
      const judged = verdictLine(ALLOWED);
      const predicate = executionPredicateOf(leafHex("verdict", judged), PHASES.started);
      const statement = statementOf("execution", predicate);
      const subject = edit(statement.subject) as typeof statement.subject;
      return sampleLedger().place([judged, signEnvelope({ ...statement, subject }, LEDGER_KEY)])
        .commits;
    },
  })),
].map((attack): Attack => ({
  ...attack,
  when: `an execution ${attack.when}`,
  codes: ["KIND_MISMATCH"],
}));
