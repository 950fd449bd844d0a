import type { Judgement } from "../rules/evidence.ts";
import { annotationsOf, type AnnotationLevel } from "./annotations.ts";
import { counted } from "./counted.ts";
import { visible } from "./escape/visible.ts";
import { workflowCommand } from "./escape/workflow-command.ts";
import { meaningOf, outlineOf } from "./verdict-outline.ts";

const COMMANDS = {
  failure: "error",
  warning: "warning",
  notice: "notice",
} as const satisfies Record<AnnotationLevel, string>;

/**
 * `check --format github`: a verdict as commands to GitHub's runner, one a line.
 *
 * The runner shows ten errors and ten warnings a step; the last line gives the whole decision.
 */
export function githubCommands(judgement: Judgement): string {
  const { annotations, omitted } = annotationsOf(judgement, { limit: Infinity });
  const lines = annotations.map((annotation) =>
    workflowCommand(
      COMMANDS[annotation.annotation_level],
      {
        file: annotation.path,
        line: annotation.start_line,
        endLine: annotation.end_line,
        title: annotation.title,
      },
      annotation.message,
    ),
  );
  return `${[...lines, conclusion(judgement, omitted)].join("\n")}\n`;
}

function conclusion(judgement: Judgement, omitted: number): string {
  const outline = outlineOf(judgement);
  const calm = outline.simulation ? "notice" : LEVEL_OF[outline.decision];
  const level = outline.breakGlass === null ? calm : "warning";
  const unplaced = omitted > 0 ? ` (${counted(omitted, "reason")} without a line at head)` : "";
  const simulated = outline.simulation ? "In simulation, nothing is enforced: " : "";
  return workflowCommand(
    level,
    { title: `bailiff: ${outline.decision}` },
    [
      ...(outline.breakGlass === null ? [] : [visible(outline.breakGlass)]),
      `${simulated}${meaningOf(outline)}${unplaced}`,
      ...(outline.waiting === null ? [] : [outline.waiting]),
    ].join(". "),
  );
}

const LEVEL_OF = { DENY: "error", WARN: "warning", ALLOW: "notice" } as const;
