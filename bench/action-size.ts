import { build, type Metafile } from "esbuild";
import { actionBundle } from "../scripts/bundles/bundles.ts";
import { loadedWith } from "../scripts/bundles/loaded-with.ts";

const LEAST_SHOWN_BYTES = 10_000;

/** What a step reads before anything of it runs, of which packages and rooms, and what the Action has in all. */
export async function showActionSize(): Promise<void> {
  const { metafile } = await build({
    ...actionBundle,
    outdir: "dist",
    metafile: true,
    write: false,
  });
  const loaded = loadedWith(metafile, actionBundle.entryPoints.action);
  console.log("action: size");
  console.log(`  read at the start  ${kilobytes(sumOf(loaded))}, ${loaded.length} files`);
  console.log(`  in all             ${kilobytes(sumOf(Object.values(metafile.outputs)))}`);
  const shares = sharesOf(loaded).filter(([, bytes]) => bytes >= LEAST_SHOWN_BYTES);
  const shown = shares.map(([name, bytes]) => `${name} ${kilobytes(bytes)}`);
  console.log(`  of the start: ${shown.join(", ")}`);
}

type Output = Metafile["outputs"][string];

function sumOf(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The largest first. */
function sharesOf(outputs: readonly Output[]): [string, number][] {
  const shares = new Map<string, number>();
  for (const { inputs } of outputs) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const owner = ownerOf(path);
      shares.set(owner, (shares.get(owner) ?? 0) + bytesInOutput);
    }
  }
  return [...shares].sort(([, one], [, other]) => other - one);
}

/** `node_modules/@actions/core/lib/core.js` → `@actions/core`, `rules/judge.ts` → `rules/`. */
function ownerOf(path: string): string {
  const [, scoped] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return scoped ?? `${path.slice(0, path.indexOf("/"))}/`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0)} KB`;
}
