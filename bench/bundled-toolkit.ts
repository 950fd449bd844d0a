import { build } from "esbuild";
import { actionBundle } from "../scripts/bundles/bundles.ts";

/** What every Action in JavaScript that uses GitHub's toolkit starts with. */
const SOURCE = `
  import * as core from "@actions/core";
  import * as github from "@actions/github";
  core.info(github.context.eventName + typeof github.getOctokit);
`;

/** Bundles `@actions/core` and `@actions/github` alone into a folder, as the Action is bundled; gives the file. */
export async function bundleToolkit(folder: string): Promise<string> {
  const path = `${folder}/toolkit.mjs`;
  await build({
    ...actionBundle,
    // Whole, as they come.
    plugins: [],
    splitting: false,
    entryPoints: [],
    stdin: { contents: SOURCE, resolveDir: import.meta.dirname },
    outfile: path,
  });
  return path;
}
