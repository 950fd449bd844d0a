import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Dirent,
} from "node:fs";
import type { DifferenceKind } from "../maestro/command/execution.ts";
import type { FileVersion } from "../rules/change/listing.ts";
import { objectId } from "./object-reader.ts";
import type { ObjectFormat } from "./own-directory.ts";

/** A path with one character a byte, `/` between names. */
export type RawPath = string;

/** What a commit's tree says should be in a work tree. */
export interface ExpectedFiles {
  readonly files: ReadonlyMap<RawPath, FileVersion>;
  readonly folders: ReadonlySet<RawPath>;
  readonly objectFormat: ObjectFormat;
}

/** What a work tree has otherwise; `unknown` is what the tree does not name, ignored or not. */
export interface FoundFiles {
  readonly differences: readonly { readonly path: RawPath; readonly kind: DifferenceKind }[];
  readonly unknown: readonly UnknownEntry[];
  /** Submodules whose folder holds something. */
  readonly submodules: readonly { readonly path: RawPath; readonly commit: string }[];
}

export interface UnknownEntry {
  readonly path: RawPath;
  readonly isFolder: boolean;
}

/**
 * Holds every file below `root` against what is expected, byte for byte: each is read and hashed as
 * git hashes a blob. No index, time stamp, filter or line-ending setting has a say.
 *
 * Files are read in one go and not by turns of the event loop: nothing else is to happen meanwhile.
 */
export function compareFiles(root: string, expected: ExpectedFiles): FoundFiles {
  const found = { differences: [], unknown: [], submodules: [] } as Found;
  const seen = new Set<RawPath>();
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(root, folder)) {
      const { path } = entry;
      if (path === ".git") continue;
      const version = expected.files.get(path);
      if (version !== undefined) {
        seen.add(path);
        compareFile(entry, { root, version, objectFormat: expected.objectFormat }, found);
      } else if (entry.isFolder && expected.folders.has(path)) folders.push(path);
      else found.unknown.push(entry);
    }
  }
  for (const path of expected.files.keys()) {
    if (!seen.has(path)) found.differences.push({ path, kind: "missing" });
  }
  return found;
}

/** What one folder of a work tree holds. */
export function entriesOf(root: string, folder: RawPath): readonly UnknownEntry[] {
  const entries: Dirent<Buffer>[] = readdirSync(diskPath(root, folder), {
    encoding: "buffer",
    withFileTypes: true,
  });
  return entries.map((entry) => {
    const name = entry.name.toString("latin1");
    const path = folder === "" ? name : `${folder}/${name}`;
    return { path, isFolder: entry.isDirectory() };
  });
}

/** Where a path lies on disk. Names are bytes there, of any encoding. */
export function diskPath(root: string, path: RawPath): Buffer {
  if (path === "") return Buffer.from(root);
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, "latin1")]);
}

interface Found {
  readonly differences: { path: RawPath; kind: DifferenceKind }[];
  readonly unknown: UnknownEntry[];
  readonly submodules: { path: RawPath; commit: string }[];
}

interface ExpectedFile {
  readonly root: string;
  readonly version: FileVersion;
  readonly objectFormat: ObjectFormat;
}

const CHUNK_BYTES = 256 * 1024;
const OWNER_EXECUTES = 0o100;
/** A link or a FIFO put in a file's place meanwhile is neither followed nor waited for. */
const AS_IT_IS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function compareFile(entry: UnknownEntry, expected: ExpectedFile, found: Found): void {
  const { root, version } = expected;
  const { path } = entry;
  if (version.mode === "160000" && entry.isFolder) {
    if (entriesOf(root, path).length > 0) found.submodules.push({ path, commit: version.oid });
    return;
  }
  const actual = versionOnDisk(diskPath(root, path), expected.objectFormat);
  const kind = differenceOf(version, actual);
  if (kind !== null) found.differences.push({ path, kind });
}

function differenceOf(expected: FileVersion, actual: FileVersion | null): DifferenceKind | null {
  if (actual === null || typeOf(expected) !== typeOf(actual)) return "type";
  if (expected.oid !== actual.oid) return "content";
  return expected.mode === actual.mode ? null : "mode";
}

/** `100`, a file; `120`, a symbolic link; `160`, a submodule. */
function typeOf({ mode }: FileVersion): string {
  return mode.slice(0, 3);
}

/** What git would store for a path: null for a folder, a device, a socket. */
function versionOnDisk(path: Buffer, format: ObjectFormat): FileVersion | null {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) {
    const target = readlinkSync(path, { encoding: "buffer" });
    return { oid: objectId(format, "blob", target), mode: "120000" };
  }
  return status.isFile() ? regularFile(path, format) : null;
}

function regularFile(path: Buffer, format: ObjectFormat): FileVersion | null {
  const file = openSync(path, AS_IT_IS);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) return null;
    const executable = (status.mode & OWNER_EXECUTES) !== 0;
    return { oid: blobId(file, status.size, format), mode: executable ? "100755" : "100644" };
  } finally {
    closeSync(file);
  }
}

/** A file that grows or shrinks while it is read gets the id of nothing. */
function blobId(file: number, sizeBytes: number, format: ObjectFormat): string {
  const hash = createHash(format).update(`blob ${sizeBytes}\0`);
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, sizeBytes + 1));
  let read = 0;
  for (let length = -1; length !== 0; read += length) {
    length = readSync(file, chunk);
    hash.update(chunk.subarray(0, length));
  }
  return read === sizeBytes ? hash.digest("hex") : "";
}
