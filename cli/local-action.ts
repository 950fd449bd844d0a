import { randomUUID } from "node:crypto";
import { GitError } from "../git/errors.ts";
import type { Repository } from "../git/repository.ts";
import { NO_PULL_REQUEST } from "../maestro/no-pull-request.ts";
import type { ChangeSource, GovernedAction } from "../maestro/ports.ts";
import { UsageError } from "./terminal.ts";

/** What the user said of the change; undefined where they left it to us. */
export interface AskedRange {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** A resolved change and the branches that its ends were named by, null where they were not. */
export interface LocalRange {
  readonly base: string;
  readonly head: string;
  readonly baseBranch: string | null;
  readonly headBranch: string | null;
}

/**
 * The commits that `--base` and `--head` mean: base defaults to the default branch, head to HEAD.
 * A root commit without another base is held against the empty tree.
 */
export async function resolveRange(repository: Repository, asked: AskedRange): Promise<LocalRange> {
  const head = await resolvedHead(repository, asked.head);
  const { base, baseBranch } = await resolvedBase(repository, asked.base, head);
  if (base === head) throw emptyRange({ base, head }, guess(asked, baseBranch));
  const headBranch =
    asked.head === undefined ? repository.headBranch : await branchName(repository, asked.head);
  return { base, head, baseBranch, headBranch };
}

/** The action of one run of a command on this machine; its attempt tells it from every other run. */
export function localAction(
  range: LocalRange,
  run: { readonly name: string; readonly repositoryId: string | null; readonly at: Date },
): GovernedAction {
  return {
    facts: {
      kind: "command",
      name: run.name,
      actor: null,
      ...NO_PULL_REQUEST,
      baseBranch: range.baseBranch,
      headBranch: range.headBranch,
      at: run.at.toISOString(),
    },
    repository: {
      host: null,
      id: run.repositoryId,
      name: null,
      defaultBranch: null,
      defaultTokenPermissions: "unknown",
    },
    range: { base: range.base, head: range.head },
    origin: "cli",
    attempt: randomUUID(),
  };
}

async function resolvedHead(repository: Repository, asked: string | undefined): Promise<string> {
  if (asked !== undefined) return resolved(repository, "--head", asked);
  const remedy = "commit something, or name a commit with --head";
  return orUsage(repository.resolve("HEAD"), "HEAD names no commit in this repository", remedy);
}

async function resolved(repository: Repository, option: string, revision: string): Promise<string> {
  const what = `${option}: ${JSON.stringify(revision)} names no commit in this repository`;
  return orUsage(repository.resolve(revision), what, "fetch it, or correct the name");
}

async function orUsage<T>(found: Promise<T>, what: string, remedy: string): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (!(error instanceof GitError) || error.code !== "UNKNOWN_REVISION") throw error;
    throw new UsageError(what, remedy, { cause: error });
  }
}

async function resolvedBase(repository: Repository, asked: string | undefined, head: string) {
  if (asked !== undefined) {
    const base = await resolved(repository, "--base", asked);
    return { base, baseBranch: await branchName(repository, asked) };
  }
  const { commit, branch } = await defaultBase(repository);
  const first = commit === head && (await repository.parentsOf(head)).length === 0;
  return { base: first ? repository.emptyTree : commit, baseBranch: branch };
}

async function defaultBase(repository: Repository) {
  const what = "there is no default branch here";
  return orUsage(repository.defaultBase(), what, "name a commit with --base");
}

async function branchName(repository: Repository, revision: string): Promise<string | null> {
  return repository.resolve(`refs/heads/${revision}`).then(
    () => revision,
    () => null,
  );
}

/** Refuses a change without a change: what the base already holds was judged when it entered. */
export function refusingEmpty(source: ChangeSource, asked: AskedRange): ChangeSource {
  return {
    ...source,
    async list(action) {
      const listing = await source.list(action);
      if (listing.mergeBase !== listing.head) return listing;
      throw emptyRange(listing, guess(asked, action.facts.baseBranch));
    },
  };
}

/** The branch that was taken for the base since nobody named one. */
function guess(asked: AskedRange, baseBranch: string | null): string | null {
  return asked.base === undefined ? baseBranch : null;
}

function emptyRange(
  { base, head }: Pick<LocalRange, "base" | "head">,
  guessed: string | null,
): UsageError {
  const why = guessed === null ? "" : ` (no --base was given, so ${guessed} was taken)`;
  return new UsageError(
    `the range is empty: ${base.slice(0, 12)}${why} already holds ${head.slice(0, 12)}`,
    "name a --base that lacks the change, or a --head that has it",
  );
}
