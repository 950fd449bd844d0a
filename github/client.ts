import type { Octokit } from "octokit";
import { GitHubError } from "./errors.ts";

/** What this room needs of octokit: requests by route, typed by GitHub's own description. */
export type GitHubClient = Pick<Octokit, "request">;

/** A repository as its URL has it. Names change hands: compare `id` before acting on one. */
export interface RepositoryPlace {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
}

/** The parameters that every repository route takes. */
export function routeOf({ owner, name }: RepositoryPlace): { owner: string; repo: string } {
  return { owner, repo: name };
}

/** Whether GitHub answered that the thing does not exist, or not for this App. */
export function isGone(error: unknown): boolean {
  return [404, 410, 451].includes(statusOf(error) ?? 0);
}

/** Whether GitHub answered that the token may not do this; what it may not see, it may not know of. */
export function isNotAllowed(error: unknown): boolean {
  return [401, 403, 404].includes(statusOf(error) ?? 0);
}

/** The HTTP status of a failed request, undefined where the error is of another kind. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  return typeof error.status === "number" ? error.status : undefined;
}

/**
 * A list that GitHub answered with. Throws ANSWER_STRANGE for anything else: what a proxy or a
 * broken server puts in its place must not pass for a list without items.
 */
export function listOf<Item>(data: readonly Item[]): readonly Item[] {
  // Its answer is kept apart: as a condition it would make the items' type `any`.
  const isList: boolean = Array.isArray(data);
  if (isList) return data;
  throw new GitHubError(
    "ANSWER_STRANGE",
    "GitHub answered with something else than a list.",
    "Run this check again; if it fails again, look at what stands between this App and GitHub.",
  );
}
