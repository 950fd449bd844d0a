import {
  commentProblems,
  commentsOf,
  createComment,
  deleteComment,
  findComment,
} from "../acts/comments.ts";
import { findPull } from "../acts/pulls.ts";
import { listAnswer } from "../http/paging.ts";
import {
  actor,
  numberIn,
  type Answer,
  type RepositoryCall,
  type RepositoryRoute,
  type Route,
} from "../http/routes.ts";
import { payloadOfComment } from "../payloads/comments.ts";
import { ApiError } from "../state/api-error.ts";
import type { Comment } from "../state/comments.ts";
import { roleOf, roleReaches } from "../state/repositories.ts";

/** A pull request is an issue too: either permission will do. */
const permission = ["pull_requests", "issues"];
const readComments = { permission, level: "read" } as const;
const writeComments = { permission, level: "write", role: "read" } as const;

const listComments: RepositoryRoute = {
  as: "repository",
  operation: "issues/list-comments",
  needs: readComments,
  answer: (call) => {
    const { world, repository } = call;
    const comments = commentsOf(repository, findPull(repository, numberIn(call, "issue_number")));
    return listAnswer(call, comments, (comment) => payloadOfComment(world, repository, comment));
  },
};

const create: RepositoryRoute = {
  as: "repository",
  operation: "issues/create-comment",
  needs: writeComments,
  limits: commentProblems,
  answer: (call) => {
    const { world, repository, caller } = call;
    const pull = findPull(repository, numberIn(call, "issue_number"));
    const comment = createComment(world, repository, pull, {
      author: actor(call),
      app: caller.kind === "installation" ? caller.installation.app : null,
      body: bodyOf(call),
    });
    return answerWith(call, 201, comment);
  },
};

const update: RepositoryRoute = {
  as: "repository",
  operation: "issues/update-comment",
  needs: writeComments,
  limits: commentProblems,
  answer: (call) => {
    const comment = ownComment(call);
    comment.body = bodyOf(call);
    comment.updatedAt = call.world.now();
    return answerWith(call, 200, comment);
  },
};

const remove: RepositoryRoute = {
  as: "repository",
  operation: "issues/delete-comment",
  needs: writeComments,
  answer: (call) => {
    deleteComment(call.repository, ownComment(call));
    return { status: 204 };
  },
};

export const commentRoutes: readonly Route[] = [listComments, create, update, remove];

/** The comment, where the caller may change it: an App that writes may change everybody's. */
function ownComment(call: RepositoryCall): Comment {
  const { repository, caller } = call;
  const comment = findComment(repository, numberIn(call, "comment_id"));
  const mayChange =
    caller.kind !== "user" ||
    caller.account === comment.author ||
    roleReaches(roleOf(repository, caller.account), "write");
  if (!mayChange) throw new ApiError(403, "Must have write access to the repository.");
  return comment;
}

function bodyOf({ body }: RepositoryCall): string {
  return (body as { readonly body: string }).body;
}

function answerWith(
  { world, repository }: RepositoryCall,
  status: number,
  comment: Comment,
): Answer {
  return { status, body: payloadOfComment(world, repository, comment) };
}
