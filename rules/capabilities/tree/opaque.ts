import { sha256Hex } from "../../canonical.ts";
import { fileKind } from "../../change/renames.ts";
import { extensionOf, hasKnownFormat, isProgramZip, mediaOf, promisesText } from "./extensions.ts";
import type { Use } from "./formats.ts";
import { isGradleWrapper, isPublishedWrapper } from "./published-wrapper.ts";
import { sniff, type Sniffed } from "./sniff.ts";
import { contentWay, treeCapability, type TreeReader } from "./tree-reader.ts";

/**
 * Tells which files hold what nobody can review, by their bytes: programs, archives, data.
 *
 * Images, fonts, recordings and documents under a name that says so are none of it. `disguised` is
 * what promises one thing by its name and is another: a zip named `.yml`, a program named `.png`,
 * an image with an archive behind it, source that holds a NUL, so that no diff shows it. Other bytes
 * of the same format are a raise. A Gradle wrapper as Gradle published it is none of it either.
 */
export const opaque: TreeReader = {
  name: "opaque",
  kinds: { "tree.opaque": ["data", "archive", "executable", "disguised"] },
  read: (entry) => {
    const { path, version, content, text } = entry;
    if (text !== null || fileKind(version.mode) !== "file") return [];
    if (!(content instanceof Uint8Array)) return [];
    if (isGradleWrapper(path) && isPublishedWrapper(sha256Hex(content))) return [];
    const sniffed = sniff(content);
    const level = levelOf(sniffed, path);
    if (level === null) return [];
    return [
      treeCapability(entry, {
        kind: "tree.opaque",
        name: sniffed?.name ?? "unknown",
        level,
        reach: [contentWay(entry)],
        certainty: "exact",
      }),
    ];
  },
};

const SHOWN: ReadonlySet<Use> = new Set<Use>(["image", "font", "recording"]);

type Level = "data" | "archive" | "executable" | "disguised";

function levelOf(sniffed: Sniffed | null, path: string): Level | null {
  const extension = extensionOf(path);
  const promised = mediaOf(extension);
  // One NUL in a comment, and no diff shows a script that runs as before.
  if (sniffed === null && promisesText(path)) return "disguised";
  if (sniffed === null) return hasKnownFormat(extension) ? "disguised" : "data";
  const { name, use } = sniffed;
  if (use === "data") return hasKnownFormat(extension) ? "disguised" : "data";
  // Images under another image's name are common, and all media only show or play something.
  if (promised !== null && (use === promised || SHOWN.has(use))) return null;
  if (promised !== null || promisesText(path)) return "disguised";
  if (use === "executable" || use === "archive") {
    return name === "zip" && isProgramZip(extension) ? "executable" : use;
  }
  return "data";
}
