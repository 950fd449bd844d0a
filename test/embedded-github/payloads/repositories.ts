import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { payloadOfAccount } from "./accounts.ts";
import { nodeId, timeText } from "./notation.ts";

/** A repository with every field that GitHub's `repository` and `minimal-repository` ask for. */
export function payloadOfRepository(world: World, repository: Repository): Record<string, unknown> {
  const { id, name, owner, forkOf, defaultBranch } = repository;
  return {
    id,
    node_id: nodeId("Repository", id),
    name,
    full_name: fullName(repository),
    private: repository.private,
    owner: payloadOfAccount(world, owner),
    description: null,
    fork: forkOf !== null,
    ...addressesOf(world, repository),
    homepage: null,
    language: null,
    license: null,
    mirror_url: null,
    topics: [],
    default_branch: defaultBranch,
    visibility: repository.private ? "private" : "public",
    ...countsAndSwitches(repository),
    created_at: timeText(repository.createdAt),
    updated_at: timeText(repository.pushedAt),
    pushed_at: timeText(repository.pushedAt),
  };
}

/** A repository as `GET /repos/{owner}/{repo}` answers it. */
export function payloadOfFullRepository(
  world: World,
  repository: Repository,
): Record<string, unknown> {
  const { forkOf } = repository;
  const parent = forkOf === null ? {} : { parent: payloadOfRepository(world, forkOf) };
  const source = forkOf === null ? {} : { source: payloadOfRepository(world, forkOf) };
  return {
    ...payloadOfRepository(world, repository),
    network_count: 0,
    subscribers_count: 0,
    ...parent,
    ...source,
  };
}

function addressesOf(world: World, repository: Repository): Record<string, string> {
  const name = fullName(repository);
  const html = `${world.url}/${name}`;
  const api = `${world.apiUrl}/repos/${name}`;
  const below = Object.entries(addresses).map(([key, path]) => [key, `${api}${path}`]);
  const host = new URL(world.url).host;
  return {
    html_url: html,
    url: api,
    ...(Object.fromEntries(below) as Record<string, string>),
    clone_url: `${html}.git`,
    git_url: `git://${host}/${name}.git`,
    ssh_url: `git@${host}:${name}.git`,
    svn_url: html,
  };
}

const addresses = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

function countsAndSwitches(repository: Repository): Record<string, unknown> {
  const open = repository.pulls.filter(({ state }) => state === "open").length;
  return {
    size: 0,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: open,
    open_issues_count: open,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
  };
}
