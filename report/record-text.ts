import type { ExecutionPredicate } from "../ledger/execution-predicate.ts";
import type { Omitted } from "../ledger/predicate-parts.ts";
import type {
  RecordedCheck,
  RecordedReason,
  RecordedReview,
  VerdictPredicate,
} from "../ledger/predicates.ts";
import type { ReplayedRecord } from "../ledger/replay.ts";
import { painter, type Paint, toneOf } from "./colour.ts";
import { counted } from "./counted.ts";
import { jsonDocument } from "./escape/json.ts";
import { terminalText } from "./escape/terminal.ts";
import { recordedActionLabel } from "./ledger-log-text.ts";
import { differenceLine, recordedRunLabel } from "./recorded-run.ts";

/** `ledger show`: one record as readable text. Its signature is verification's business. */
export function recordText(record: ReplayedRecord, { colour }: { colour: boolean }): string {
  const { index, leaf, kind, keyid, predicate, verdict, execution } = record;
  const head = [
    `Record ${index}: ${kind}, ${predicate.at}`,
    `  id        ${predicate.id}`,
    `  leaf      ${leaf}`,
    `  key       ${keyid}`,
    `  ledger    ${predicate.ledger}`,
    `  observed  size ${predicate.observed.size}, root ${predicate.observed.root}`,
  ].map(terminalText);
  const body = [
    ...(verdict === null ? [] : verdictLines(verdict, painter(colour))),
    ...(execution === null ? [] : executionLines(execution)),
  ];
  return `${[...head, ...(body.length === 0 ? [] : [""]), ...body].join("\n")}\n`;
}

/** `ledger show --format json`: one record as the branch holds it, with its place. */
export function recordJson({ index, leaf, kind, keyid, statement }: ReplayedRecord): string {
  return jsonDocument({ index, leaf, kind, keyid, statement });
}

function verdictLines(predicate: VerdictPredicate, paint: Paint): readonly string[] {
  const { verdict, change, evaluator, supersedes, factsDigest } = predicate;
  const simulated = verdict.provenance.simulation ? " in simulation" : "";
  return [
    `${paint(toneOf(verdict.decision), verdict.decision)}${simulated}: ${terminalText(recordedActionLabel(predicate))}`,
    ...itemLines(verdict.reasons, "reason", reasonLine),
    ...(verdict.reasonsOmitted > 0 ? [counted(verdict.reasonsOmitted, "more reason")] : []),
    `change    ${change.head} on ${change.base}, merge base ${change.mergeBase}`,
    `files     sha256 ${change.filesDigest}`,
    `facts     sha256 ${factsDigest}`,
    `evaluator ${evaluator.id} ${evaluator.version}, sha256 ${evaluator.digest}`,
    ...itemLines(predicate.checks, "check", checkLine),
    ...predicate.policies.map(
      ({ path, commit, digest }) =>
        `policies  ${path}${commit === null ? "" : ` at ${commit}`}, sha256 ${digest}`,
    ),
    ...itemLines(predicate.external.reviews, "review", reviewLine),
    ...(supersedes === null ? [] : [`follows   leaf ${supersedes}`]),
  ].map((line, place) => (place === 0 ? line : `  ${terminalText(line)}`));
}

function executionLines(execution: ExecutionPredicate): readonly string[] {
  const { command, workTree, verdictLeaf, action } = execution;
  const words = `${command.program} and ${counted(command.arguments, "argument")}`;
  const dirty = workTree.allowDirty ? ["allowed  a work tree that differs"] : [];
  return [
    recordedRunLabel(execution),
    `  run      ${action.attempt}`,
    `  verdict  leaf ${verdictLeaf}`,
    `  command  ${words}, sha256 ${command.digest}`,
    ...[
      ...dirty,
      ...itemLines(
        workTree.differences,
        "difference",
        (each) => `differs  ${differenceLine(each)}`,
      ),
    ].map((line) => `  ${line}`),
  ].map(terminalText);
}

function itemLines<T>(
  list: readonly T[] | Omitted | null,
  noun: string,
  lineOf: (item: T) => string,
): readonly string[] {
  if (list === null) return [];
  if ("digest" in list) return [`${counted(list.count, noun)}, recorded as sha256 ${list.digest}`];
  return list.map(lineOf);
}

function reasonLine({
  decision,
  path,
  line,
  message,
  policyId,
  settledBy,
}: RecordedReason): string {
  const place = path === null ? "the whole change" : `${path}${line === null ? "" : `:${line}`}`;
  const settled = settledBy.map(({ kind, actor }) => `, settled by ${kind} of ${actor}`);
  return `${decision.padEnd(9)} ${place} ${message.trim()} (${policyId}${settled.join("")})`;
}

function checkLine({ policyId, outcome, document }: RecordedCheck): string {
  return `check     ${policyId}: ${outcome}, document sha256 ${document}`;
}

function reviewLine({ id, actor, state, commit, at }: RecordedReview): string {
  return `review    ${id}: ${state} by ${actor.login}, ${at}, of ${commit}`;
}
