import type { Review } from "../state/reviews.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { payloadOfAccount } from "./accounts.ts";
import { nodeId, timeText } from "./notation.ts";

/** A review as the REST API answers it; webhooks write `state` in small letters. */
export function payloadOfReview(
  world: World,
  repository: Repository,
  review: Review,
): Record<string, unknown> {
  const html = `${world.url}/${fullName(repository)}/pull/${review.pullNumber}#pullrequestreview-${review.id}`;
  const pull = `${world.apiUrl}/repos/${fullName(repository)}/pulls/${review.pullNumber}`;
  return {
    id: review.id,
    node_id: nodeId("PullRequestReview", review.id),
    user: payloadOfAccount(world, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: review.author === repository.owner ? "OWNER" : "COLLABORATOR",
    _links: { html: { href: html }, pull_request: { href: pull } },
    submitted_at: timeText(review.submittedAt),
    commit_id: review.commit,
  };
}

/** A review as webhooks carry it. */
export function payloadOfReviewEvent(
  world: World,
  repository: Repository,
  review: Review,
): Record<string, unknown> {
  return {
    ...payloadOfReview(world, repository, review),
    state: review.state.toLowerCase(),
    body: review.body === "" ? null : review.body,
    updated_at: timeText(world.now()),
  };
}
