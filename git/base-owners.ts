import type { BaseOwners } from "../rules/change/listing.ts";
import { OWNERS_PLACES } from "../rules/change/owners-places.ts";
import { fileKind } from "../rules/change/renames.ts";
import { fileAt } from "./file-at.ts";
import { emptyTreeId, readCommits, type Store } from "./store.ts";

/** GitHub loads no owners' file of 3 MB or more. */
const MAX_BYTES = 3_000_000;

/**
 * The owners' file of the base as it is now, not of where the change left it: an author chooses
 * that, and could go back to where another owned what they change. A link is not followed.
 */
export async function readBaseOwners(store: Store, base: string): Promise<BaseOwners> {
  if (base === emptyTreeId(store.objectFormat)) return { path: null, content: null };
  await store.fetchCommits([base]);
  const [{ tree } = { tree: "" }] = await readCommits(store, [base]);
  for (const path of OWNERS_PLACES) {
    const file = await fileAt(store.objects, tree, path);
    if (file === null) continue;
    if (fileKind(file.mode) !== "file") return { path, content: null };
    return { path, content: await readContent(store, file.oid) };
  }
  return { path: null, content: null };
}

async function readContent(store: Store, oid: string): Promise<BaseOwners["content"]> {
  await store.fetchBlobs([oid]);
  const [info] = await store.objects.info([oid]);
  if (!info) return { unread: "missing-object" };
  if (info.sizeBytes > MAX_BYTES) return { unread: "too-large" };
  const [content] = await store.objects.read([oid], { type: "blob", maxBytes: MAX_BYTES });
  return content ?? { unread: "missing-object" };
}
