import type { Judgement } from "../rules/evidence.ts";
import { counted } from "./counted.ts";
import { markdownCode, markdownProse } from "./escape/markdown.ts";
import { fitBlocks } from "./fit.ts";
import { linksIn, recordText, stepDecision, type StepRun, stepTitle } from "./step-summary.ts";
import { outlineOf } from "./verdict-outline.ts";
import { openReason, pinLine } from "./verdict-sections.ts";

/** GitHub counts 65,536 characters; of bytes a text never has fewer. */
const MAX_BYTES = 65_536;
/** More a reader does not take in: they stand in the summary. */
const MAX_REASONS = 20;

/** A run of the Action that says its verdict in a comment. */
export interface CommentedRun extends StepRun {
  /** What the comment is found again by, a few letters and digits of our own. */
  readonly gate: string;
  readonly job: string;
  /** The run's address for people. */
  readonly runUrl: string;
}

/** What a gate's comment begins with. GitHub shows nothing of it. */
export function commentMarker(gate: string): string {
  return `<!-- bailiff ${gate} -->`;
}

/** A verdict as a comment on its pull request, in short: the summary of the run has all of it. */
export function verdictComment(judgement: Judgement, run: CommentedRun): string {
  const { denials, warnings } = outlineOf(judgement);
  const linkOf = linksIn(judgement, run);
  return fitBlocks({
    head: `${commentMarker(run.gate)}
## Bailiff: ${markdownProse(stepTitle(judgement, run.fails))}

${stepDecision(judgement, run.fails)}

`,
    blocks: [...denials, ...warnings].map((reason) => openReason(reason, linkOf)),
    foot: foot(judgement, run),
    maxBytes: MAX_BYTES,
    maxBlocks: MAX_REASONS,
    leftOut: (count) => `- and ${counted(count, "more reason")} in the summary of the run\n`,
  });
}

function foot({ facts }: Judgement, { recorded, job, runUrl }: CommentedRun): string {
  const pin = "unrecorded" in recorded ? "" : ` ${pinLine(recorded)}`;
  return `
Judged ${markdownCode(facts.change.head)} in the job ${markdownCode(job)}: [all of it](${runUrl}). ${recordText(recorded)}${pin}
`;
}
