import type { Comment } from "../state/comments.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { payloadOfAccount } from "./accounts.ts";
import { payloadOfApp } from "./apps.ts";
import { nodeId, timeText } from "./notation.ts";

/** A comment as the REST API answers it. */
export function payloadOfComment(
  world: World,
  repository: Repository,
  comment: Comment,
): Record<string, unknown> {
  const { id, pullNumber, author, app, body, createdAt, updatedAt } = comment;
  const api = `${world.apiUrl}/repos/${fullName(repository)}`;
  return {
    id,
    node_id: nodeId("IssueComment", id),
    url: `${api}/issues/comments/${id}`,
    html_url: `${world.url}/${fullName(repository)}/pull/${pullNumber}#issuecomment-${id}`,
    issue_url: `${api}/issues/${pullNumber}`,
    user: payloadOfAccount(world, author),
    author_association: author === repository.owner ? "OWNER" : "NONE",
    body,
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
    performed_via_github_app: app === null ? null : payloadOfApp(world, app),
  };
}
