import { GitError } from "./errors.ts";
import { missingObject, type ObjectReader } from "./object-reader.ts";
import type { ObjectFormat } from "./own-directory.ts";
import { entryAt, treeId } from "./tree.ts";

/** An object database as this room reads it, always through a git directory of our own. */
export interface Store {
  readonly gitDir: string;
  readonly objectFormat: ObjectFormat;
  readonly objects: ObjectReader;
  /** Commits are missing from the history, so a merge base that is found need not be the best. */
  readonly shallow: boolean;
  /** Makes commits with their trees present, as far as they can be. */
  fetchCommits(commits: readonly string[]): Promise<void>;
  /** Makes blobs present in one batch, as far as they can be. */
  fetchBlobs(oids: readonly string[]): Promise<void>;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** The encoding that the commit says its message is in; null where it says none. */
  readonly encoding: string | null;
}

/** The id of the tree without entries; git knows it without storing it. */
export function emptyTreeId(format: ObjectFormat): string {
  return treeId(format, []);
}

/**
 * Reads commits by their full ids. Of a message at most the first 64 KiB are kept.
 *
 * Throws MALFORMED_OBJECT where a commit names its tree or parents otherwise than git writes them,
 * where its headers alone have more than 64 KiB (the end of its message would be hidden), and where
 * they hold a NUL (git shows nothing after it, the message neither).
 */
export async function readCommits(store: Store, ids: readonly string[]): Promise<Commit[]> {
  const found = await store.objects.info(ids);
  const absent = found.findIndex((info) => info?.type !== "commit");
  if (absent !== -1) throw unknownRevision(ids[absent] ?? "");
  const limits = { type: "commit", maxBytes: Infinity, keepBytes: KEPT_COMMIT_BYTES } as const;
  const contents = await store.objects.read(ids, limits);
  return contents.map((content, index) => parseCommit(ids[index] ?? "", content));
}

/**
 * A file's bytes in a commit, null where the commit has no such path.
 *
 * Only a regular file is read: following a symbolic link would give its target's name as content.
 */
export async function readFileAt(
  store: Store,
  commit: string,
  path: string,
  maxBytes = MAX_FILE_BYTES,
): Promise<Buffer | null> {
  await store.fetchCommits([commit]);
  const [{ tree } = { tree: "" }] = await readCommits(store, [commit]);
  const entry = await entryAt(store.objects, tree, path);
  if (entry === null) return null;
  if (entry.mode !== "100644" && entry.mode !== "100755") {
    const what = `${path} in ${commit.slice(0, 12)} is not a regular file`;
    throw new GitError("NOT_A_FILE", `${what}; commit it as one`);
  }
  await store.fetchBlobs([entry.oid]);
  const [info] = await store.objects.info([entry.oid]);
  if (!info) throw missingObject(entry.oid);
  const [content] = await store.objects.read([entry.oid], { type: "blob", maxBytes });
  return content ?? null;
}

export function unknownRevision(revision: string): GitError {
  const shown = JSON.stringify(revision.slice(0, 200));
  return new GitError("UNKNOWN_REVISION", `${shown} names no commit here; fetch it or correct it`);
}

const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_HEADERS_BYTES = 64 * 1024;
const KEPT_COMMIT_BYTES = MAX_HEADERS_BYTES + MAX_MESSAGE_BYTES;
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** `tree <id>`, then `parent <id>` lines, further headers, an empty line, the message. */
function parseCommit(oid: string, content: Buffer): Commit {
  const headersEnd = content.indexOf("\n\n");
  if ((headersEnd === -1 ? content.length : headersEnd + 2) > MAX_HEADERS_BYTES) {
    throw malformed(oid, `has more than ${MAX_HEADERS_BYTES} bytes of headers`);
  }
  const headers = content.toString("latin1", 0, headersEnd === -1 ? content.length : headersEnd);
  if (headers.includes("\0")) throw malformed(oid, "has a NUL in its headers");
  const lines = `${headers}\n`.split("\n");
  const tree = /^tree ([0-9a-f]{40,64})$/.exec(lines[0] ?? "")?.[1];
  if (tree?.length !== oid.length) throw malformed(oid, "names no tree");
  const parents = parentsOf(oid, lines.slice(1));
  const start = headersEnd === -1 ? content.length : headersEnd + 2;
  const message = content.toString("utf8", start, start + MAX_MESSAGE_BYTES);
  const encoding = lines.find((line) => line.startsWith(ENCODING))?.slice(ENCODING.length) ?? null;
  return { tree, parents, message, encoding };
}

const ENCODING = "encoding ";

function parentsOf(commit: string, lines: readonly string[]): readonly string[] {
  const parents: string[] = [];
  for (const line of lines) {
    if (!line.startsWith("parent ")) break;
    const parent = /^parent ([0-9a-f]{40,64})$/.exec(line)?.[1];
    // git also takes capitals: what it follows as a parent must be one here.
    if (parent?.length !== commit.length) throw malformed(commit, "spells a parent oddly");
    parents.push(parent);
  }
  return parents;
}

function malformed(commit: string, what: string): GitError {
  return new GitError("MALFORMED_OBJECT", `the commit ${commit} ${what}; run git fsck`);
}
