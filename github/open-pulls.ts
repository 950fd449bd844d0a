import { type GitHubClient, type RepositoryPlace, routeOf } from "./client.ts";
import { allPages, PAGE_SIZE } from "./pages.ts";

type PullInList = Awaited<ReturnType<typeof requestPulls>>["data"][number];

/**
 * A repository's open pull requests, or those into one `base` branch.
 *
 * Oldest first, so that what is opened meanwhile stands on a page still to come.
 */
export async function listOpenPulls(
  client: GitHubClient,
  repository: RepositoryPlace,
  base?: string,
): Promise<readonly PullInList[]> {
  const pulls = await allPages((page) => requestPulls(client, repository, { base, page }));
  return pulls.filter(
    (pull) => pull.state === "open" && (base === undefined || pull.base.ref === base),
  );
}

function requestPulls(
  client: GitHubClient,
  repository: RepositoryPlace,
  { base, page }: { base: string | undefined; page: number },
) {
  return client.request("GET /repos/{owner}/{repo}/pulls", {
    ...routeOf(repository),
    ...(base !== undefined && { base }),
    ...{ state: "open", sort: "created", direction: "asc", per_page: PAGE_SIZE, page },
  });
}
