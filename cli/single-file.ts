import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { lstat, open, readlink } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { listingOfFile, type SingleFile } from "../rules/capabilities/read-file.ts";
import type { FileMode } from "../rules/change/listing.ts";
import { pathText } from "../rules/change/path-text.ts";
import { wantedContents } from "../rules/judge.ts";
import { UsageError } from "./terminal.ts";

/** Bytes as they come in. */
type Input = AsyncIterable<Uint8Array>;

/** A file of the disk as git would hold it: a link stays a link, an executable one is said to be. */
export async function fileOnDisk(file: string, asPath: string | undefined): Promise<SingleFile> {
  const path = pathText(Buffer.from(asPath ?? (await pathInRepository(file))));
  const status = await lstat(file).catch((cause: unknown) => {
    throw new UsageError(`${file}: there is no such file`, "name a file, or - for stdin", {
      cause,
    });
  });
  if (status.isSymbolicLink()) {
    return singleFile(path, "120000", await readlink(file, { encoding: "buffer" }));
  }
  if (!status.isFile()) {
    throw new UsageError(`${file} is no regular file`, "name a file, or - for stdin");
  }
  const mode = modeOf(status);
  return singleFile(path, mode, await readAtMost(file, maxBytesOf(path, mode) + 1));
}

/** What stdin holds, as the regular file at `asPath`. */
export async function fileOfInput(input: Input, asPath: string): Promise<SingleFile> {
  const path = pathText(Buffer.from(asPath));
  const maxBytes = maxBytesOf(path, "100644");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return singleFile(path, "100644", Buffer.concat(chunks));
}

/** From the root of the work tree that the file is in; outside of one from the current folder. */
async function pathInRepository(file: string): Promise<string> {
  const absolute = resolve(file);
  for (let folder = dirname(absolute); ; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return relative(folder, absolute);
    if (folder === dirname(folder)) return pathFromHere(absolute);
  }
}

/** No tree holds a `..`: what lies elsewhere stands at a root of its own. */
function pathFromHere(absolute: string): string {
  const path = relative("", absolute);
  return path.split(sep).includes("..") ? basename(absolute) : path;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function modeOf({ mode }: Stats): FileMode {
  return (mode & constants.S_IXUSR) === 0 ? "100644" : "100755";
}

/** What judging would read of the file at most. */
function maxBytesOf(path: string, mode: FileMode): number {
  const wanted = wantedContents(listingOfFile(path, { oid: "", mode }));
  return Math.max(0, ...wanted.map(({ maxBytes }) => maxBytes));
}

async function readAtMost(file: string, maxBytes: number): Promise<Uint8Array> {
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  const stream = handle.createReadStream({ end: maxBytes - 1, autoClose: false });
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** `content` may be cut off behind what is read at most: it is then too large. */
function singleFile(path: string, mode: FileMode, content: Uint8Array): SingleFile {
  const oid = createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
  const tooLarge = content.length > maxBytesOf(path, mode);
  return { path, version: { oid, mode }, content: tooLarge ? { unread: "too-large" } : content };
}
