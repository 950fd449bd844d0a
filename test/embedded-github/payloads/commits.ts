import type { CommitPerson, ReadCommit } from "../git/commits.ts";
import type { Activity } from "../state/activities.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { payloadOfAccount } from "./accounts.ts";
import { nodeId, timeText } from "./notation.ts";

/** A commit as the REST API answers it. */
export function payloadOfCommit(
  world: World,
  repository: Repository,
  commit: ReadCommit,
): Record<string, unknown> {
  const { sha, tree, parents, author, committer, message } = commit;
  const api = `${world.apiUrl}/repos/${fullName(repository)}`;
  const html = `${world.url}/${fullName(repository)}/commit/`;
  return {
    url: `${api}/commits/${sha}`,
    sha,
    node_id: nodeId("Commit", sha),
    html_url: `${html}${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      ...{ author, committer, message },
      comment_count: 0,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
    },
    author: linkedAccount(world, author),
    committer: linkedAccount(world, committer),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${html}${parent}`,
    })),
  };
}

/** The account that an e-mail address belongs to: here only those that GitHub gives. */
function linkedAccount(world: World, { email }: CommitPerson) {
  const [, id = "", login = ""] = /^([0-9]+)\+([^@]+)@users\.noreply\./.exec(email) ?? [];
  const account = world.accounts.find(login);
  return account?.id === Number(id) ? payloadOfAccount(world, account) : null;
}

export function payloadOfActivity(world: World, activity: Activity): Record<string, unknown> {
  const { id, before, after, ref, kind, actor, at } = activity;
  return {
    id,
    node_id: nodeId("RefUpdate", id),
    before: before ?? NO_COMMIT,
    after: after ?? NO_COMMIT,
    ref,
    timestamp: timeText(at),
    activity_type: kind,
    actor: payloadOfAccount(world, actor),
  };
}

const NO_COMMIT = "0".repeat(40);
