import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/**
 * The licences of the packages that bundles hold, one behind the other: each asks to go along with
 * every copy. Throws for a package that has none.
 */
export async function licencesOf(metafiles: readonly Metafile[]): Promise<string> {
  const paths = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const packages = new Map(paths.flatMap((path) => packageOf(path) ?? []));
  const names = [...packages.keys()].sort();
  const texts = names.map(async (name) => {
    const text = await licenceIn(packages.get(name) ?? "");
    return `${name}\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

/** `node_modules/@actions/core/lib/core.js` is of `@actions/core`, which lies in `node_modules/@actions/core`. */
function packageOf(path: string): [[string, string]] | null {
  const [, folder, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path) ?? [];
  return folder === undefined || name === undefined ? null : [[name, folder]];
}

async function licenceIn(folder: string): Promise<string> {
  const name = (await readdir(folder)).find((each) => /^licen[cs]e(?:\.|$)/i.test(each));
  if (name === undefined)
    throw new Error(`${folder} holds no licence: what bundles it may not ship`);
  return readFile(join(folder, name), "utf8");
}
