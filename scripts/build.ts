/** Bundles the CLI into dist/, with the engine's digest written in. */
import { rm } from "node:fs/promises";
import { build } from "esbuild";
import { evaluatorOfCheckout } from "../maestro/evaluator.ts";

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: { bailiff: "cli/bailiff.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  chunkNames: "parts/[name]-[hash]",
  platform: "node",
  target: "node24",
  format: "esm",
  banner: {
    js: [
      "#!/usr/bin/env node",
      'import { createRequire } from "node:module";',
      "const require = createRequire(import.meta.url);",
    ].join("\n"),
  },
  define: { BAILIFF_EVALUATOR: JSON.stringify(evaluatorOfCheckout()) },
  logLevel: "warning",
});
console.log("build: dist/bailiff.js");
