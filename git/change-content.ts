import { createHash } from "node:crypto";
import {
  contentKey,
  type Content,
  type Contents,
  type FileVersion,
  type ListedFile,
  type Listing,
  type Unread,
  type Wanted,
} from "../rules/change/listing.ts";
import { filesDigest, type DigestedVersion } from "../rules/change/files-digest.ts";
import type { ObjectInfo } from "./object-reader.ts";
import type { Store } from "./store.ts";

/** All that one gathering may hold in memory; what would go over it comes back `too-large`. */
const MAX_TOTAL_BYTES = 96 * 1024 * 1024;

/** Reads versions of a listing's files: what is missing is fetched in one batch, sizes come first. */
export async function readWanted(
  store: Store,
  listing: Listing,
  wanted: readonly Wanted[],
  maxTotalBytes = MAX_TOTAL_BYTES,
): Promise<Contents> {
  const { submodules, owners, candidate = [], files: changed } = listing;
  const named = [...(submodules ? [submodules] : []), ...(owners?.files ?? []), ...candidate];
  const listed = [...named, ...changed];
  const files = new Map(listed.map((file) => [file.path, file]));
  const versions = wanted.map(({ path, side }) => files.get(path)?.[side]);
  const blobs = new Set(versions.filter(isBlob).map(({ oid }) => oid));
  const infos = await blobInfos(store, blobs);
  const selection = selectWithinLimits(wanted, versions, { infos, maxTotalBytes });
  const contents = await readUnique(store, selection.oids);
  return new Map(
    wanted.map(({ path, side }, index): [string, Content] => {
      const oid = versions[index]?.oid ?? "";
      const unread = selection.unread[index] ?? null;
      const content = contents.get(oid);
      return [
        contentKey(side, path),
        unread === null && content ? content : { unread: unread ?? "missing-object" },
      ];
    }),
  );
}

/** The change's `filesDigest`, over every version's whole content, which is streamed and not kept. */
export async function digestFiles(store: Store, listing: Listing): Promise<string> {
  const versions = listing.files.flatMap(({ base, head }) => [base, head]).filter(isBlob);
  const oids = [...new Set(versions.map(({ oid }) => oid))];
  await store.fetchBlobs(oids);
  const digests = await store.objects.contentDigests(oids);
  const byOid = new Map(oids.map((oid, index) => [oid, digests[index] ?? ""]));
  return filesDigest(listing.files.map((file) => digestedFile(file, byOid)));
}

function isBlob(version: FileVersion | undefined): version is FileVersion {
  return version !== undefined && version.mode !== "160000";
}

type Infos = ReadonlyMap<string, ObjectInfo | null>;

async function blobInfos(store: Store, blobs: ReadonlySet<string>): Promise<Infos> {
  const oids = [...blobs];
  await store.fetchBlobs(oids);
  const infos = await store.objects.info(oids);
  return new Map(oids.map((oid, index) => [oid, infos[index] ?? null]));
}

/** In the order asked for, so that which version is over the total is the same everywhere. */
function selectWithinLimits(
  wanted: readonly Wanted[],
  versions: readonly (FileVersion | undefined)[],
  { infos, maxTotalBytes }: { readonly infos: Infos; readonly maxTotalBytes: number },
): { readonly unread: readonly (Unread | null)[]; readonly oids: ReadonlySet<string> } {
  const oids = new Set<string>();
  let total = 0;
  const unread = wanted.map(({ maxBytes }, index) => {
    const version = versions[index];
    const info = infos.get(version?.oid ?? "");
    const reason = unreadReason(version, info, maxBytes);
    if (reason !== null || !info || oids.has(info.oid)) return reason;
    if (total + info.sizeBytes > maxTotalBytes) return "too-large";
    total += info.sizeBytes;
    oids.add(info.oid);
    return null;
  });
  return { unread, oids };
}

function unreadReason(
  version: FileVersion | undefined,
  info: ObjectInfo | null | undefined,
  maxBytes: number,
): Unread | null {
  if (version === undefined) return "absent";
  if (version.mode === "160000") return "not-a-file";
  if (!info) return "missing-object";
  return info.sizeBytes > maxBytes ? "too-large" : null;
}

async function readUnique(
  store: Store,
  oids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const list = [...oids];
  const contents = await store.objects.read(list, { type: "blob", maxBytes: Infinity });
  return new Map(contents.map((content, index) => [list[index] ?? "", content]));
}

function digestedFile({ path, base, head }: ListedFile, digests: ReadonlyMap<string, string>) {
  return {
    path,
    ...(base && { base: digestedVersion(base, digests) }),
    ...(head && { head: digestedVersion(head, digests) }),
  };
}

function digestedVersion(
  { oid, mode }: FileVersion,
  digests: ReadonlyMap<string, string>,
): DigestedVersion {
  const submodule = mode === "160000" ? createHash("sha256").update(oid).digest("hex") : undefined;
  return { mode, sha256: submodule ?? digests.get(oid) ?? "" };
}
