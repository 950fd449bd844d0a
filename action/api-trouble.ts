import { GitHubError } from "../github/errors.ts";
import { ActionError } from "./errors.ts";

/** Why GitHub's API gave no answer that can be used; null for an error of another kind. */
export function troubleOfApi(error: unknown): ActionError | null {
  if (error instanceof GitHubError) {
    return new ActionError("API_REFUSED", error.message, error.remedy, { cause: error });
  }
  if (!isRequestError(error)) return null;
  const { method, url } = error.request;
  const asked = `${method} ${URL.parse(url)?.pathname ?? url}`;
  const what =
    "response" in error
      ? `GitHub answered ${error.status} to ${asked}: ${firstLine(error.message)}.`
      : `GitHub was not reached for ${asked}: ${firstLine(error.message)}.`;
  return new ActionError("API_REFUSED", what, REMEDIES.get(error.status) ?? AGAIN, {
    cause: error,
  });
}

interface RequestError extends Error {
  readonly status: number;
  readonly request: { readonly method: string; readonly url: string };
}

/** Octokit's, told by its form: its class is in the part that only runs with an API load. */
function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && "status" in error && "request" in error;
}

const AGAIN = "Run the job again; if it fails again, look at what stands between it and GitHub.";
const PERMISSION = "Give the job the permissions that docs/action.md names for this event.";
const REMEDIES: ReadonlyMap<number, string> = new Map([
  [401, "Give the step a token that has not expired."],
  [403, PERMISSION],
  [404, PERMISSION],
]);

/** Without the address of the documentation that octokit puts behind it. */
function firstLine(message: string): string {
  const [line = ""] = message.split("\n");
  return line.replace(/ - https:\/\/\S*$/, "").replace(/\.$/, "");
}
