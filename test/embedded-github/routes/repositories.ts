import { activeRules } from "../acts/rules.ts";
import { listAnswer } from "../http/paging.ts";
import type { RepositoryRoute, Route } from "../http/routes.ts";
import { payloadOfAccount } from "../payloads/accounts.ts";
import { nodeId } from "../payloads/notation.ts";
import { payloadOfPullInList } from "../payloads/pulls.ts";
import { payloadOfFullRepository } from "../payloads/repositories.ts";
import { ApiError, notFound } from "../state/api-error.ts";
import { fullName, roleOf, roleReaches, type Role } from "../state/repositories.ts";
import type { Rule } from "../state/rulesets.ts";

const getRepository: RepositoryRoute = {
  as: "repository",
  operation: "repos/get",
  needs: { permission: "metadata", level: "read" },
  answer: ({ world, repository }) => ({
    status: 200,
    body: payloadOfFullRepository(world, repository),
  }),
};

const getPermission: RepositoryRoute = {
  as: "repository",
  operation: "repos/get-collaborator-permission-level",
  needs: { permission: "metadata", level: "read", role: "write" },
  answer: ({ world, repository, parameters: { username = "" } }) => {
    const account = world.accounts.find(username);
    if (account === undefined) throw new ApiError(404, `${username} is not a user`);
    const reached = roleOf(repository, account);
    const role = reached ?? "none";
    const permissions = {
      ...{ pull: role !== "none", triage: roleReaches(reached, "triage") },
      ...{ push: roleReaches(reached, "write"), maintain: roleReaches(reached, "maintain") },
      admin: role === "admin",
    };
    const user = { ...payloadOfAccount(world, account), role_name: role, permissions };
    return { status: 200, body: { permission: permissionOf(role), role_name: role, user } };
  },
};

const listPullsOfCommit: RepositoryRoute = {
  as: "repository",
  operation: "repos/list-pull-requests-associated-with-commit",
  needs: { permission: "pull_requests", level: "read" },
  answer: async (call) => {
    const { world, repository, parameters } = call;
    const commit = await repository.git.commit(parameters["commit_sha"] ?? "");
    if (commit === null) {
      throw new ApiError(422, `No commit found for SHA: ${parameters["commit_sha"] ?? ""}`);
    }
    const { git } = repository;
    // Asked of the base, GitHub knows no pull request whose head is a fork's.
    const pulls = repository.pulls.filter(({ head }) => head.repositoryId === repository.id);
    const contains = await Promise.all(
      pulls.map(
        async ({ head, base }) =>
          (await git.isAncestor(commit, head.sha)) && !(await git.isAncestor(commit, base.sha)),
      ),
    );
    const found = pulls.filter((_, index) => contains[index] === true);
    return listAnswer(call, found, (pull) => payloadOfPullInList(world, repository, pull));
  },
};

const getRef: RepositoryRoute = {
  as: "repository",
  operation: "git/get-ref",
  needs: { permission: "contents", level: "read" },
  answer: async ({ world, repository, parameters }) => {
    const ref = `refs/${parameters["ref"] ?? ""}`;
    const sha = (await repository.git.refs()).get(ref);
    if (sha === undefined) throw notFound();
    const api = `${world.apiUrl}/repos/${fullName(repository)}/git`;
    const object = { type: "commit", sha, url: `${api}/commits/${sha}` };
    const body = { ref, node_id: nodeId("Ref", ref), url: `${api}/${ref}`, object };
    return { status: 200, body };
  },
};

const getBranchRules: RepositoryRoute = {
  as: "repository",
  operation: "repos/get-branch-rules",
  needs: { permission: "metadata", level: "read" },
  answer: (call) => {
    const { repository, parameters } = call;
    return listAnswer(call, activeRules(repository, parameters["branch"] ?? ""), (active) => ({
      ...payloadOfRule(active.rule),
      ruleset_source_type: "Repository",
      ruleset_source: fullName(repository),
      ruleset_id: active.rulesetId,
    }));
  },
};

export const repositoryRoutes: readonly Route[] = [
  getRepository,
  getPermission,
  listPullsOfCommit,
  getRef,
  getBranchRules,
];

/** The old words, which know neither `triage` nor `maintain`. */
function permissionOf(role: Role | "none"): "admin" | "write" | "read" | "none" {
  if (role === "maintain") return "write";
  return role === "triage" ? "read" : role;
}

function payloadOfRule(rule: Rule): Record<string, unknown> {
  if (rule.type !== "required_status_checks") return { type: rule.type };
  const required = rule.checks.map(({ context, integrationId }) => ({
    context,
    ...(integrationId === undefined ? {} : { integration_id: integrationId }),
  }));
  const parameters = {
    required_status_checks: required,
    strict_required_status_checks_policy: false,
  };
  return { type: rule.type, parameters };
}
