import type { ChangeSource } from "../maestro/ports.ts";
import { type Listing, mayFollowTheBase } from "../rules/change/listing.ts";
import { readBaseOwners } from "./base-owners.ts";
import { addedPaths } from "./added-paths.ts";
import { listCandidate } from "./candidate.ts";
import { listCommits } from "./change-commits.ts";
import { digestFiles, readWanted } from "./change-content.ts";
import { findMergeBase } from "./merge-base.ts";
import { listOwners } from "./owners.ts";
import type { Remote } from "./remote.ts";
import type { Repository } from "./repository.ts";
import { emptyTreeId, readCommits, unknownRevision, type Store } from "./store.ts";
import { listSubmodules } from "./submodules.ts";
import { diffTrees } from "./tree-diff.ts";
import { mergeTrees } from "./tree-merge.ts";

/** Where changes are read from; whoever opened it closes it. */
export type ChangePlace = { readonly repository: Repository } | { readonly remote: Remote };

/** Reads changes from a repository on this machine, or from one elsewhere. */
export function openChangeSource(place: ChangePlace): ChangeSource {
  const { store } = "remote" in place ? place.remote : place.repository;
  return {
    list: ({ range }) => listChange(store, range),
    read: (listing, wanted) => readWanted(store, listing, wanted),
    commits: (listing) => listCommits(store, listing),
    owners: ({ base }) => readBaseOwners(store, base),
    digest: (listing) => digestFiles(store, listing),
  };
}

/** What a range of commits changes: see `Listing`. */
export async function listChange(
  store: Store,
  range: { readonly base: string; readonly head: string },
): Promise<Listing> {
  for (const id of [range.base, range.head]) if (!isObjectId(store, id)) throw unknownRevision(id);
  if (range.base === emptyTreeId(store.objectFormat)) return listFirstCommit(store, range);
  await store.fetchCommits([range.base, range.head]);
  await readCommits(store, [range.base, range.head]);
  const mergeBase = await findMergeBase(store, range.base, range.head);
  const commits = await readCommits(store, [mergeBase, range.base, range.head]);
  const [origin = "", base = "", head = ""] = commits.map(({ tree }) => tree);
  const files = await diffTrees(store.objects, { base: origin, head, baseTip: base });
  const baseAdded = files.some(mayFollowTheBase)
    ? await addedPaths(store.objects, { before: origin, after: base })
    : null;
  const submodules = await listSubmodules(store.objects, { base: origin, head }, files);
  const owners = await listOwners(store.objects, { base: origin, head, baseTip: base }, files);
  const candidate = await listCandidate(store.objects, { base: origin, head }, files);
  return {
    ...range,
    mergeBase,
    baseTree: origin,
    headTree: head,
    mergeTree: await mergeTrees(
      store.objects,
      { mergeBase: origin, base, head },
      store.objectFormat,
    ),
    files,
    ...(baseAdded && { baseAdded }),
    ...(submodules && { submodules }),
    ...(owners && { owners }),
    ...(candidate && { candidate }),
  };
}

async function listFirstCommit(
  store: Store,
  range: { readonly base: string; readonly head: string },
): Promise<Listing> {
  await store.fetchCommits([range.head]);
  const [{ tree } = { tree: "" }] = await readCommits(store, [range.head]);
  const files = await diffTrees(store.objects, { base: null, head: tree });
  const submodules = await listSubmodules(store.objects, { base: null, head: tree }, files);
  const owners = await listOwners(store.objects, { base: null, head: tree, baseTip: null }, files);
  const candidate = await listCandidate(store.objects, { base: null, head: tree }, files);
  const { base } = range;
  return {
    ...range,
    mergeBase: base,
    baseTree: base,
    headTree: tree,
    mergeTree: tree,
    files,
    ...(submodules && { submodules }),
    ...(owners && { owners }),
    ...(candidate && { candidate }),
  };
}

function isObjectId(store: Store, id: string): boolean {
  return /^[0-9a-f]+$/.test(id) && id.length === (store.objectFormat === "sha1" ? 40 : 64);
}
