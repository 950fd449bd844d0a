import { findPull } from "../acts/pulls.ts";
import { dismissReview, editReview, findReview, reviewsOf, submitReview } from "../acts/reviews.ts";
import { listAnswer } from "../http/paging.ts";
import {
  actor,
  numberIn,
  type Answer,
  type RepositoryCall,
  type RepositoryRoute,
  type Route,
} from "../http/routes.ts";
import { payloadOfReview } from "../payloads/reviews.ts";
import { ApiError, notFound, unprocessable } from "../state/api-error.ts";
import type { Review, ReviewEvent } from "../state/reviews.ts";

const readPulls = { permission: "pull_requests", level: "read" } as const;
const reviewPulls = { permission: "pull_requests", level: "write", role: "read" } as const;

const listReviews: RepositoryRoute = {
  as: "repository",
  operation: "pulls/list-reviews",
  needs: readPulls,
  answer: (call) => {
    const { world, repository } = call;
    const reviews = reviewsOf(repository, findPull(repository, numberIn(call, "pull_number")));
    return listAnswer(call, reviews, (review) => payloadOfReview(world, repository, review));
  },
};

const createReview: RepositoryRoute = {
  as: "repository",
  operation: "pulls/create-review",
  needs: reviewPulls,
  answer: (call) => {
    const { world, repository } = call;
    const request = call.body as {
      readonly event?: ReviewEvent;
      readonly body?: string;
      readonly commit_id?: string;
      readonly comments?: readonly unknown[];
    };
    if (request.event === undefined) throw unprocessable("Pending reviews are not emulated");
    if (request.comments !== undefined) throw unprocessable("Review comments are not emulated");
    const pull = findPull(repository, numberIn(call, "pull_number"));
    const { event, body = "", commit_id: commit } = request;
    const review = submitReview(world, repository, pull, {
      author: actor(call),
      event,
      body,
      commit,
    });
    return answerWith(call, review);
  },
};

const getReview: RepositoryRoute = {
  as: "repository",
  operation: "pulls/get-review",
  needs: readPulls,
  answer: (call) => answerWith(call, reviewIn(call)),
};

const updateReview: RepositoryRoute = {
  as: "repository",
  operation: "pulls/update-review",
  needs: reviewPulls,
  answer: (call) => {
    const review = reviewIn(call);
    const sender = actor(call);
    if (review.author !== sender) throw new ApiError(403, "Must be the review's author");
    const { body } = call.body as { readonly body: string };
    editReview(call.world, call.repository, review, { sender, body });
    return answerWith(call, review);
  },
};

const dismiss: RepositoryRoute = {
  as: "repository",
  operation: "pulls/dismiss-review",
  needs: { permission: "pull_requests", level: "write" },
  answer: (call) => {
    const review = reviewIn(call);
    dismissReview(call.world, call.repository, review, actor(call));
    return answerWith(call, review);
  },
};

export const reviewRoutes: readonly Route[] = [
  listReviews,
  createReview,
  getReview,
  updateReview,
  dismiss,
];

function reviewIn(call: RepositoryCall): Review {
  const review = findReview(call.repository, numberIn(call, "review_id"));
  if (review.pullNumber !== numberIn(call, "pull_number")) throw notFound();
  return review;
}

function answerWith({ world, repository }: RepositoryCall, review: Review): Answer {
  return { status: 200, body: payloadOfReview(world, repository, review) };
}
