import { mergePull } from "../acts/merges.ts";
import { closePull, editPull, findPull, openPull, reopenPull } from "../acts/pulls.ts";
import { listAnswer } from "../http/paging.ts";
import {
  actor,
  numberIn,
  type RepositoryCall,
  type RepositoryRoute,
  type Route,
} from "../http/routes.ts";
import { payloadOfPull, payloadOfPullInList } from "../payloads/pulls.ts";
import { ApiError, invalid } from "../state/api-error.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import { findRepository, repositoryById, type World } from "../state/world.ts";

const readPulls = { permission: "pull_requests", level: "read" } as const;
const writePulls = { permission: "pull_requests", level: "write" } as const;

const listPulls: RepositoryRoute = {
  as: "repository",
  operation: "pulls/list",
  needs: readPulls,
  answer: (call) => {
    const { world, repository, query } = call;
    const state = query.get("state") ?? "open";
    const [head, base] = [query.get("head"), query.get("base")];
    const found = repository.pulls
      .filter((pull) => state === "all" || pull.state === state)
      .filter((pull) => head === null || labelOf(world, pull) === head)
      .filter((pull) => base === null || pull.base.branch === base)
      .reverse();
    const ordered = query.get("direction") === "asc" ? found.reverse() : found;
    return listAnswer(call, ordered, (pull) => payloadOfPullInList(world, repository, pull));
  },
};

const createPull: RepositoryRoute = {
  as: "repository",
  operation: "pulls/create",
  needs: { ...writePulls, role: "read" },
  answer: async (call) => {
    const { world, repository } = call;
    const request = call.body as {
      readonly title?: string;
      readonly head: string;
      readonly base: string;
      readonly body?: string;
      readonly draft?: boolean;
    };
    const { headRepository, head } = headOf(world, repository, request.head);
    const { title = "", body = null, draft = false, base } = request;
    const wanted = { author: actor(call), title, body, draft, headRepository, head, base };
    const pull = await openPull(world, repository, wanted);
    return { status: 201, body: payloadOfPull(world, repository, pull) };
  },
};

const getPull: RepositoryRoute = {
  as: "repository",
  operation: "pulls/get",
  needs: readPulls,
  answer: (call) => answerWith(call, pullIn(call)),
};

const updatePull: RepositoryRoute = {
  as: "repository",
  operation: "pulls/update",
  needs: writePulls,
  answer: async (call) => {
    const { world, repository } = call;
    const pull = pullIn(call);
    const sender = actor(call);
    const { state, ...changes } = call.body as {
      readonly title?: string;
      readonly body?: string;
      readonly base?: string;
      readonly state?: "open" | "closed";
    };
    await editPull(world, repository, pull, { sender, changes });
    if (state === "closed") closePull(world, repository, pull, sender);
    if (state === "open") await reopenPull(world, repository, pull, sender);
    return answerWith(call, pull);
  },
};

const merge: RepositoryRoute = {
  as: "repository",
  operation: "pulls/merge",
  needs: { permission: "contents", level: "write" },
  answer: async (call) => {
    const { merge_method: method = "merge", sha: expectedHead } = call.body as {
      readonly merge_method?: string;
      readonly sha?: string;
    };
    if (method !== "merge") throw new ApiError(405, `The embedded GitHub does not ${method}`);
    const options = { sender: actor(call), expectedHead };
    const sha = await mergePull(call.world, call.repository, pullIn(call), options);
    return {
      status: 200,
      body: { sha, merged: true, message: "Pull Request successfully merged" },
    };
  },
};

export const pullRoutes: readonly Route[] = [listPulls, createPull, getPull, updatePull, merge];

function pullIn(call: RepositoryCall): Pull {
  return findPull(call.repository, numberIn(call, "pull_number"));
}

function answerWith(
  { world, repository }: RepositoryCall,
  pull: Pull,
): { status: 200; body: unknown } {
  return { status: 200, body: payloadOfPull(world, repository, pull) };
}

/** `owner:branch` is a branch of that owner's fork, `branch` one of the repository itself. */
function headOf(
  world: World,
  repository: Repository,
  head: string,
): { headRepository: Repository; head: string } {
  const colon = head.indexOf(":");
  if (colon === -1) return { headRepository: repository, head };
  const found = findRepository(world, head.slice(0, colon), repository.name);
  const isRelated = found === repository || found?.forkOf === repository;
  if (found === undefined || !isRelated) {
    throw invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  }
  return { headRepository: found, head: head.slice(colon + 1) };
}

function labelOf(world: World, { head }: Pull): string {
  return `${repositoryById(world, head.repositoryId).owner.login}:${head.branch}`;
}
