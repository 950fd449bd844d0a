import { markdownProse } from "./escape/markdown.ts";
import { terminalText } from "./escape/terminal.ts";
import { cutText } from "./fit.ts";
import type { CheckRunText } from "./verdict-markdown.ts";

/** What went wrong, and what to do. */
export interface ShownTrouble {
  readonly message: string;
  readonly remedy: string;
}

const MAX_PROSE_BYTES = 2_048;

/** A check run's text where no verdict was reached or recorded: what happened and what to do. */
export function troubleMarkdown(trouble: ShownTrouble): CheckRunText {
  return {
    title: "No verdict was reached",
    summary: `**No verdict.** ${prose(trouble.message)}\n\nWhat to do: ${prose(trouble.remedy)}`,
    text: "A change that was not judged, or whose verdict was not recorded, does not pass. Run this check again once that is done.",
  };
}

function prose(text: string): string {
  return markdownProse(cutText(text.trim(), MAX_PROSE_BYTES));
}

/** The same in one line of plain text, whether its room wrote sentences or not. */
export function troubleLine({ message, remedy }: ShownTrouble): string {
  const stop = /[.!?]$/.test(message) ? "" : ".";
  return terminalText(`${message}${stop} ${remedy}`);
}
