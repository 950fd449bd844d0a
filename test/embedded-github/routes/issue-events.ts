import { findPull } from "../acts/pulls.ts";
import { listAnswer } from "../http/paging.ts";
import { numberIn, type RepositoryRoute, type Route } from "../http/routes.ts";
import { payloadOfRetarget } from "../payloads/issue-events.ts";

const listEvents: RepositoryRoute = {
  as: "repository",
  operation: "issues/list-events",
  // Of a pull request; for other issues GitHub wants the permission `issues`.
  needs: { permission: "pull_requests", level: "read" },
  answer: (call) => {
    const { world, repository } = call;
    const { retargets } = findPull(repository, numberIn(call, "issue_number"));
    return listAnswer(call, retargets, (retarget) =>
      payloadOfRetarget(world, repository, retarget),
    );
  },
};

export const issueEventRoutes: readonly Route[] = [listEvents];
