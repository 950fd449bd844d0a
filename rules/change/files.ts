import type { FileFact, FileStatus, LineFact } from "../facts/facts.ts";
import { isBinary } from "./binary.ts";
import type { ChangedLines } from "./lines/changed-lines.ts";
import {
  type Content,
  contentOf,
  type Contents,
  type ListedFile,
  type Listing,
} from "./listing.ts";
import { compareBytes } from "./path-order.ts";
import { fileKind, renamedFrom } from "./renames.ts";

/** A changed file and where both its versions stand. */
interface ChangedFile extends ListedFile {
  readonly previousPath: string | null;
}

/**
 * The facts about every changed file, sorted by path in the order of bytes.
 *
 * A rename (equal blobs only) is one fact at its head path, with `previousPath`. Sizes (bytes)
 * and `binary` come from what was gathered and are null without it; `binary` is git's rule, a
 * NUL among the first 8,000 bytes of either version. Line counts are null where no `changed` lines
 * are given.
 */
export function fileFacts(
  listing: Listing,
  contents: Contents,
  changed: readonly ChangedLines[] = [],
): FileFact[] {
  const lines = new Map(changed.map((one) => [one.path, one.lines]));
  return joinRenames(listing)
    .map((file) => ({ ...fileFact(file, contents), ...lineCounts(lines.get(file.path) ?? null) }))
    .sort((left, right) => compareBytes(left.path, right.path));
}

function joinRenames(listing: Listing): ChangedFile[] {
  const renames = renamedFrom(listing);
  const left = new Set(renames.values());
  const byPath = new Map(listing.files.map((file) => [file.path, file]));
  return listing.files
    .filter((file) => !left.has(file.path))
    .map((file) => {
      const previousPath = renames.get(file.path) ?? null;
      const base = previousPath === null ? undefined : byPath.get(previousPath)?.base;
      return { ...file, ...(base && { base }), previousPath };
    });
}

function fileFact(
  file: ChangedFile,
  contents: Contents,
): Omit<FileFact, "addedLines" | "removedLines"> {
  const { path, previousPath } = file;
  const base = file.base ? contentOf(contents, "base", previousPath ?? path) : null;
  const head = file.head ? contentOf(contents, "head", path) : null;
  return {
    path,
    previousPath,
    status: statusOf(file),
    baseMode: file.base?.mode ?? null,
    headMode: file.head?.mode ?? null,
    baseSize: sizeOf(base),
    headSize: sizeOf(head),
    binary: areBinary([base, head].filter((content) => content !== null)),
    owners: null,
    previousOwners: null,
  };
}

function lineCounts(
  lines: readonly LineFact[] | null,
): Pick<FileFact, "addedLines" | "removedLines"> {
  const count = (delta: LineFact["delta"]) =>
    lines && lines.filter((line) => line.delta === delta).length;
  return { addedLines: count("added"), removedLines: count("removed") };
}

function statusOf({ base, head, previousPath }: ChangedFile): FileStatus {
  if (previousPath !== null) return "renamed";
  if (!base) return "added";
  if (!head) return "removed";
  return fileKind(base.mode) === fileKind(head.mode) ? "modified" : "typechanged";
}

function sizeOf(content: Content | null): number | null {
  return content instanceof Uint8Array ? content.length : null;
}

function areBinary(versions: readonly Content[]): boolean | null {
  const gathered = versions.filter((content) => content instanceof Uint8Array);
  if (gathered.some(isBinary)) return true;
  return gathered.length > 0 && gathered.length === versions.length ? false : null;
}
