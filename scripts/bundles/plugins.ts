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
