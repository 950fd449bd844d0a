import { findPull } from "../acts/pulls.ts";
import { commitsBetween, type ReadCommit } from "../git/commits.ts";
import { listAnswer } from "../http/paging.ts";
import { numberIn, type RepositoryRoute, type Route } from "../http/routes.ts";
import { payloadOfActivity, payloadOfCommit } from "../payloads/commits.ts";

/** GitHub lists no more commits of a pull request. */
const MAX_COMMITS = 250;

const listCommits: RepositoryRoute = {
  as: "repository",
  operation: "pulls/list-commits",
  needs: { permission: "pull_requests", level: "read" },
  answer: async (call) => {
    const { world, repository } = call;
    const { base, head } = findPull(repository, numberIn(call, "pull_number"));
    const tip = (await repository.git.commit(`refs/heads/${base.branch}`)) ?? base.sha;
    const commits = await commitsBetween(repository.git.folder, tip, head.sha);
    return listAnswer(call, commits.slice(0, MAX_COMMITS), (commit: ReadCommit) =>
      payloadOfCommit(world, repository, commit),
    );
  },
};

const listActivities: RepositoryRoute = {
  as: "repository",
  operation: "repos/list-activities",
  needs: { permission: "contents", level: "read" },
  answer: (call) => {
    const { world, repository, query } = call;
    const [asked, perPage] = [query.get("ref"), Number(query.get("per_page") ?? 30)];
    const ref = asked === null || asked.startsWith("refs/") ? asked : `refs/heads/${asked}`;
    const found = repository.activities.filter((one) => ref === null || one.ref === ref);
    const newest = found.toReversed().slice(0, perPage);
    return { status: 200, body: newest.map((one) => payloadOfActivity(world, one)) };
  },
};

export const commitRoutes: readonly Route[] = [listCommits, listActivities];
