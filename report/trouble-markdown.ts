import { markdownProse } from "./escape/markdown.ts";
import { cutText } from "./fit.ts";
import type { CheckRunText } from "./verdict-markdown.ts";

const MAX_PROSE_BYTES = 2_048;

/** A check run's text where no verdict was reached or recorded: what happened and what to do. */
export function troubleMarkdown(trouble: { message: string; remedy: string }): CheckRunText {
  return {
    title: "No verdict was reached",
    summary: `**No verdict.** ${prose(trouble.message)}\n\nWhat to do: ${prose(trouble.remedy)}`,
    text: "A change that was not judged, or whose verdict was not recorded, does not pass. Run this check again once that is done.",
  };
}

function prose(text: string): string {
  return markdownProse(cutText(text.trim(), MAX_PROSE_BYTES));
}
