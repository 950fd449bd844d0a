import type { FileMode, FileVersion, ListedFile, Listing } from "./listing.ts";
import { compareBytes } from "./path-order.ts";

/** What a mode makes of a path: two versions of different kinds are never one file. */
export type FileKind = "file" | "symlink" | "submodule";

/** The kind of file that a git mode stands for; being executable does not change it. */
export function fileKind(mode: FileMode): FileKind {
  if (mode === "120000") return "symlink";
  return mode === "160000" ? "submodule" : "file";
}

/**
 * The renames of a change: head path → base path.
 *
 * A rename is a path that only the base has and one that only the head has, with the same
 * blob and the same kind: inexact detection can be steered by who writes the change. Pairs
 * are one for one; a path with the same last segment comes first, then the order of bytes.
 */
export function renamedFrom(listing: Listing): ReadonlyMap<string, string> {
  const gone = groupByObject(listing.files.filter((file) => !file.head));
  const renames = new Map<string, string>();
  for (const [object, arrived] of groupByObject(listing.files.filter((file) => !file.base))) {
    pairPaths(gone.get(object) ?? [], arrived, renames);
  }
  return renames;
}

function groupByObject(files: readonly ListedFile[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { path, base, head } of files) {
    const version = base ?? head;
    if (!version) continue;
    const group = groups.get(objectKey(version));
    if (group) group.push(path);
    else groups.set(objectKey(version), [path]);
  }
  for (const paths of groups.values()) paths.sort(compareBytes);
  return groups;
}

function objectKey({ oid, mode }: FileVersion): string {
  return `${fileKind(mode)} ${oid}`;
}

function pairPaths(gone: string[], arrived: string[], renames: Map<string, string>): void {
  const goneByName = Map.groupBy(gone, lastSegment);
  const others: string[] = [];
  for (const path of arrived) {
    const from = goneByName.get(lastSegment(path))?.shift();
    if (from === undefined) others.push(path);
    else renames.set(path, from);
  }
  const left = [...goneByName.values()].flat().sort(compareBytes);
  others.slice(0, left.length).forEach((path, index) => renames.set(path, left[index] ?? path));
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
