import { type GitHubClient, isGone, type RepositoryPlace, routeOf } from "./client.ts";
import { allPages, PAGE_SIZE } from "./pages.ts";
import { readPullRequest } from "./pull-request.ts";

/** A comment that is written once on a pull request, and edited from then on. */
export interface StickyComment {
  readonly repository: RepositoryPlace;
  readonly pull: number;
  /** The commit that it is about. */
  readonly head: string;
  /** What its body begins with. */
  readonly marker: string;
  readonly body: string;
}

/** REST tells no job's token whose it is; GraphQL does. */
export interface CommentingClient extends GitHubClient {
  graphql<Answer>(query: string): Promise<Answer>;
}

type CommentInList = Awaited<ReturnType<typeof requestComments>>["data"][number];

/**
 * Keeps the one comment of ours up to date: answers `overtaken`, and writes nothing, where the pull
 * request has another head by now, as it has when an old run is started again.
 *
 * Anybody can copy a marker: only a comment by the account that the token acts for is ours. With
 * `pull-requests: write` GitHub would have us edit a stranger's, who could then edit it after us.
 */
export async function keepComment(
  client: CommentingClient,
  comment: StickyComment,
): Promise<"kept" | "overtaken"> {
  const pull = await readPullRequest(client, comment.repository, comment.pull);
  if (pull.head.commit !== comment.head) return "overtaken";
  const place = { ...comment, repository: pull.repository };
  const before = await ownComments(client, place);
  if (before.length === 0) await create(client, place);
  // A run beside this one may have written its own meanwhile.
  const [oldest, ...others] = before.length > 0 ? before : await ownComments(client, place);
  if (oldest !== undefined && oldest.body !== comment.body) await edit(client, place, oldest);
  for (const other of others) await remove(client, place, other);
  return "kept";
}

/** Oldest first. */
async function ownComments(
  client: CommentingClient,
  { repository, pull, marker }: StickyComment,
): Promise<readonly CommentInList[]> {
  const all = await allPages((page) => requestComments(client, repository, { pull, page }));
  const marked = all.filter(({ body }) => body?.startsWith(marker));
  if (marked.length === 0) return [];
  const { viewer } = await client.graphql<{ viewer: { login: string } }>(
    "query { viewer { login } }",
  );
  return marked
    .filter(({ user }) => user?.login === viewer.login)
    .toSorted((one, other) => Number(one.id) - Number(other.id));
}

function requestComments(
  client: GitHubClient,
  repository: RepositoryPlace,
  { pull, page }: { pull: number; page: number },
) {
  return client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...routeOf(repository),
    issue_number: pull,
    per_page: PAGE_SIZE,
    page,
  });
}

async function create(
  client: GitHubClient,
  { repository, pull, body }: StickyComment,
): Promise<void> {
  await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...routeOf(repository),
    issue_number: pull,
    body,
  });
}

async function edit(
  client: GitHubClient,
  { repository, body }: StickyComment,
  { id }: CommentInList,
): Promise<void> {
  await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
    ...routeOf(repository),
    comment_id: id,
    body,
  });
}

async function remove(
  client: GitHubClient,
  { repository }: StickyComment,
  { id }: CommentInList,
): Promise<void> {
  try {
    await client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      ...routeOf(repository),
      comment_id: id,
    });
  } catch (error) {
    // The run beside this one was faster.
    if (!isGone(error)) throw error;
  }
}
