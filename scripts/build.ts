/** `npm run build [-- DIR]`: bundles the CLI, and the App around its packages, into dist/, with the engine's digest written in. */
import { rm } from "node:fs/promises";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { evaluatorOfCheckout } from "../maestro/evaluator.ts";

const outdir = process.argv[2] ?? "dist";
const shared: BuildOptions = {
  outdir,
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node24",
  format: "esm",
  define: { BAILIFF_EVALUATOR: JSON.stringify(evaluatorOfCheckout()) },
  logLevel: "warning",
};
/** Stands beside the parts, of which one starts it by its name. */
const judgingThread = "ledger/verify/judging-thread.ts";
const shebang = "#!/usr/bin/env node";

/**
 * `@actions/core` brings an HTTP client and a runner of programs, undici and all, for tokens and
 * platform details that nobody here asks it for: they are left out, and calling them throws.
 */
const withoutUnusedParts: Plugin = {
  name: "without-unused-parts",
  setup(plugin) {
    plugin.onLoad({ filter: /@actions[/\\]core[/\\]lib[/\\](?:oidc-utils|platform)\.js$/ }, () => ({
      contents: "export const OidcClient = undefined;",
    }));
  },
};

await rm(outdir, { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: {
    bailiff: "cli/bailiff.ts",
    action: "action/main.ts",
    "parts/judging-thread": judgingThread,
  },
  plugins: [withoutUnusedParts],
  chunkNames: "parts/[name]-[hash]",
  banner: {
    js: [
      shebang,
      'import { createRequire } from "node:module";',
      "const require = createRequire(import.meta.url);",
    ].join("\n"),
  },
});
// Probot's packages find their own files beside them: they stay packages.
await build({
  ...shared,
  entryPoints: { app: "app/main.ts", "app-parts/judging-thread": judgingThread },
  packages: "external",
  chunkNames: "app-parts/[name]-[hash]",
  banner: { js: shebang },
});
console.log(`build: ${outdir}/bailiff.js, ${outdir}/action.js, ${outdir}/app.js`);
