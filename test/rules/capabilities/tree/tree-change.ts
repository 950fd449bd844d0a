/** Changes of whole paths for tests: links, submodules and modes besides text. */
import { createHash } from "node:crypto";
import { diffCapabilities } from "../../../../rules/capabilities/differ.ts";
import { readTree } from "../../../../rules/capabilities/tree/read-tree.ts";
import {
  contentKey,
  type Content,
  type Contents,
  type FileVersion,
  type ListedFile,
  type Listing,
  type Unread,
} from "../../../../rules/change/listing.ts";
import type { CapabilityFact } from "../../../../rules/facts/facts.ts";
import { listingOf } from "../changes.ts";

/** What stands at a path: text or bytes of a plain file, or anything else. */
export type At =
  | string
  | Uint8Array
  | { readonly link: string | Uint8Array }
  | { readonly executable: string | Uint8Array }
  | { readonly submodule: string }
  | { readonly unread: Unread };

export type Paths = Readonly<Record<string, At>>;

/** More about changed paths than both sides tell. */
export type More = Readonly<Record<string, Partial<ListedFile>>>;

/** The facts of one kind that a change of paths gives, as `added name -→level`. */
export function factsOf(kind: string, base: Paths, head: Paths, more: More = {}): string[] {
  return factListOf(kind, base, head, more).map(
    ({ delta, name, before, after }) => `${delta} ${name} ${before ?? "-"}→${after ?? "-"}`,
  );
}

export function factListOf(
  kind: string,
  base: Paths,
  head: Paths,
  more: More = {},
): CapabilityFact[] {
  const { listing, contents } = changeOfPaths(base, head, more);
  const facts = diffCapabilities({
    ...readTree(listing, contents),
    listing,
    repository: { defaultTokenPermissions: "unknown" },
  });
  return facts.filter((fact) => fact.kind === kind);
}

/** Lists and gathers as `git/` does: equal paths are left out, `.gitmodules` is told besides. */
export function changeOfPaths(
  base: Paths,
  head: Paths,
  more: More = {},
): { listing: Listing; contents: Contents } {
  const contents = new Map<string, Content>();
  const all = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort().map((path) => {
    const versions: { base?: FileVersion; head?: FileVersion } = {};
    for (const [side, paths] of [["base", base] as const, ["head", head] as const]) {
      const at = paths[path];
      if (at === undefined) continue;
      const { mode, content } = versionOf(at);
      contents.set(contentKey(side, path), content);
      versions[side] = { mode, oid: oidOf(at, content) };
    }
    return { path, ...versions, ...more[path] };
  });
  const files = all.filter(
    (file) => file.base?.oid !== file.head?.oid || file.base?.mode !== file.head?.mode,
  );
  const submodules = all.find(({ path }) => path === ".gitmodules");
  return { listing: { ...listingOf(files), ...(submodules && { submodules }) }, contents };
}

function versionOf(at: At): { mode: FileVersion["mode"]; content: Content } {
  if (typeof at === "string" || at instanceof Uint8Array)
    return { mode: "100644", content: bytes(at) };
  if ("link" in at) return { mode: "120000", content: bytes(at.link) };
  if ("executable" in at) return { mode: "100755", content: bytes(at.executable) };
  if ("submodule" in at) return { mode: "160000", content: { unread: "not-a-file" } };
  return { mode: "100644", content: at };
}

function oidOf(at: At, content: Content): string {
  if (typeof at === "object" && "submodule" in at) return at.submodule;
  const hashed = content instanceof Uint8Array ? content : JSON.stringify(content);
  return createHash("sha1").update(hashed).digest("hex");
}

/** Text as UTF-8; bytes as they are. */
function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** Bytes from one character each. */
export function raw(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
