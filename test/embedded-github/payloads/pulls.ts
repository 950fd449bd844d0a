import type { Label, Pull, PullSide } from "../state/pulls.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import { repositoryById, type World } from "../state/world.ts";
import { payloadOfAccount } from "./accounts.ts";
import { nodeId, timeText } from "./notation.ts";
import { payloadOfRepository } from "./repositories.ts";

/** A pull request as lists show it: GitHub's `pull-request-simple`. */
export function payloadOfPullInList(
  world: World,
  repository: Repository,
  pull: Pull,
): Record<string, unknown> {
  return {
    ...addressesOf(world, repository, pull),
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: payloadOfAccount(world, pull.author),
    body: pull.body,
    labels: pull.labels.map((label) => payloadOfLabel(world, repository, label)),
    milestone: null,
    active_lock_reason: null,
    created_at: timeText(pull.createdAt),
    updated_at: timeText(pull.updatedAt),
    closed_at: pull.closedAt === null ? null : timeText(pull.closedAt),
    merged_at: pull.mergedAt === null ? null : timeText(pull.mergedAt),
    merge_commit_sha: pull.mergeCommit ?? pull.testMerge,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: payloadOfSide(world, pull.head),
    base: payloadOfSide(world, pull.base),
    author_association: pull.author === repository.owner ? "OWNER" : "CONTRIBUTOR",
    auto_merge: null,
    draft: pull.draft,
  };
}

/** A pull request on its own: GitHub's `pull-request`. */
export function payloadOfPull(
  world: World,
  repository: Repository,
  pull: Pull,
): Record<string, unknown> {
  const isMergeable = pull.state === "open" ? pull.testMerge !== null : null;
  return {
    ...payloadOfPullInList(world, repository, pull),
    merged: pull.mergedAt !== null,
    mergeable: isMergeable,
    rebaseable: isMergeable,
    mergeable_state: isMergeable === null ? "unknown" : isMergeable ? "clean" : "dirty",
    merged_by: pull.mergedBy === null ? null : payloadOfAccount(world, pull.mergedBy),
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pull.size.commits,
    additions: pull.size.additions,
    deletions: pull.size.deletions,
    changed_files: pull.size.files,
  };
}

export function payloadOfLabel(
  world: World,
  repository: Repository,
  label: Label,
): Record<string, unknown> {
  const path = `${fullName(repository)}/labels/${encodeURIComponent(label.name)}`;
  return {
    id: label.id,
    node_id: nodeId("Label", label.id),
    url: `${world.apiUrl}/repos/${path}`,
    name: label.name,
    description: "",
    color: "ededed",
    default: false,
  };
}

/** A pull request as check runs name it. */
export function payloadOfMinimalPull(
  world: World,
  repository: Repository,
  pull: Pull,
): Record<string, unknown> {
  return {
    id: pull.id,
    number: pull.number,
    url: `${world.apiUrl}/repos/${fullName(repository)}/pulls/${pull.number}`,
    head: minimalSide(world, pull.head),
    base: minimalSide(world, pull.base),
  };
}

function payloadOfSide(world: World, side: PullSide): Record<string, unknown> {
  const repository = repositoryById(world, side.repositoryId);
  return {
    label: `${repository.owner.login}:${side.branch}`,
    ref: side.branch,
    sha: side.sha,
    user: payloadOfAccount(world, repository.owner),
    repo: payloadOfRepository(world, repository),
  };
}

function minimalSide(world: World, side: PullSide): Record<string, unknown> {
  const repository = repositoryById(world, side.repositoryId);
  const url = `${world.apiUrl}/repos/${fullName(repository)}`;
  const repo = { id: repository.id, name: repository.name, url };
  return { ref: side.branch, sha: side.sha, repo };
}

function addressesOf(world: World, repository: Repository, pull: Pull): Record<string, unknown> {
  const repositoryUrl = `${world.apiUrl}/repos/${fullName(repository)}`;
  const url = `${repositoryUrl}/pulls/${pull.number}`;
  const html = `${world.url}/${fullName(repository)}/pull/${pull.number}`;
  const issue = `${repositoryUrl}/issues/${pull.number}`;
  const addresses = {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repositoryUrl}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${repositoryUrl}/statuses/${pull.head.sha}`,
  };
  return { ...addresses, _links: linksOf(addresses) };
}

function linksOf(addresses: Readonly<Record<string, string>>): Record<string, unknown> {
  const link = (name: string): { href: string } => ({ href: addresses[name] ?? "" });
  return {
    self: link("url"),
    html: link("html_url"),
    issue: link("issue_url"),
    comments: link("comments_url"),
    review_comments: link("review_comments_url"),
    review_comment: link("review_comment_url"),
    commits: link("commits_url"),
    statuses: link("statuses_url"),
  };
}
