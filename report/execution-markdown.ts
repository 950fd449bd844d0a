import type { ShownExecution } from "./execution-text.ts";
import { markdownProse } from "./escape/markdown.ts";
import { troubleLine } from "./trouble-markdown.ts";
import { BLOCKED, differenceLines, endLabel } from "./recorded-run.ts";

/** What became of a step's command, in a line of plain text: `The command ended with exit code 3`. */
export function executionTitle(execution: ShownExecution): string {
  const { cause, failure } = execution;
  if (failure === null && cause !== null) return `The command was not started: ${BLOCKED[cause]}`;
  return `The command ended ${endLabel(execution)}`;
}

/** The same as a section of a job's summary, with what to do. */
export function executionMarkdown(execution: ShownExecution): string {
  const { cause, record, unrecorded } = execution;
  const lines = [
    ...differenceLines(execution.differences ?? []),
    ...(cause === "work-tree" ? [`To do: ${WORK_TREE_REMEDY}`] : []),
    ...(record === null ? [] : [`On the record at index ${record.index}`]),
    ...(unrecorded === null ? [] : [`Its end is not on the record: ${troubleLine(unrecorded)}`]),
  ];
  const title = markdownProse(executionTitle(execution));
  return [`### ${title}`, "", ...lines.map((line) => `- ${markdownProse(line)}`)].join("\n");
}

const WORK_TREE_REMEDY =
  "check out the judged commit (`ref` of actions/checkout), and put what writes into the workspace behind this step";
