import { createHash } from "node:crypto";
import { listingOfFiles as listingOf } from "../../../rules/capabilities/read-file.ts";
import { diffCapabilities } from "../../../rules/capabilities/differ.ts";
import { type ChangeReading, readCapabilities } from "../../../rules/capabilities/read-change.ts";
import { OWNERS_PLACES } from "../../../rules/change/owners-places.ts";
import {
  contentKey,
  type Contents,
  type FileVersion,
  type ListedFile,
  type Listing,
  type OwnersListing,
} from "../../../rules/change/listing.ts";
import type { CapabilityFact, DefaultTokenPermissions } from "../../../rules/facts/facts.ts";

export { listingOf };

/** A tree as tests write it: path → text or bytes. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/**
 * A change between two trees as `git/` would list and gather it: equal files are left out, and the
 * owners are told besides.
 */
export function changeOf(base: Tree, head: Tree): { listing: Listing; contents: Contents } {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])];
  const contents = new Map<string, Uint8Array>();
  const all = paths.map((path) => {
    const sides = { base: base[path], head: head[path] };
    const versions: { base?: FileVersion; head?: FileVersion } = {};
    for (const side of ["base", "head"] as const) {
      const content = sides[side];
      if (content === undefined) continue;
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      contents.set(contentKey(side, path), bytes);
      versions[side] = { oid: createHash("sha1").update(bytes).digest("hex"), mode: "100644" };
    }
    return { path, ...versions };
  });
  const files = all.filter((file) => file.base?.oid !== file.head?.oid);
  const owners = ownersOf(all, files, Object.keys(head));
  return { listing: { ...listingOf(files), ...(owners && { owners }) }, contents };
}

function ownersOf(
  all: readonly ListedFile[],
  changed: readonly ListedFile[],
  headPaths: readonly string[],
): OwnersListing | null {
  if (!changed.some(({ path }) => OWNERS_PLACES.includes(path))) return null;
  const files = OWNERS_PLACES.flatMap((place) => all.filter(({ path }) => path === place));
  return { files, headPaths };
}

export function readingOf(base: Tree, head: Tree): ChangeReading {
  const { listing, contents } = changeOf(base, head);
  return readCapabilities(listing, contents);
}

/** The capability facts of a change between two trees. */
export function diffOf(
  base: Tree,
  head: Tree,
  defaultTokenPermissions: DefaultTokenPermissions = "unknown",
): CapabilityFact[] {
  const { listing, contents } = changeOf(base, head);
  const sides = readCapabilities(listing, contents);
  return diffCapabilities({ ...sides, listing, repository: { defaultTokenPermissions } });
}

/** A fact in one line: `added jobs.a contents null→write a.yml:4`. */
export function shown(fact: CapabilityFact): string {
  const { delta, holder, name, before, after, path, line } = fact;
  return `${delta} ${holder} ${name} ${before ?? "-"}→${after ?? "-"} ${path.split("/").at(-1) ?? ""}:${line}`;
}
