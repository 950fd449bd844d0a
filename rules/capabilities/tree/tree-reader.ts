import type { Content, Contents, FileVersion, Listing, Side } from "../../change/listing.ts";
import type { Capability } from "../capability.ts";
import { type Way, wayTo } from "../reach.ts";

/** One version of a changed path. */
export interface TreeEntry {
  readonly path: string;
  readonly side: Side;
  readonly version: FileVersion;
  /** A file's bytes, a link's target; unread for a submodule. */
  readonly content: Content;
  /** The file's text; null for what is no file, no UTF-8, binary, or unread. */
  readonly text: string | null;
}

/** The change that an entry stands in. */
export interface TreeChange {
  readonly listing: Listing;
  readonly contents: Contents;
}

/**
 * Reads what ONE version of a changed path grants by what it is, whatever its format. Pure and
 * total: never throws, never loops. `holder` is `file`; `holderContent` the version's own digest,
 * so that a file that is moved as it is grants nothing new.
 */
export interface TreeReader {
  /** Also the name of its file, its test and its section in the docs. */
  readonly name: string;
  /** Each kind it reports, with the kind's levels from weakest to strongest. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  read(entry: TreeEntry, change: TreeChange): readonly Capability[];
}

/** What most tree readers say alike: a path has no lines of its own, and nothing reaches it. */
export function treeCapability(
  { version }: TreeEntry,
  grant: Pick<Capability, "kind" | "name" | "certainty"> &
    Partial<Pick<Capability, "level" | "line" | "endLine" | "context" | "reach" | "holder">>,
): Capability {
  return {
    line: 1,
    context: "",
    reach: [],
    holder: "file",
    holderContent: `${version.mode} ${version.oid}`,
    ...grant,
  };
}

/** The way that only these bytes open: other bytes under the same name are a raise. */
export function contentWay({ version }: TreeEntry): Way {
  return wayTo(`content:${version.oid}`, 1);
}
