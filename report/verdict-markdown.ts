import type { PlacedRecord } from "../ledger/record.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { Reason } from "../rules/verdict/verdict.ts";
import { counted } from "./counted.ts";
import { markdownCode, markdownProse } from "./escape/markdown.ts";
import { visible } from "./escape/visible.ts";
import { cutText, fitBlocks } from "./fit.ts";
import { sourceLink } from "./source-link.ts";
import {
  coverageOf,
  meaningOf,
  outlineOf,
  settlementText,
  tallyOf,
  type VerdictOutline,
} from "./verdict-outline.ts";

/** What a check run shows. `title` is plain text; `summary` and `text` are GitHub's Markdown. */
export interface CheckRunText {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

/** GitHub's limit of `summary` and of `text`: bytes of UTF-8, whatever its documentation calls them. */
const MAX_BYTES = 65_535;
const MAX_TITLE_BYTES = 255;
/** Escaping makes text at most five times as long: with these bounds one reason always fits. */
const MAX_PROSE_BYTES = 2_048;
const MAX_PATH_BYTES = 4_096;
const MAX_REMEDIES = 5;

/** A verdict as a check run shows it; `record` is null where the repository has no ledger. */
export function verdictMarkdown(judgement: Judgement, record: PlacedRecord | null): CheckRunText {
  const outline = outlineOf(judgement);
  return {
    title: verdictTitle(judgement),
    summary: summaryOf(outline, record ?? NO_LEDGER).trim(),
    text: textOf({ judgement, outline, record, linkOf: () => null }).trim(),
  };
}

/**
 * The same as a job's summary, with each reason linked to its lines at `repositoryUrl`; where
 * nothing was recorded it says why.
 */
export function verdictSummary(
  judgement: Judgement,
  recorded: PlacedRecord | { readonly unrecorded: string },
  repositoryUrl: string,
): string {
  const record = "unrecorded" in recorded ? null : recorded;
  const outline = outlineOf(judgement);
  const linkOf: LinkOf = (reason) => sourceLink(repositoryUrl, reason, judgement.facts.change);
  return [
    `## Bailiff: ${markdownProse(verdictTitle(judgement))}`,
    summaryOf(
      outline,
      "unrecorded" in recorded ? `Nothing is recorded: ${recorded.unrecorded}.` : recorded,
    ).trim(),
    textOf({ judgement, outline, record, linkOf }).trim(),
  ].join("\n\n");
}

type LinkOf = (reason: Reason) => string | null;

/** A verdict in a line of plain text: `Denied by new-permissions`. */
export function verdictTitle(judgement: Judgement): string {
  const { decision, simulation, settled } = outlineOf(judgement);
  const policies = visible(judgement.verdict.policyIds.join(", "));
  const allowed =
    settled.length > 0 ? `allowed, ${counted(settled.length, "reason")} settled` : "allowed";
  const said = {
    DENY: `denied by ${policies}`,
    WARN: `allowed with warnings from ${policies}`,
    ALLOW: allowed,
  }[decision];
  return cutText(
    simulation ? `Simulation, not enforced: would be ${said}` : sentence(said),
    MAX_TITLE_BYTES,
  );
}

function summaryOf(outline: VerdictOutline, recorded: PlacedRecord | string): string {
  const { decision, simulation, denials, warnings } = outline;
  const word = { DENY: "Denied.", WARN: "Allowed with warnings.", ALLOW: "Allowed." }[decision];
  const simulated = simulation ? " This is a simulation: nothing is enforced." : "";
  const remedies = [...new Set([...denials, ...warnings].map(({ remedy }) => remedy))];
  return fitBlocks({
    head: `**${word}** ${sentence(meaningOf(outline))}.${simulated}\n${remedies.length > 0 ? "\nWhat would settle it:\n\n" : ""}`,
    blocks: remedies.map((remedy) => `- ${prose(remedy)}\n`),
    foot: `\n${typeof recorded === "string" ? recorded : onRecord(recorded)}\n`,
    maxBytes: MAX_BYTES,
    maxBlocks: MAX_REMEDIES,
    leftOut: (count) => `- and ${count} more, each with its reason below\n`,
  });
}

const NO_LEDGER =
  "Verdicts are **not recorded** in this repository: it has no ledger. An administrator starts one with `bailiff ledger init`.";

function onRecord({ index }: PlacedRecord): string {
  return `On the record at index ${index}.`;
}

interface Shown {
  readonly judgement: Judgement;
  readonly outline: VerdictOutline;
  readonly record: PlacedRecord | null;
  readonly linkOf: LinkOf;
}

function textOf({ judgement, outline, record, linkOf }: Shown): string {
  const { denials, warnings, settled, omitted } = outline;
  const placeOf: PlaceOf = (reason) => linked(placeText(reason), linkOf(reason));
  return fitBlocks({
    head: "",
    blocks: [
      ...section(
        "What stands against it",
        [...denials, ...warnings].map((reason) => openReason(reason, placeOf)),
      ),
      ...section(
        "Settled",
        settled.map((reason) => settledReason(reason, placeOf)),
      ),
    ],
    foot: foot(judgement, record, omitted),
    maxBytes: MAX_BYTES,
    leftOut: (count) => `\n${counted(count, "more reason")} left out here for want of room.\n`,
  });
}

function section(title: string, blocks: readonly string[]): readonly string[] {
  return blocks.map((block, index) => (index === 0 ? `\n### ${title}\n\n${block}` : block));
}

type PlaceOf = (reason: Reason) => string;

function linked(text: string, address: string | null): string {
  return address === null ? text : `[${text}](${address})`;
}

function openReason(reason: Reason, placeOf: PlaceOf): string {
  return `- **${reason.decision}** ${placeOf(reason)}, by policy ${markdownCode(reason.policyId)}
  - ${prose(reason.message)}
  - To settle: ${prose(reason.remedy)}
`;
}

function settledReason(reason: Reason, placeOf: PlaceOf): string {
  const acts = reason.settledBy.map((act) => `  - Settled: ${prose(settlementText(act))}\n`);
  return `- **SETTLED** ${placeOf(reason)}, ${reason.decision} by policy ${markdownCode(reason.policyId)}
  - ${prose(reason.message)}
${acts.join("")}`;
}

function placeText({ path, side, line, endLine }: Reason): string {
  if (path === null) return "the change as a whole";
  const lines = endLine !== null && endLine !== line ? `lines ${line}-${endLine}` : `line ${line}`;
  const where = line === null ? "" : ` ${lines}`;
  return `${markdownCode(cutText(path, MAX_PATH_BYTES))}${where}${side === "base" ? " (before the change)" : ""}`;
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
    `Pin: ${markdownCode(record.pin)}`,
  ];
}

function prose(text: string): string {
  return markdownProse(cutText(text.trim(), MAX_PROSE_BYTES));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
