import { type ChangePlace, openChangeSource } from "../git/change-source.ts";
import { GitError, type GitErrorCode } from "../git/errors.ts";
import { openPastChanges } from "../git/past-changes.ts";
import { openRemote } from "../git/remote.ts";
import { openRepository } from "../git/repository.ts";
import { unknownRevision } from "../git/store.ts";
import type { PastChanges } from "../maestro/past-changes.ts";
import type { ChangeSource } from "../maestro/ports.ts";
import type { Contents } from "../rules/change/listing.ts";
import { remoteOf, type Runner } from "./runner.ts";

/** A repository as the Action reads it: objects by their ids. */
export interface Place {
  readonly change: ChangePlace;
  readFileAt(commit: string, path: string, maxBytes: number): Promise<Uint8Array | null>;
}

/** Two places of the same objects, the nearer of which may lack some. */
export interface Objects extends AsyncDisposable {
  /** Asks the checkout, and where that lacks what it takes to answer, the server. */
  readonly ask: <T>(question: (place: Place) => Promise<T>) => Promise<T>;
  /**
   * Where a branch is on the server, asked once. Throws UNKNOWN_REVISION.
   *
   * What a checkout calls so may be a fork's, a tag of that name, or what a step before made of it.
   */
  readonly tipOf: (branch: string) => Promise<string>;
}

/** What a checkout says where it holds less than the repository. */
const LACKING: readonly GitErrorCode[] = [
  "NOT_A_REPOSITORY",
  "UNKNOWN_REVISION",
  "SHALLOW_HISTORY",
  "MISSING_OBJECT",
];

/** Opens the checkout, if there is one, and the server once it is needed. */
export async function openObjects(runner: Runner, token: string | null): Promise<Objects> {
  await using stack = new AsyncDisposableStack();
  const checkout = await openCheckout(runner, stack).catch(orLacking);
  return objectsOf(checkout, { runner, token }, stack.move());
}

/** Opens the server alone, once it is needed. */
export function openServerObjects(runner: Runner, token: string | null): Objects {
  return objectsOf(null, { runner, token }, new AsyncDisposableStack());
}

function objectsOf(
  nearest: Place | null,
  { runner, token }: { readonly runner: Runner; readonly token: string | null },
  opened: AsyncDisposableStack,
): Objects {
  let checkout = nearest;
  let server: Promise<Server> | undefined;
  const tips = new Map<string, Promise<string>>();
  const openedServer = () => (server ??= openServer(runner, token, opened));
  return {
    ask: async (question) => {
      if (checkout !== null) {
        const answer = await question(checkout).then((value) => ({ value }), orLacking);
        if (answer !== null) return answer.value;
        checkout = null;
      }
      return question(await openedServer());
    },
    tipOf: (branch) => {
      const tip = tips.get(branch) ?? openedServer().then((place) => place.tipOf(branch));
      tips.set(branch, tip);
      return tip;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** The change as far as the checkout has it, else as the server has it. */
export function changeSource({ ask }: Objects): ChangeSource {
  return {
    list: (action) => ask(({ change }) => openChangeSource(change).list(action)),
    read: (listing, wanted) =>
      ask(async ({ change }) => {
        const contents = await openChangeSource(change).read(listing, wanted);
        if ("repository" in change) refuseMissing(contents);
        return contents;
      }),
    commits: (listing) => ask(({ change }) => openChangeSource(change).commits(listing)),
    owners: (listing) => ask(({ change }) => openChangeSource(change).owners(listing)),
    digest: (listing) => ask(({ change }) => openChangeSource(change).digest(listing)),
  };
}

/** What came into a branch, in the same way. */
export function pastChanges({ ask }: Objects): PastChanges {
  return {
    commits: (head, most) => ask(({ change }) => openPastChanges(change).commits(head, most)),
    changes: (commits) => ask(({ change }) => openPastChanges(change).changes(commits)),
  };
}

function refuseMissing(contents: Contents): void {
  const isMissing = [...contents.values()].some(
    (content) => "unread" in content && content.unread === "missing-object",
  );
  if (isMissing) throw new GitError("MISSING_OBJECT", "the checkout lacks contents of the change");
}

function orLacking(error: unknown): null {
  if (error instanceof GitError && LACKING.includes(error.code)) return null;
  throw error;
}

/** Null for a shallow one: what it lacks can look like history that begins there. */
async function openCheckout(
  { workspace }: Runner,
  stack: AsyncDisposableStack,
): Promise<Place | null> {
  const repository = stack.use(await openRepository(workspace));
  if (repository.store.shallow) return null;
  return {
    change: { repository },
    readFileAt: (...file) => repository.readFileAt(...file),
  };
}

interface Server extends Place {
  readonly tipOf: Objects["tipOf"];
}

async function openServer(
  runner: Runner,
  token: string | null,
  stack: AsyncDisposableStack,
): Promise<Server> {
  const remote = stack.use(await openRemote(remoteOf(runner, token)));
  return {
    change: { remote },
    readFileAt: (...file) => remote.readFileAt(...file),
    tipOf: async (branch) => {
      const commit = await remote.resolveRef(`refs/heads/${branch}`);
      if (commit === null) throw unknownRevision(branch);
      return commit;
    },
  };
}
