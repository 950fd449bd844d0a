import {
  type Content,
  contentKey,
  type FileVersion,
  type ListedFile,
  type Listing,
} from "../change/listing.ts";
import { compareBytes } from "../change/path-order.ts";
import { diffDependencies } from "../dependencies/differ.ts";
import type { DependencyFact } from "../facts/facts.ts";
import { grantedBy } from "./levels.ts";
import { type LocatedCapability, readCapabilities } from "./read-change.ts";
import { claimsOn } from "./readers.ts";

/** One version of one file, as a tree holds it. `path` is printable; see `ListedFile`. */
export interface SingleFile {
  readonly path: string;
  readonly version: FileVersion;
  readonly content: Content;
}

/** What one file grants. */
export interface FileGrants {
  readonly path: string;
  /** The readers that claim the path. */
  readonly readers: readonly string[];
  /** Why and where (1-based) the file was not understood; null where it was, or nobody claims it. */
  readonly refused: { readonly why: string; readonly line: number | null } | null;
  /** Sorted by line, kind, name and holder. */
  readonly capabilities: readonly LocatedCapability[];
  /** What it takes in from elsewhere, sorted by line. */
  readonly dependencies: readonly DependencyFact[];
}

/**
 * Reads what one file grants, as a change that adds it alone would be read. Pure and total.
 *
 * A level that the repository's settings decide is kept as the reader gives it; what grants
 * nothing, whatever they are, is left out.
 */
export function readFileGrants({ path, version, content }: SingleFile): FileGrants {
  const listing = listingOfFile(path, version);
  const contents = new Map([[contentKey("head", path), content]]);
  const { head, dependencies, completeness } = readCapabilities(listing, contents);
  const [refused = null] = completeness.unread;
  return {
    path,
    readers: claimsOn(path).map(({ reader }) => reader.name),
    refused: refused && { why: refused.why, line: refused.line },
    capabilities: head.filter(canGrant).sort(compareCapabilities),
    dependencies: diffDependencies({ ...dependencies, listing }),
  };
}

/** A change that adds one file to nothing. */
export function listingOfFile(path: string, version: FileVersion): Listing {
  return listingOfFiles([{ path, head: version }]);
}

/** A change of these files between commits that do not matter. */
export function listingOfFiles(files: readonly ListedFile[]): Listing {
  const none = "0".repeat(40);
  return {
    base: none,
    head: none,
    mergeBase: none,
    baseTree: none,
    headTree: none,
    mergeTree: null,
    files,
  };
}

function canGrant(capability: LocatedCapability): boolean {
  return grantedBy(capability, "head", { defaultTokenPermissions: "unknown" }) !== null;
}

function compareCapabilities(left: LocatedCapability, right: LocatedCapability): number {
  return (
    left.line - right.line ||
    compareBytes(left.kind, right.kind) ||
    compareBytes(left.name, right.name) ||
    compareBytes(left.holder, right.holder)
  );
}
