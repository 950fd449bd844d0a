import type { VerdictPredicate } from "../ledger/predicates.ts";
import type { ReplayedRecord } from "../ledger/replay.ts";
import { actionLabel, shortId } from "./action-label.ts";
import { recordedRunLabel } from "./recorded-run.ts";
import { type Paint, painter, toneOf } from "./colour.ts";
import { terminalText } from "./escape/terminal.ts";

/** One line of `ledger log`: index, time, decision or kind, what was judged, by which policies, the leaf. */
export function ledgerLogLine(record: ReplayedRecord, { colour }: { colour: boolean }): string {
  const { index, leaf, predicate, kind, verdict, execution } = record;
  const paint = painter(colour);
  const columns = [
    String(index).padStart(6),
    terminalText(predicate.at),
    verdict === null ? terminalText(kind) : decisionColumn(verdict, paint),
    ...(verdict === null ? [] : [terminalText(subjectOf(verdict))]),
    ...(execution === null ? [] : [terminalText(recordedRunLabel(execution))]),
    paint("faint", shortId(leaf)),
  ];
  return `${columns.join("  ")}\n`;
}

/** `DENY (simulated)`, padded so that decisions line up. */
function decisionColumn({ verdict }: VerdictPredicate, paint: Paint): string {
  const simulated = verdict.provenance.simulation ? " (simulated)" : "";
  return `${paint(toneOf(verdict.decision), verdict.decision.padEnd(5))}${simulated}`;
}

function subjectOf(predicate: VerdictPredicate): string {
  const policies = predicate.verdict.policyIds.join(", ");
  const subject = `${recordedActionLabel(predicate)} at ${shortId(predicate.change.head)}`;
  return policies === "" ? subject : `${subject}: ${policies}`;
}

/** `pull request 42 of acme/shop by ann`; unescaped. */
export function recordedActionLabel({ action, repository }: VerdictPredicate): string {
  const author = (action.author ?? action.actor)?.login ?? null;
  return actionLabel({ ...action, repository: repository.name, author });
}
