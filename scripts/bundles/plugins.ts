import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * `@actions/core` brings an HTTP client and a runner of programs, undici and all, for tokens and
 * platform details that nobody here asks it for: they are left out, and calling them throws.
 */
export const withoutUnusedParts: Plugin = {
  name: "without-unused-parts",
  setup(plugin) {
    plugin.onLoad({ filter: /@actions[/\\]core[/\\]lib[/\\](?:oidc-utils|platform)\.js$/ }, () => ({
      contents: "export const OidcClient = undefined;",
    }));
  },
};

/**
 * `rules/` hashes by a package, as it reaches no module of Node's. A bundle runs on Node, whose own
 * sha256 gives the same digests, and the first of them many times as fast.
 */
export const nodesOwnHash: Plugin = {
  name: "nodes-own-hash",
  setup(plugin) {
    plugin.onLoad({ filter: /@noble[/\\]hashes[/\\]sha2\.js$/ }, () => ({
      contents: `import { hash } from "node:crypto";
        export const sha256 = (bytes) => hash("sha256", bytes, "buffer");`,
    }));
  },
};

/**
 * secretlint's preset brings lodash three times over to let listed values through, and none are
 * listed here: half of it is left out. Throws where it is laid out in another way.
 */
export const withoutAllowLists: Plugin = {
  name: "without-allow-lists",
  setup(plugin) {
    const filter = /secretlint-rule-preset-recommend[/\\]module[/\\]index\.js$/;
    plugin.onLoad({ filter }, async ({ path }) => ({
      contents: withoutMatcher(await readFile(path, "utf8")),
    }));
  },
};

const MATCHER_BEGINS = "var commonjsGlobal =";
const MATCHER_ENDS = "var regexpStringMatcherExports = requireRegexpStringMatcher();";

function withoutMatcher(source: string): string {
  const [imports, matcher] = source.split(MATCHER_BEGINS, 2);
  const [, rules] = (matcher ?? "").split(MATCHER_ENDS, 2);
  if (imports === undefined || rules === undefined)
    throw new Error("secretlint's preset no longer begins with what matches its allow lists");
  return `${imports}const regexpStringMatcherExports = { matchPatterns: () => [] };${rules}`;
}
