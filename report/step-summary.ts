import type { PlacedRecord } from "../ledger/record.ts";
import type { Judgement } from "../rules/evidence.ts";
import { counted } from "./counted.ts";
import { markdownProse } from "./escape/markdown.ts";
import { utf8Length } from "./fit.ts";
import { sourceLink } from "./source-link.ts";
import { outlineOf } from "./verdict-outline.ts";
import { decidingPolicies, titleOf, verdictTitle } from "./verdict-markdown.ts";
import {
  decidingReasons,
  decisionText,
  type LinkOf,
  onRecord,
  openingSection,
  reasonsSection,
} from "./verdict-sections.ts";

/** What a step of the Action knows beside the judgement. */
export interface StepRun {
  /** The record, or why there is none. */
  readonly recorded: PlacedRecord | { readonly unrecorded: string };
  /** The repository's address for people. */
  readonly repositoryUrl: string;
  /** The weakest decision that fails the step. */
  readonly failOn: "deny" | "warn";
  /** Whether this verdict fails it. */
  readonly fails: boolean;
  /** Whether the change may have edited the workflow that judges it. */
  readonly ownWorkflow: boolean;
}

/** The runner takes 1 MiB of summary a step, and drops more as a whole: this, and what else is told. */
const MAX_BYTES = 1_000_000;
const MAX_OPENING_BYTES = 65_536;

/** A verdict in a line of plain text, and of a step that fails by warnings, that it does. */
export function stepTitle(judgement: Judgement, fails: boolean): string {
  if (!failsByWarnings(judgement, fails)) return verdictTitle(judgement);
  return titleOf(`Fails, since fail-on is warn: warnings from ${decidingPolicies(judgement)}`);
}

/**
 * A verdict as a job's summary, with each reason linked to its lines; where a step tells several
 * verdicts, one of so many `parts` of it.
 */
export function stepSummary(judgement: Judgement, run: StepRun, parts = 1): string {
  const { recorded, failOn, fails, ownWorkflow } = run;
  const record = "unrecorded" in recorded ? null : recorded;
  const outline = outlineOf(judgement);
  const maxBytes = Math.floor(MAX_BYTES / parts);
  const before = [
    `## Bailiff: ${markdownProse(stepTitle(judgement, fails))}`,
    openingSection(stepDecision(judgement, fails), {
      reasons:
        failOn === "warn" ? [...outline.denials, ...outline.warnings] : decidingReasons(outline),
      last: [...(fails ? [WHAT_THEN] : []), recordText(recorded)].join("\n\n"),
      maxBytes: Math.min(MAX_OPENING_BYTES, maxBytes / 4),
    }),
  ];
  const after = ownWorkflow ? [BINDS_NOBODY] : [];
  const reasons = reasonsSection(judgement, {
    record,
    linkOf: linksIn(judgement, run),
    maxBytes: maxBytes - utf8Length([...before, "", ...after].join("\n\n")),
  });
  return [...before, reasons, ...after].join("\n\n");
}

const WHAT_THEN = "Once that is done push it, or run this job again.";

const BINDS_NOBODY = `> [!NOTE]
> This run binds nobody: a pull request can edit the workflow that it is part of. It binds as a
> workflow that your organisation requires, or beside the Bailiff App.`;

/** What the decision means for the step, in a sentence or two of Markdown. */
export function stepDecision(judgement: Judgement, fails: boolean): string {
  const outline = outlineOf(judgement);
  if (!failsByWarnings(judgement, fails)) return decisionText(outline);
  const count = counted(outline.warnings.length, "warning");
  return `**Fails on warnings.** Nothing denies this change, but it has ${count}, and the workflow sets \`fail-on\` to \`warn\`.`;
}

/** Where the lines of the judged change stand. */
export function linksIn(
  judgement: Judgement,
  { repositoryUrl }: Pick<StepRun, "repositoryUrl">,
): LinkOf {
  return (reason) => sourceLink(repositoryUrl, reason, judgement.facts.change);
}

/** Whether the verdict is on the ledger, in a line of Markdown. */
export function recordText(recorded: StepRun["recorded"]): string {
  if (!("unrecorded" in recorded)) return onRecord(recorded);
  return `Nothing is recorded on the ledger, which keeps verdicts for audits: ${recorded.unrecorded}.`;
}

function failsByWarnings({ verdict }: Judgement, fails: boolean): boolean {
  return fails && verdict.decision === "WARN";
}
