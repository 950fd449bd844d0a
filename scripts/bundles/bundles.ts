import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { thisVersion } from "../../maestro/evaluator.ts";
import { nodesOwnHash, withoutAllowLists, withoutUnusedParts } from "./plugins.ts";

const shared = {
  bundle: true,
  splitting: true,
  // All licences stand in a file of their own.
  legalComments: "none",
  platform: "node",
  target: "node24",
  format: "esm",
  // Names stay: a log that tells of a defect has to tell where it is.
  minifyWhitespace: true,
  minifySyntax: true,
  define: { BAILIFF_VERSION: JSON.stringify(thisVersion()) },
  logLevel: "warning",
} as const satisfies BuildOptions;

const shebang = "#!/usr/bin/env node";

/** With the packages inside; those in CommonJS ask for Node's modules by `require`. */
const whole = {
  ...shared,
  // As parts of one scope they start faster than as modules in CommonJS, of which one is no bundler's.
  alias: {
    yaml: fileURLToPath(new URL("../browser/index.js", import.meta.resolve("yaml"))),
    "jsonc-parser": fileURLToPath(import.meta.resolve("jsonc-parser/lib/esm/main.js")),
  },
  plugins: [withoutUnusedParts, withoutAllowLists, nodesOwnHash],
  banner: {
    js: [
      shebang,
      'import { createRequire } from "node:module";',
      "const require = createRequire(import.meta.url);",
    ].join("\n"),
  },
} as const satisfies BuildOptions;

/** Stands beside the parts, of which one starts it by its name. */
const judgingThread = "ledger/verify/judging-thread.ts";

/** The CLI, each command in parts of its own. */
export const cliBundle = {
  ...whole,
  entryPoints: { bailiff: "cli/bailiff.ts", "parts/judging-thread": judgingThread },
  chunkNames: "parts/[name]-[hash]",
} as const satisfies BuildOptions;

/** The Action by itself: a step reads nearly all that it needs as one file. */
export const actionBundle = {
  ...whole,
  entryPoints: { action: "action/main.ts" },
  chunkNames: "action-parts/[name]-[hash]",
} as const satisfies BuildOptions;

/** The App around its packages: Probot's find their own files beside them. */
export const appBundle = {
  ...shared,
  entryPoints: { app: "app/main.ts", "app-parts/judging-thread": judgingThread },
  packages: "external",
  chunkNames: "app-parts/[name]-[hash]",
  banner: { js: shebang },
} as const satisfies BuildOptions;
