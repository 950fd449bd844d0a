import { fill } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const HOOKS = "module.exports = { hooks: {} };\n";

export const npmCodeSamples: FormatSamples = {
  reader: "npm-code",
  files: [
    { path: ".pnpmfile.cjs", text: HOOKS, movedTo: "a/.pnpmfile.cjs" },
    { path: ".yarn/releases/yarn-4.0.0.cjs", text: "1", movedTo: ".yarn/releases/yarn.cjs" },
    { path: ".yarn/plugins/@a/plugin-b.cjs", text: "1", movedTo: ".yarn/plugins/b.cjs" },
  ],
  rewrite: (text) => text,
  gains: [
    {
      what: "pnpm comes to run hooks",
      kind: "npm.program",
      base: {},
      head: { ".pnpmfile.cjs": HOOKS },
    },
  ],
  nothing: [],
  adversaries: [
    { what: "a yarn of very many bytes", path: ".yarn/releases/y.cjs", write: (b) => fill("a", b) },
  ],
};
