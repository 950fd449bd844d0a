import { embeddedIn } from "../github-expression/embedded.ts";
import {
  type ExpressionPath,
  showPath,
  yieldedPathsIn,
} from "../github-expression/yielded-paths.ts";

/** Contexts that whoever administers the repository fills, or the machine does. */
const SETTLED_CONTEXTS = new Set(["job", "runner", "secrets", "strategy", "vars"]);

/** What GitHub makes for each run: folders, numbers and names that hold no white space. */
const SETTLED_PATHS = new Set([
  "github.actor",
  "github.job",
  "github.repository",
  "github.repository_owner",
  "github.run_attempt",
  "github.run_id",
  "github.run_number",
  "github.sha",
  "github.workspace",
]);

/** Whether a text has an expression through which others than administrators can write into it. */
export function isUncertain(text: string): boolean {
  return embeddedIn(text).some(({ inner }) => !yieldedPathsIn(inner).every(isSettled));
}

function isSettled(path: ExpressionPath): boolean {
  return SETTLED_CONTEXTS.has(path[0] ?? "") || SETTLED_PATHS.has(showPath(path));
}
