import { isRefusal } from "../maestro/refusal.ts";
import { terminalText } from "../report/escape/terminal.ts";
import { cutText } from "../report/fit.ts";
import { troubleOfApi } from "./api-trouble.ts";

const MAX_CAUSE_BYTES = 300;

/** Why something that tells a verdict could not be written, which changes nothing of the verdict. */
export function verdictStands(lack: string, thrown: unknown, remedy?: string): string {
  const error = troubleOfApi(thrown) ?? thrown;
  const cause = error instanceof Error ? error.message : "something was thrown that is no error";
  const told = terminalText(cutText(cause, MAX_CAUSE_BYTES)).replace(/\.$/, "");
  const toDo = remedy ?? (isRefusal(error) ? error.remedy : undefined) ?? "Run this job again.";
  return `The verdict stands, but ${lack}: ${told}. ${toDo}`;
}
