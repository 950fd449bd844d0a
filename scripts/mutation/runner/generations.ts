import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const VITEST = new URL("vitest.ts", import.meta.url).href;

/** Imports modules of a folder, each time as if they had never been imported before. */
export interface Generations {
  /** The next imports get modules that nobody has used. */
  next(): void;
  import(path: string): Promise<unknown>;
}

/**
 * Node keeps every module that it has imported under its URL: another query, another module.
 *
 * `vitest` is the one of this folder for whatever lies in `root`; packages are shared by all
 * generations.
 */
export function openGenerations(root: string): Generations {
  const folder = `${pathToFileURL(root).href}/`;
  const sources = new Map<string, string>();
  let generation = 0;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const isOurs = context.parentURL?.startsWith(folder) === true;
      if (isOurs && specifier === "vitest") return { url: VITEST, shortCircuit: true };
      const resolved = nextResolve(specifier, context);
      if (!isSource(resolved.url)) return resolved;
      return { ...resolved, url: `${resolved.url}?generation=${generation}` };
    },
    load(url, context, nextLoad) {
      const [file = "", query] = url.split("?");
      if (query === undefined || !isSource(file)) return nextLoad(url, context);
      return { format: "module", source: sourceOf(file), shortCircuit: true };
    },
  });
  return {
    next: () => {
      generation += 1;
    },
    import: (path) => import(pathToFileURL(join(root, path)).href),
  };

  function isSource(url: string): boolean {
    return url.startsWith(folder) && url.endsWith(".ts") && !url.includes("/node_modules/");
  }

  function sourceOf(url: string): string {
    const known = sources.get(url);
    if (known !== undefined) return known;
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8"));
    sources.set(url, source);
    return source;
  }
}
