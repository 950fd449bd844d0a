/** Bundles the CLI, and the App around its packages, into dist/, with the engine's digest written in. */
import { rm } from "node:fs/promises";
import { build, type BuildOptions } from "esbuild";
import { evaluatorOfCheckout } from "../maestro/evaluator.ts";

const shared: BuildOptions = {
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node24",
  format: "esm",
  define: { BAILIFF_EVALUATOR: JSON.stringify(evaluatorOfCheckout()) },
  logLevel: "warning",
};
const shebang = "#!/usr/bin/env node";

await rm("dist", { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: { bailiff: "cli/bailiff.ts" },
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
  entryPoints: { app: "app/main.ts" },
  packages: "external",
  chunkNames: "app-parts/[name]-[hash]",
  banner: { js: shebang },
});
console.log("build: dist/bailiff.js, dist/app.js");
