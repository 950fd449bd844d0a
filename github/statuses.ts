import type { Status } from "../rules/facts/facts.ts";
import { CHECK_NAME } from "./check-runs.ts";
import { type GitHubClient, type RepositoryPlace, routeOf } from "./client.ts";
import { allPages, PAGE_SIZE } from "./pages.ts";

/**
 * The newest check run of each name and App on a commit, but for Bailiff's own: whose App it is is
 * what GitHub says. Statuses that anybody who may write can post (the older API's) are left out, as
 * no App stands behind them.
 */
export async function readStatuses(
  client: GitHubClient,
  { repository, head }: { readonly repository: RepositoryPlace; readonly head: string },
): Promise<readonly Status[]> {
  const runs = await allPages(async (page) => {
    const { data, headers } = await requestLatest(client, { repository, head, page });
    return { data: data.check_runs, headers };
  });
  return runs
    .filter(({ name }) => name !== CHECK_NAME)
    .map(({ name, app, conclusion }) => ({
      ...{ name, app: app?.slug ?? "", appId: app === null ? "" : String(app.id) },
      conclusion,
    }));
}

function requestLatest(
  client: GitHubClient,
  place: { readonly repository: RepositoryPlace; readonly head: string; readonly page: number },
) {
  return client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...routeOf(place.repository),
    ...{ ref: place.head, filter: "latest", per_page: PAGE_SIZE, page: place.page },
  });
}
