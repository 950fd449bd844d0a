import type { PastChange, PastChanges, PastCommit } from "../maestro/past-changes.ts";
import type { Listing } from "../rules/change/listing.ts";
import { wantedContents } from "../rules/judge.ts";
import { type ChangePlace, listChange } from "./change-source.ts";
import { listMainline } from "./recent-commits.ts";
import { emptyTreeId, type Store } from "./store.ts";

/** Reads what came into a branch of a repository on this machine, or of one elsewhere. */
export function openPastChanges(place: ChangePlace): PastChanges {
  const { store } = "remote" in place ? place.remote : place.repository;
  return {
    commits: async (head, most) => {
      if (head === emptyTreeId(store.objectFormat)) return [];
      await store.fetchCommits([head]);
      return listMainline({ store }, head, { most, since: null });
    },
    changes: (commits) => changesOf(store, commits),
  };
}

async function changesOf(store: Store, commits: readonly PastCommit[]): Promise<PastChange[]> {
  const changes: PastChange[] = [];
  for (const { commit, parents, date } of commits) {
    const base = parents[0] ?? emptyTreeId(store.objectFormat);
    changes.push({ commit, date, listing: await listChange(store, { base, head: commit }) });
  }
  await store.fetchBlobs(changes.flatMap(({ listing }) => blobsOf(listing)));
  return changes;
}

/** The blobs whose contents judging asks for. */
function blobsOf(listing: Listing): string[] {
  const { files, submodules, owners, candidate = [] } = listing;
  const listed = [...files, ...(submodules ? [submodules] : []), ...(owners?.files ?? [])];
  const byPath = new Map([...listed, ...candidate].map((file) => [file.path, file]));
  return wantedContents(listing).flatMap(({ path, side }) => byPath.get(path)?.[side]?.oid ?? []);
}
