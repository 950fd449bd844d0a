import {
  type Content,
  contentKey,
  contentOf,
  type Contents,
  type ListedFile,
  type Listing,
  type Side,
  SIDES,
  type Wanted,
} from "../../change/listing.ts";
import { fileKind } from "../../change/renames.ts";
import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { wayTo } from "../reach.ts";
import { entryText } from "./entry-text.ts";
import { isProse } from "./prose-paths.ts";
import { treeReaders } from "./tree-readers.ts";
import type { TreeChange, TreeEntry } from "./tree-reader.ts";

/** The largest version that is read, in bytes; a larger one is told as unread. */
const MAX_BYTES = 4 * 1024 * 1024;

/** All that the versions of one change may hold together; one small blob can stand at very many paths. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;

/** All that one side's paths may grant of one sort. */
const MAX_OF_A_SORT = 2_000;

/** What a path grants by what it is, and the path. */
interface PathCapability extends Capability {
  readonly path: string;
}

/**
 * The contents that reading the tree needs: every changed version but submodules, and what names
 * those, the owners and the policies.
 */
export function treeVersions({ files, submodules, owners, candidate }: Listing): Wanted[] {
  const listed = new Set(files.map(({ path }) => path));
  const named = [...(submodules ? [submodules] : []), ...(owners?.files ?? [])];
  const besides = [...named, ...(candidate ?? [])];
  const wanted = [...files, ...besides.filter(({ path }) => !listed.has(path))];
  return wanted.flatMap((file) =>
    SIDES.filter(
      (side) => file[side] !== undefined && fileKind(file[side].mode) !== "submodule",
    ).map((side): Wanted => ({ path: file.path, side, maxBytes: MAX_BYTES })),
  );
}

/**
 * What the changed paths grant by what they are, on each side.
 *
 * Versions are read in the order of the listing, base before head, until they hold too much
 * together; what goes over that is unread. Once a side's paths grant too much of one sort, what
 * they grant of it besides is one capability together: a strong one is not lost behind ten thousand
 * weak. What the base has changed since counts as it will land: it vouches for nothing at another
 * path, else what the base took back would come in as a mere move.
 */
export function readTree(
  listing: Listing,
  contents: Contents,
): Readonly<Record<Side, PathCapability[]>> {
  const change = { listing, contents };
  const over = overBudget(listing, contents);
  return { base: readSide("base", change, over), head: readSide("head", change, over) };
}

function readSide(side: Side, change: TreeChange, over: ReadonlySet<string>): PathCapability[] {
  const { listing, contents } = change;
  const granted = new SortedGrants();
  for (const file of listing.files) {
    if (landsNothing(file)) continue;
    const isOver = over.has(contentKey(side, file.path));
    const entry = entryOf(file, side, isOver ? OVER : contentOf(contents, side, file.path));
    if (!entry) continue;
    const held = file.baseTip === undefined ? {} : { holderContent: file.path };
    for (const item of treeReaders.flatMap((reader) => reader.read(entry, change))) {
      granted.add({ ...item, path: file.path, ...held });
    }
  }
  return granted.all();
}

const OVER: Content = { unread: "too-large" };

function overBudget({ files }: Listing, contents: Contents): ReadonlySet<string> {
  const over = new Set<string>();
  let left = MAX_TOTAL_BYTES;
  for (const { path } of files) {
    for (const side of SIDES) {
      const content = contentOf(contents, side, path);
      const bytes = content instanceof Uint8Array ? content.length : 0;
      if (bytes > left) over.add(contentKey(side, path));
      else left -= bytes;
    }
  }
  return over;
}

/** The base has the head's version already, or what the head takes away is not what the base has. */
function landsNothing({ head, baseTip }: ListedFile): boolean {
  if (baseTip === undefined) return false;
  return head === undefined || (baseTip?.oid === head.oid && baseTip.mode === head.mode);
}

function entryOf(
  { path, ...versions }: ListedFile,
  side: Side,
  content: Content,
): TreeEntry | null {
  const version = versions[side];
  if (!version) return null;
  const text = fileKind(version.mode) === "file" ? entryText(content) : null;
  return { path, side, version, content, text };
}

/** Keeps capabilities in their order, and of each sort as many as may be. */
class SortedGrants {
  readonly #kept: PathCapability[] = [];
  readonly #sorts = new Map<string, { kept: number; readonly more: PathCapability[] }>();

  add(item: PathCapability): void {
    const key = sortOf(item);
    const sort = this.#sorts.get(key) ?? { kept: 0, more: [] };
    this.#sorts.set(key, sort);
    if (sort.kept === MAX_OF_A_SORT) {
      sort.more.push(item);
    } else {
      sort.kept += 1;
      this.#kept.push(item);
    }
  }

  all(): PathCapability[] {
    return [...this.#kept, ...[...this.#sorts.values()].flatMap(({ more }) => together(more))];
  }
}

/** What policies tell apart by more than a path: the four names of `tree.path`, and prose. */
function sortOf({ kind, level, name, path }: PathCapability): string {
  return [kind, level, kind === "tree.path" && name, isProse(path)].join();
}

function together(more: readonly PathCapability[]): PathCapability[] {
  const [first] = more;
  if (!first) return [];
  const texts = more.map(({ path, name, holderContent }) => `${holderContent} ${name} ${path}`);
  return [
    {
      ...first,
      ...(first.kind !== "tree.path" && { name: "and more" }),
      context: `${more.length} of this kind`,
      reach: [wayTo(`content:${contentDigest(...texts)}`, 1)],
    },
  ];
}
