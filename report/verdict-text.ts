import type { PlacedRecord } from "../ledger/record.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { Reason } from "../rules/verdict/verdict.ts";
import { candidateText } from "./candidate-text.ts";
import { type Paint, painter, toneOf } from "./colour.ts";
import { counted } from "./counted.ts";
import { terminalText } from "./escape/terminal.ts";
import {
  coverageOf,
  meaningOf,
  outlineOf,
  settlementText,
  tallyOf,
  type VerdictOutline,
} from "./verdict-outline.ts";

/** What is shown of a judged change. `record` is null where the verdict is not recorded. */
export interface ShownVerdict {
  readonly judgement: Judgement;
  readonly record: PlacedRecord | null;
  readonly colour: boolean;
}

/** A verdict for a terminal: what was decided, why, what would settle it, and where it is recorded. */
export function verdictText({ judgement, record, colour }: ShownVerdict): string {
  const paint = painter(colour);
  const outline = outlineOf(judgement);
  return [
    ...(outline.breakGlass === null ? [] : [`${paint("bad", terminalText(outline.breakGlass))}\n`]),
    headline(outline, paint),
    ...(outline.waiting === null ? [] : [`${paint("doubtful", outline.waiting)}.\n`]),
    ...[...outline.denials, ...outline.warnings].map((reason) => openReason(reason, paint)),
    ...outline.settled.map((reason) => settledReason(reason, paint)),
    ...(outline.omitted > 0 ? [`${counted(outline.omitted, "more reason")} not listed.\n`] : []),
    ...(judgement.candidate ? [candidateText(judgement.candidate)] : []),
    footer(judgement, record, paint),
  ].join("\n");
}

function headline(outline: VerdictOutline, paint: Paint): string {
  const { decision, simulation } = outline;
  const decided = paint(toneOf(decision), decision);
  const simulated = simulation ? " in simulation, nothing is enforced" : "";
  return `${decided}${simulated}: ${meaningOf(outline)}.\n`;
}

function openReason(reason: Reason, paint: Paint): string {
  return reasonBlock(reason, paint(toneOf(reason.decision), reason.decision), [
    `policy:    ${terminalText(reason.policyId)}`,
    `to settle: ${terminalText(reason.remedy.trim())}`,
  ]);
}

function settledReason(reason: Reason, paint: Paint): string {
  return reasonBlock(reason, paint("good", "SETTLED"), [
    `policy:    ${terminalText(reason.policyId)} (${reason.decision} until settled)`,
    ...reason.settledBy.map((act) => `settled:   ${terminalText(settlementText(act))}`),
  ]);
}

function reasonBlock(reason: Reason, label: string, lines: readonly string[]): string {
  const message = terminalText(reason.message.trim());
  return [
    `  ${label}  ${placeText(reason)}`,
    ...[message, ...lines].map((line) => `    ${line}`),
    "",
  ].join("\n");
}

// `a.yml:14-16`, `a.yml:3 (before the change)`.
function placeText({ path, side, line, endLine }: Reason): string {
  if (path === null) return "the change as a whole";
  const last = endLine !== null && endLine !== line ? `-${endLine}` : "";
  const lines = line === null ? "" : `:${line}${last}`;
  return `${terminalText(path)}${lines}${side === "base" ? " (before the change)" : ""}`;
}

function footer(judgement: Judgement, record: PlacedRecord | null, paint: Paint): string {
  const { base, head, mergeBase } = judgement.facts.change;
  const lines = [
    `Change:   ${head} on ${base}${mergeBase === base ? "" : `, merge base ${mergeBase}`}`,
    `Policies: ${tallyOf(judgement)}`,
    `Evidence: ${coverageOf(judgement)}`,
    ...recordLines(record),
  ];
  return `${lines.map((line) => paint("faint", line)).join("\n")}\n`;
}

function recordLines(record: PlacedRecord | null): readonly string[] {
  if (record === null) return ["Record:   none, this verdict is not on a ledger"];
  const already = record.appended ? "" : ", which already said so";
  return [
    `Record:   index ${record.index}, leaf ${record.leaf}${already}`,
    `Pin:      ${terminalText(record.pin)}`,
  ];
}
