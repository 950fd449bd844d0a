import { onceForEach } from "../once-for-each.ts";
import { contentOf, type Side } from "../../change/listing.ts";
import { pathText } from "../../change/path-text.ts";
import { readSubmodules, type SubmoduleSection } from "../git-modules/submodules.ts";
import { withoutCredentials } from "../git-modules/url.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import { treeCapability, type TreeChange, type TreeReader } from "./tree-reader.ts";

/**
 * Tells which commits of other repositories stand in the tree (mode 160000), and where
 * `.gitmodules` says that they come from. `undeclared`: nothing there names the path, or more than
 * one section does, or the file was not understood. Another commit of the same place is a raise.
 */
export const submodule: TreeReader = {
  name: "submodule",
  kinds: { "tree.submodule": ["declared", "undeclared"] },
  read: (entry, change) => {
    const { path, side, version } = entry;
    if (version.mode !== "160000") return [];
    const source = declarations(change)[side];
    const url = typeof source === "string" ? null : (source.get(path) ?? null);
    const missing = typeof source === "string" ? source : "no .gitmodules entry";
    return [
      treeCapability(entry, {
        kind: "tree.submodule",
        name: url === null ? missing : printable(withoutCredentials(url)),
        level: url === null ? "undeclared" : "declared",
        reach: [wayTo(`commit:${version.oid}`, 1)],
        certainty: "exact",
      }),
    ];
  },
};

const GIT_MODULES = ".gitmodules";

/** One side's paths → URLs, or why nothing is known of them. */
type Declarations = ReadonlyMap<string, string | null> | string;

const declarations = onceForEach((change: TreeChange) => ({
  base: declaredOn(change, "base"),
  head: declaredOn(change, "head"),
}));

function declaredOn({ listing, contents }: TreeChange, side: Side): Declarations {
  const content = contentOf(contents, side, GIT_MODULES);
  const mode = listing.submodules?.[side]?.mode;
  // git does not read a link in the file's place.
  if (mode === undefined || mode === "120000" || mode === "160000") return new Map();
  if (!(content instanceof Uint8Array)) return "a .gitmodules that was not read";
  try {
    return urlsByPath(readSubmodules(content));
  } catch (error) {
    if (error instanceof NotUnderstood) return "a .gitmodules that was not understood";
    throw error;
  }
}

/** Null where two sections claim a path, or the one that does names no URL. */
function urlsByPath(sections: readonly SubmoduleSection[]): Map<string, string | null> {
  const urls = new Map<string, string | null>();
  for (const { settings } of sections) {
    const path = settings.get("path")?.value;
    if (path === undefined) continue;
    const text = pathText(new TextEncoder().encode(path));
    urls.set(text, urls.has(text) ? null : (settings.get("url")?.value ?? null));
  }
  return urls;
}
