import { payloadOfPullInList } from "../payloads/pulls.ts";
import { payloadOfReviewEvent } from "../payloads/reviews.ts";
import type { Account } from "../state/accounts.ts";
import { notFound, unprocessable } from "../state/api-error.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import type { Review, ReviewEvent } from "../state/reviews.ts";
import type { World } from "../state/world.ts";
import { announce } from "../webhooks/announce.ts";

export interface NewReview {
  readonly author: Account;
  readonly event: ReviewEvent;
  readonly body: string;
  /** Default: the head. */
  readonly commit?: string | undefined;
}

const states = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
} as const;

export function submitReview(
  world: World,
  repository: Repository,
  pull: Pull,
  { author, event, body, commit }: NewReview,
): Review {
  if (author === pull.author && event !== "COMMENT") {
    const verb = event === "APPROVE" ? "approve" : "request changes on";
    throw unprocessable(`Review Can not ${verb} your own pull request`);
  }
  if (event !== "APPROVE" && body === "") throw unprocessable("Review Body can't be blank");
  const review: Review = {
    id: world.newId(),
    pullNumber: pull.number,
    author,
    state: states[event],
    body,
    commit: commit ?? pull.head.sha,
    submittedAt: world.now(),
  };
  repository.reviews.push(review);
  announceReview(world, repository, review, { action: "submitted", sender: author });
  return review;
}

/** A review by its id; throws 404. */
export function findReview(repository: Repository, id: number): Review {
  const review = repository.reviews.find((one) => one.id === id);
  if (review === undefined) throw notFound();
  return review;
}

/** A pull request's reviews, oldest first. */
export function reviewsOf(repository: Repository, pull: Pull): Review[] {
  return repository.reviews.filter(({ pullNumber }) => pullNumber === pull.number);
}

export function editReview(
  world: World,
  repository: Repository,
  review: Review,
  { sender, body }: { readonly sender: Account; readonly body: string },
): void {
  const changes = { body: { from: review.body } };
  review.body = body;
  announceReview(world, repository, review, { action: "edited", sender, body: { changes } });
}

export function dismissReview(
  world: World,
  repository: Repository,
  review: Review,
  sender: Account,
): void {
  if (review.state === "COMMENTED" || review.state === "DISMISSED") {
    const state = review.state.toLowerCase();
    throw unprocessable(`Can not dismiss a ${state} pull request review`);
  }
  review.state = "DISMISSED";
  announceReview(world, repository, review, { action: "dismissed", sender });
}

function announceReview(
  world: World,
  repository: Repository,
  review: Review,
  {
    action,
    sender,
    body = {},
  }: {
    readonly action: string;
    readonly sender: Account;
    readonly body?: Readonly<Record<string, unknown>>;
  },
): void {
  const pull = repository.pulls.find(({ number }) => number === review.pullNumber);
  if (pull === undefined) return;
  const own = {
    review: payloadOfReviewEvent(world, repository, review),
    pull_request: payloadOfPullInList(world, repository, pull),
    ...body,
  };
  announce(world, { event: "pull_request_review", action, repository, sender, body: own });
}
