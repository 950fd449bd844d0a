import { type FieldError, notFound } from "../state/api-error.ts";
import type { Comment } from "../state/comments.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

const bodyCharacters = 65_536;

export function createComment(
  world: World,
  repository: Repository,
  pull: Pull,
  written: Pick<Comment, "author" | "app" | "body">,
): Comment {
  const at = world.now();
  const id = world.newId();
  const comment: Comment = {
    ...{ id, pullNumber: pull.number, createdAt: at, updatedAt: at },
    ...written,
  };
  repository.comments.push(comment);
  return comment;
}

/** A comment by its id; throws 404. */
export function findComment(repository: Repository, id: number): Comment {
  const comment = repository.comments.find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  return comment;
}

/** A pull request's comments, oldest first. */
export function commentsOf(repository: Repository, pull: Pull): Comment[] {
  return repository.comments.filter(({ pullNumber }) => pullNumber === pull.number);
}

export function deleteComment(repository: Repository, comment: Comment): void {
  repository.comments.splice(repository.comments.indexOf(comment), 1);
}

/** What GitHub refuses in a comment beside its schema, in its words. The body is not validated yet. */
export function commentProblems(request: unknown): FieldError[] {
  const body = (request as { readonly body?: unknown } | undefined)?.body;
  if (typeof body !== "string" || body.length <= bodyCharacters) return [];
  const message = `Body is too long (maximum is ${bodyCharacters} characters)`;
  return [{ resource: "IssueComment", code: "unprocessable", field: "data", message }];
}
