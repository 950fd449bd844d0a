import { scalarsIn } from "../../github-workflow/scalars.ts";
import { entryOf } from "../../data/data-node.ts";
import type { StepScope } from "../scope.ts";

/**
 * Whether steps may run on Windows, where a variable's name is the same in other letters: unless
 * their job's labels say Linux or macOS. An action runs wherever it is used.
 */
export function ignoresCase({ body }: StepScope): boolean {
  const labels = scalarsIn(entryOf(body, "runs-on")?.value).map(({ text }) => text.trim());
  const isOther = labels.some((label) => /^(?:ubuntu|linux|macos)\b/i.test(label));
  return !isOther || labels.some((label) => /windows/i.test(label));
}
