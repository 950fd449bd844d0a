import type { Annotation } from "../report/annotations.ts";
import type { CheckRunText } from "../report/verdict-markdown.ts";
import { type GitHubClient, type RepositoryPlace, routeOf } from "./client.ts";
import { GitHubError } from "./errors.ts";

/** The check's name: what a ruleset requires, pinned to the App. */
export const CHECK_NAME = "bailiff";

/** GitHub takes this many annotations a request; later requests append. */
const ANNOTATIONS_PER_REQUEST = 50;

/** What a check run ends with. `neutral` and `skipped` pass required checks: they are never used. */
export interface Conclusion {
  readonly conclusion: "success" | "failure";
  /** What the pull request's own change came to, whatever else its commit waits for. */
  readonly own: OwnOutcome;
  readonly output: CheckRunText;
  readonly annotations: readonly Annotation[];
}

export type OwnOutcome = "allowed" | "blocked";

export type CheckRunId = number | bigint;

/** A check run of ours, and the App that GitHub knows as its author. */
export interface OwnCheckRun {
  readonly id: CheckRunId;
  readonly appId: number;
}

/** A pull request's check run on one commit, and the host that posts it: the App where none is named. */
export interface CheckRunTarget {
  readonly repository: RepositoryPlace;
  readonly head: string;
  readonly pull: number;
  readonly host?: CheckRunHost;
}

export type CheckRunHost = "app" | "action";

/** Creates the check run `in_progress`. Throws ANSWER_STRANGE where GitHub names no author of it. */
export async function createCheckRun(
  client: GitHubClient,
  { repository, head, pull, host = "app" }: CheckRunTarget,
): Promise<OwnCheckRun> {
  const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
    ...routeOf(repository),
    name: CHECK_NAME,
    head_sha: head,
    status: "in_progress",
    external_id: externalId({ host, pull, own: null }),
    output: { title: "Judging the change", summary: "The verdict will stand here in a moment." },
  });
  if (data.app !== null) return { id: data.id, appId: data.app.id };
  throw new GitHubError(
    "ANSWER_STRANGE",
    "GitHub names no author of the check run that it just took.",
    "Run this check again.",
  );
}

/** Concludes a check run. Annotations over one request's limit go ahead: the last request concludes. */
export async function concludeCheckRun(
  client: GitHubClient,
  { repository, pull, id, host = "app" }: CheckRunTarget & { id: CheckRunId },
  { conclusion, own, output, annotations }: Conclusion,
): Promise<void> {
  const batches = inBatches(annotations);
  for (const [index, batch] of batches.entries()) {
    const last = index === batches.length - 1;
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...routeOf(repository),
      check_run_id: id,
      ...(last
        ? { status: "completed", conclusion, external_id: externalId({ host, pull, own }) }
        : { status: "in_progress" }),
      output: { ...output, annotations: [...batch] },
    });
  }
}

/** What a check run of ours is about. `own` is null until it concluded. */
export interface CheckRunSubject {
  readonly host: CheckRunHost;
  readonly pull: number;
  readonly own: OwnOutcome | null;
}

/**
 * Writes a subject as `external_id` (`pull/42/allowed`, `action/pull/42/allowed`): forks' check runs
 * list no pull requests.
 */
export function externalId({ host, pull, own }: CheckRunSubject): string {
  const text = own === null ? `pull/${pull}` : `pull/${pull}/${own}`;
  return host === "app" ? text : `action/${text}`;
}

/** Reads what `externalId` wrote, null where the text is something else. */
export function subjectOf(text: string | null): CheckRunSubject | null {
  const form = /^(action\/)?pull\/([1-9][0-9]{0,9})(?:\/(allowed|blocked))?$/;
  const [found, action, pull, own] = form.exec(text ?? "") ?? [];
  if (found === undefined) return null;
  const host = action === undefined ? "app" : "action";
  return { host, pull: Number(pull), own: (own as OwnOutcome | undefined) ?? null };
}

function inBatches(annotations: readonly Annotation[]): readonly Annotation[][] {
  const count = Math.max(1, Math.ceil(annotations.length / ANNOTATIONS_PER_REQUEST));
  return Array.from({ length: count }, (_, index) =>
    annotations.slice(index * ANNOTATIONS_PER_REQUEST, (index + 1) * ANNOTATIONS_PER_REQUEST),
  );
}
