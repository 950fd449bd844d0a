import type { PlacedRecord } from "../ledger/record.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { Reason } from "../rules/verdict/verdict.ts";
import { candidateMarkdown } from "./candidate-markdown.ts";
import { counted } from "./counted.ts";
import { markdownCode, markdownProse } from "./escape/markdown.ts";
import { cutText, fitBlocks } from "./fit.ts";
import {
  coverageOf,
  meaningOf,
  outlineOf,
  settlementText,
  tallyOf,
  type VerdictOutline,
} from "./verdict-outline.ts";

/** Escaping makes text at most five times as long: with these bounds one reason always fits. */
const MAX_PROSE_BYTES = 2_048;
const MAX_PATH_BYTES = 4_096;
const MAX_REMEDIES = 5;

/** Where a reason's lines can be looked at; null where nowhere. */
export type LinkOf = (reason: Reason) => string | null;

/** What the decision means, in a sentence or two of Markdown. */
export function decisionText(outline: VerdictOutline): string {
  const { decision, simulation, breakGlass, waiting } = outline;
  const word = { DENY: "Denied.", WARN: "Allowed with warnings.", ALLOW: "Allowed." }[decision];
  const simulated = simulation ? " This is a simulation: nothing is enforced." : "";
  const said = `**${word}** ${sentence(meaningOf(outline))}.${simulated}`;
  const first = breakGlass === null ? [] : [`**${prose(breakGlass)}**`];
  const last = waiting === null ? [] : [`${sentence(waiting)}: \`bailiff incidents\`.`];
  return [...first, said, ...last].join("\n\n");
}

/** The decision, what would settle `reasons`, each remedy once, and a last line of Markdown. */
export function openingSection(
  decision: string,
  { reasons, last, maxBytes }: { reasons: readonly Reason[]; last: string; maxBytes: number },
): string {
  const remedies = [...new Set(reasons.map(({ remedy }) => remedy))];
  return fitBlocks({
    head: `${decision}\n${remedies.length > 0 ? "\nWhat would settle it:\n\n" : ""}`,
    blocks: remedies.map((remedy) => `- ${prose(remedy)}\n`),
    foot: `\n${last}\n`,
    maxBytes,
    maxBlocks: MAX_REMEDIES,
    leftOut: (count) => `- and ${count} more, each with its reason below\n`,
  }).trim();
}

/** The reasons that decide: denials, or where there are none, warnings. */
export function decidingReasons({ denials, warnings }: VerdictOutline): readonly Reason[] {
  return denials.length > 0 ? denials : warnings;
}

export function onRecord({ index }: PlacedRecord): string {
  return `On the record at index ${index}.`;
}

/** Every reason with its place and remedy, and how it was judged. */
export function reasonsSection(
  judgement: Judgement,
  { record, linkOf, maxBytes }: { record: PlacedRecord | null; linkOf: LinkOf; maxBytes: number },
): string {
  const { denials, warnings, settled, omitted } = outlineOf(judgement);
  return fitBlocks({
    head: "",
    blocks: [
      ...section(
        "What stands against it",
        [...denials, ...warnings].map((reason) => openReason(reason, linkOf)),
      ),
      ...section(
        "Settled",
        settled.map((reason) => settledReason(reason, linkOf)),
      ),
    ],
    foot: `${candidateSection(judgement)}${foot(judgement, record, omitted)}`,
    maxBytes,
    leftOut: (count) => `\n${counted(count, "more reason")} left out here for want of room.\n`,
  }).trim();
}

function section(title: string, blocks: readonly string[]): readonly string[] {
  return blocks.map((block, index) => (index === 0 ? `\n### ${title}\n\n${block}` : block));
}

/** An unsettled reason as an item of a list: its place, its message, its remedy. */
export function openReason(reason: Reason, linkOf: LinkOf): string {
  return `- **${reason.decision}** ${placeText(reason, linkOf)}, by policy ${markdownCode(reason.policyId)}
  - ${prose(reason.message)}
  - To settle: ${prose(reason.remedy)}
`;
}

function settledReason(reason: Reason, linkOf: LinkOf): string {
  const acts = reason.settledBy.map((act) => `  - Settled: ${prose(settlementText(act))}\n`);
  return `- **SETTLED** ${placeText(reason, linkOf)}, ${reason.decision} by policy ${markdownCode(reason.policyId)}
  - ${prose(reason.message)}
${acts.join("")}`;
}

function placeText(reason: Reason, linkOf: LinkOf): string {
  const address = linkOf(reason);
  const text = placeOf(reason);
  return address === null ? text : `[${text}](${address})`;
}

function placeOf({ path, side, line, endLine }: Reason): string {
  if (path === null) return "the change as a whole";
  const lines = endLine !== null && endLine !== line ? `lines ${line}-${endLine}` : `line ${line}`;
  const where = line === null ? "" : ` ${lines}`;
  return `${markdownCode(cutText(path, MAX_PATH_BYTES))}${where}${side === "base" ? " (before the change)" : ""}`;
}

function candidateSection({ candidate }: Judgement): string {
  return candidate === undefined ? "" : `\n${candidateMarkdown(candidate)}`;
}

function foot(judgement: Judgement, record: PlacedRecord | null, omitted: number): string {
  const { base, head, mergeBase } = judgement.facts.change;
  const mergedAt = mergeBase === base ? "" : `, merge base ${markdownCode(mergeBase)}`;
  const lines = [
    ...(omitted > 0 ? [`${counted(omitted, "more reason")} that the verdict only counts`] : []),
    `Change: ${markdownCode(head)} on ${markdownCode(base)}${mergedAt}`,
    `Policies: ${tallyOf(judgement)}`,
    `Evidence: ${coverageOf(judgement)}`,
    ...recordLines(record),
  ];
  return `\n### How it was judged\n\n${lines.map((line) => `- ${line}\n`).join("")}`;
}

function recordLines(record: PlacedRecord | null): readonly string[] {
  if (record === null) return [];
  const already = record.appended ? "" : ", which already said so";
  return [
    `Record: index ${record.index}, leaf ${markdownCode(record.leaf)}${already}`,
    pinLine(record),
  ];
}

/** The pin, and what it is good for. */
export function pinLine({ pin }: PlacedRecord): string {
  return `Pin: ${markdownCode(pin)}. Whoever keeps it can prove later that the record still stands.`;
}

function prose(text: string): string {
  return markdownProse(cutText(text.trim(), MAX_PROSE_BYTES));
}

/** `text` with a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
