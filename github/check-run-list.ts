import { CHECK_NAME, type CheckRunTarget, subjectOf } from "./check-runs.ts";
import { type GitHubClient, routeOf } from "./client.ts";
import { allPages, PAGE_SIZE } from "./pages.ts";

type CheckRunInList = Awaited<ReturnType<typeof requestRuns>>["data"]["check_runs"][number];

/** A commit, and the author of the check runs that are wanted on it; without one, anybody's. */
type CheckRunPlace = Pick<CheckRunTarget, "repository" | "head"> & { readonly appId?: number };

/** All check runs called `bailiff` on a commit, older ones too. */
export async function listCheckRuns(
  client: GitHubClient,
  place: CheckRunPlace,
): Promise<readonly CheckRunInList[]> {
  return allPages(async (page) => {
    const { data, headers } = await requestRuns(client, place, page);
    return { data: data.check_runs, headers };
  });
}

/** Workflows have one author for all: what any of them posts is no word of an App. */
const WORKFLOWS = "github-actions";

/** Whether a Bailiff App judges this commit: whoever runs beside it leaves check and ledger to it. */
export async function isJudgedByApp(client: GitHubClient, place: CheckRunPlace): Promise<boolean> {
  const runs = await listCheckRuns(client, place);
  return runs.some(
    (run) => run.app?.slug !== WORKFLOWS && subjectOf(run.external_id)?.host === "app",
  );
}

function requestRuns(
  client: GitHubClient,
  { repository, head, appId }: CheckRunPlace,
  page: number,
) {
  return client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...routeOf(repository),
    ...{ ref: head, check_name: CHECK_NAME, filter: "all" },
    ...(appId !== undefined && { app_id: appId }),
    ...{ per_page: PAGE_SIZE, page },
  });
}
