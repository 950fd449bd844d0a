import { type GitHubClient, type RepositoryPlace, routeOf } from "./client.ts";
import { allPages, PAGE_SIZE } from "./pages.ts";

/**
 * Whether GitHub finds the signature of each commit of a pull request good, by the commit's id. It
 * lists at most 250 of them: of the others it is unknown.
 */
export async function readVerified(
  client: GitHubClient,
  repository: RepositoryPlace,
  number: number,
): Promise<Readonly<Record<string, boolean>>> {
  const commits = await allPages((page) =>
    client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", {
      ...routeOf(repository),
      pull_number: number,
      per_page: PAGE_SIZE,
      page,
    }),
  );
  const told = commits.flatMap(({ sha, commit }): [string, boolean][] =>
    commit.verification === undefined ? [] : [[sha, commit.verification.verified]],
  );
  return Object.fromEntries(told);
}
