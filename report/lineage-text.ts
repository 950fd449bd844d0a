import type {
  ActionNode,
  ApprovalNode,
  CapabilityNode,
  ChangeNode,
  CheckNode,
  ExceptionNode,
  ExecutionNode,
  Lineage,
  OutcomeNode,
  PolicyNode,
  RecordNode,
  VerdictNode,
} from "../ledger/lineage/graph.ts";
import type { RecordedReason } from "../ledger/predicates.ts";
import { actionLabel, shortId } from "./action-label.ts";
import { painter, type Paint, toneOf } from "./colour.ts";
import { counted } from "./counted.ts";
import { terminalText } from "./escape/terminal.ts";
import { type LineageReader, readLineage } from "./lineage-reader.ts";
import { BLOCKED, endLabel } from "./recorded-run.ts";
import { treeNode, type TreeNode, treeText } from "./tree.ts";

/** More deltas or reasons under one node are counted; the JSON form has them all. */
const MAX_LISTED = 20;

/**
 * A lineage as trees, one an action: each verdict on it with the change it judged, what that
 * change grants, the checks and their policies, what the verdict was and what became of it.
 */
export function lineageText(lineage: Lineage, { colour }: { colour: boolean }): string {
  const paint = painter(colour);
  const reader = readLineage(lineage);
  const told = reader.all("action").map((action) => actionTree(action, reader, paint));
  const others = reader.all("record").filter((record) => !isTold(record, reader));
  const trees = [...told, ...others.map((record) => otherTree(record, reader))];
  return trees.length === 0 ? "No record matches.\n" : trees.map(treeText).join("\n");
}

/** Whether a record stands in some action's tree: a verdict, or what was executed after one. */
function isTold({ id, recordKind }: RecordNode, reader: LineageReader): boolean {
  if (recordKind === "verdict") return true;
  return reader
    .before(id, "GENERATED", "execution")
    .flatMap((execution) => [execution, ...reader.before(execution.id, "PRODUCED", "execution")])
    .some((execution) => verdictsOf(execution, reader).length > 0);
}

function verdictsOf({ id }: ExecutionNode, reader: LineageReader): readonly VerdictNode[] {
  return [...reader.before(id, "TRIGGERED", "verdict"), ...reader.before(id, "BLOCKED", "verdict")];
}

function actionTree(action: ActionNode, reader: LineageReader, paint: Paint): TreeNode {
  const verdicts = reader.after(action.id, "TRIGGERED", "verdict");
  return treeNode(
    paint("strong", titledAction(action)),
    [...verdicts]
      .sort((a, b) => a.index - b.index)
      .map((verdict) => verdictTree(verdict, reader, paint)),
  );
}

function verdictTree(verdict: VerdictNode, reader: LineageReader, paint: Paint): TreeNode {
  const checks = reader.before(verdict.id, "PRODUCED", "check");
  const changes = new Set(checks.flatMap(({ id }) => reader.before(id, "FED_INTO", "change")));
  const superseded = reader.after(verdict.id, "DERIVED_FROM", "verdict");
  return treeNode(verdictLabel(verdict, paint), [
    ...[...changes].map((change) => changeTree(change, reader)),
    ...checkTrees(checks, reader),
    ...reader.before(verdict.id, "AFFECTED", "approval").map(approvalLeaf),
    ...reader.before(verdict.id, "AFFECTED", "exception").map(exceptionLeaf),
    ...superseded.map(({ index, decision }) => treeNode(`supersedes index ${index}, ${decision}`)),
    ...reader
      .after(verdict.id, "GENERATED", "outcome")
      .map((outcome) => outcomeLeaf(outcome, paint)),
    ...executionLeaves(verdict, reader, paint),
    treeNode(`leaf ${terminalText(verdict.leaf)}`),
  ]);
}

function titledAction(node: ActionNode): string {
  const { action, title, author, actor, attempt } = node;
  const label = actionLabel({ ...node, kind: action, author: author ?? actor });
  const run = attempt === null ? "" : ` (run ${attempt})`;
  return terminalText(`${label}${run}${title === null ? "" : `: ${title}`}`);
}

function verdictLabel(verdict: VerdictNode, paint: Paint): string {
  const { index, decision, at, policyIds, origin, simulation } = verdict;
  const why = policyIds.length === 0 ? "" : `, ${policyIds.join(", ")}`;
  const how = simulation ? `the ${origin} in simulation` : `the ${origin}`;
  return `index ${index}: ${paint(toneOf(decision), decision)}${terminalText(`${why} (${at}, by ${how})`)}`;
}

function changeTree({ id, base, head }: ChangeNode, reader: LineageReader): TreeNode {
  const deltas = reader.before(id, "DERIVED_FROM", "capability");
  return treeNode(
    terminalText(`change ${shortId(head)} on ${shortId(base)}`),
    listed(deltas.map((delta) => treeNode(terminalText(deltaLabel(delta))))),
  );
}

function listed(nodes: readonly TreeNode[]): readonly TreeNode[] {
  if (nodes.length <= MAX_LISTED) return nodes;
  return [...nodes.slice(0, MAX_LISTED), treeNode(`and ${nodes.length - MAX_LISTED} more`)];
}

function deltaLabel({
  delta,
  holder,
  name,
  before,
  after,
  path,
  line,
  side,
}: CapabilityNode): string {
  const levels = [before, after].filter((level) => level !== null).join(" → ");
  const then = side === "base" ? ", before the change" : "";
  return `${delta} ${holder}: ${name} ${levels} (${path}:${line}${then})`;
}

/** Policies that passed are told together, those of one document in one line; every other check alone. */
function checkTrees(checks: readonly CheckNode[], reader: LineageReader): TreeNode[] {
  const sourcesOf = ({ id }: CheckNode): readonly PolicyNode[] =>
    reader.before(id, "USED_BY", "policy");
  const groups = Map.groupBy(checks, (check) =>
    check.outcome === "pass" ? `pass ${sourcesOf(check).map(policyText).join()}` : check,
  );
  return [...groups.values()].flatMap((alike) => {
    const [first, ...others] = alike;
    if (first === undefined || others.length === 0)
      return alike.map((one) => checkTree(one, reader));
    const ids = alike.map(({ policyId }) => policyId).join(", ");
    const told = terminalText(`passed ${alike.length}: ${ids}`);
    return [treeNode(told, sourcesOf(first).map(policyLeaf))];
  });
}

function checkTree(check: CheckNode, reader: LineageReader): TreeNode {
  return treeNode(terminalText(`${OUTCOMES[check.outcome]} ${check.policyId}`), [
    ...reader.before(check.id, "USED_BY", "policy").map(policyLeaf),
    ...reasonLeaves(check.reasons),
  ]);
}

const OUTCOMES: Readonly<Record<CheckNode["outcome"], string>> = {
  pass: "passed",
  fail: "failed",
  approved: "approved",
  waived: "waived",
  overridden: "overridden",
  error: "not evaluated:",
};

function policyLeaf(policy: PolicyNode): TreeNode {
  return treeNode(terminalText(policyText(policy)));
}

function policyText({ document, path, commit }: PolicyNode): string {
  const at = commit === null ? "" : ` at ${shortId(commit)}`;
  return `policy of ${path}${at}, sha256 ${shortId(document)}`;
}

function reasonLeaves(reasons: CheckNode["reasons"]): readonly TreeNode[] {
  if ("digest" in reasons)
    return [treeNode(`${counted(reasons.count, "reason")}, recorded as a digest`)];
  return listed(reasons.map((reason) => treeNode(reasonLabel(reason))));
}

function reasonLabel({ decision, message, path, line, settledBy }: RecordedReason): string {
  const place = path === null ? "" : ` ${path}${line === null ? "" : `:${line}`}`;
  const settled = settledBy.length > 0 ? " settled" : "";
  return terminalText(`${decision}${settled}${place} ${message.trim()}`);
}

function approvalLeaf({ actor, at, review, commit }: ApprovalNode): TreeNode {
  const saw = commit === null ? "" : ` of ${shortId(commit)}`;
  return treeNode(terminalText(`approved by ${actor}${saw}, ${at}, review ${review}`));
}

function exceptionLeaf(node: ExceptionNode): TreeNode {
  const { exception, actor, at, until, reason, name } = node;
  const what =
    exception === "waiver"
      ? `waived by ${actor} until ${until ?? "an unknown time"}: ${reason}, waiver ${name}`
      : `BREAK-GLASS by ${actor}, ${at}: ${reason}, incident ${name}`;
  return treeNode(terminalText(what));
}

function outcomeLeaf({ outcome }: OutcomeNode, paint: Paint): TreeNode {
  return treeNode(`outcome: ${paint(outcome === "blocked" ? "bad" : "good", outcome)}`);
}

function executionLeaves(verdict: VerdictNode, reader: LineageReader, paint: Paint): TreeNode[] {
  const started = reader.after(verdict.id, "TRIGGERED", "execution");
  const blocked = reader.after(verdict.id, "BLOCKED", "execution");
  return [...blocked, ...started].map((execution) => {
    const ends = reader.after(execution.id, "PRODUCED", "execution");
    const told = [executionLabel(execution), ...ends.map(executionLabel)];
    const open = execution.phase === "started" && ends.length === 0;
    return treeNode([...told, ...(open ? [paint("doubtful", "no end recorded")] : [])].join("; "));
  });
}

function executionLabel(execution: ExecutionNode): string {
  const { phase, index, at, differences, cause, exitCode, signal, failure } = execution;
  const dirty =
    phase === "started" && differences ? `, ${counted(differences, "difference")} allowed` : "";
  const why = cause === null ? "" : `: ${BLOCKED[cause]}`;
  const end = exitCode === null ? "" : ` ${endLabel({ exitCode, signal, failure })}`;
  const what = `${phase}${why}${terminalText(end)} (${terminalText(at)}, index ${index}${dirty})`;
  if (phase === "ended") return what;
  return `execution ${what}`;
}

function otherTree(record: RecordNode, reader: LineageReader): TreeNode {
  const granted = reader.before(record.id, "GENERATED", "exception");
  return treeNode(otherRecord(record), granted.map(exceptionLeaf));
}

function otherRecord({ index, recordKind, at, leaf }: RecordNode): string {
  return terminalText(`index ${index}: ${recordKind} (${at}, leaf ${leaf})`);
}
