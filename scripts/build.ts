/** `npm run build [-- DIR]`: bundles the CLI, the Action and the App into dist/, with the licences of what they hold. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { actionBundle, appBundle, cliBundle } from "./bundles/bundles.ts";
import { licencesOf } from "./bundles/licences.ts";

const outdir = process.argv[2] ?? "dist";

await rm(outdir, { recursive: true, force: true });
const bundles = [cliBundle, actionBundle, appBundle];
const built = await Promise.all(
  bundles.map((bundle) => build({ ...bundle, outdir, metafile: true })),
);
const licences = await licencesOf(built.map(({ metafile }) => metafile));
await writeFile(join(outdir, "licences.txt"), licences);
console.log(`build: ${outdir}/bailiff.js, ${outdir}/action.js, ${outdir}/app.js`);
