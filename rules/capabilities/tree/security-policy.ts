import { treeCapability, type TreeReader } from "./tree-reader.ts";

const KIND = "project.security-policy";

/**
 * Tells the project's security policy, where GitHub looks for one: a guard. `reporting`: it names a
 * place to report to. Heuristic in that. The file's name is its holder, so that it may move
 * between its places and be edited at once; one under a name in other letters is another one.
 */
export const securityPolicy: TreeReader = {
  name: "security-policy",
  kinds: { [KIND]: ["silent", "reporting"] },
  read: (entry) => {
    const { path, text } = entry;
    if (!PLACE.test(path) || text === null) return [];
    return [
      treeCapability(entry, {
        kind: KIND,
        name: "security policy",
        level: REPORTED_TO.test(text.replace(COMMENT, "")) ? "reporting" : "silent",
        holder: path.slice(path.lastIndexOf("/") + 1),
        certainty: "heuristic",
      }),
    ];
  },
};

/** docs.github.com, "Adding a security policy": the root, `.github` or `docs`. */
const PLACE = /^(?:\.github\/|docs\/)?security\.(?:md|markdown|txt|rst|adoc)$/i;

/** `<!-- … -->`, which GitHub does not show. */
const COMMENT = /<!--.*?(?:-->|$)/gs;

/** An address, or a link. */
const REPORTED_TO = /https?:\/\/|\w@\w|\bsecurity\/advisories\b/;
