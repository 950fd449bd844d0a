/** Small things that several tests of git/ need. */
import { expect } from "vitest";
import type { GovernedAction } from "../../maestro/ports.ts";
import { GitError, type GitErrorCode } from "../../git/errors.ts";

/** An action of which only the range matters: nothing else of it is read by git/. */
export function actionOn(base: string, head: string): GovernedAction {
  return { range: { base, head } } as unknown as GovernedAction;
}

export async function expectCode(promise: Promise<unknown>, code: GitErrorCode): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GitError);
  const { code: actual, message } = error as GitError;
  expect(actual, message).toBe(code);
  expect(message).not.toMatch(/[\r\n]/);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
