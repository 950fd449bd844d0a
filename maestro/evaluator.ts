import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Who judged: recorded with every verdict, so that it can be re-performed by the same engine. */
export interface Evaluator {
  readonly id: "bailiff";
  readonly version: string;
  /** sha256 (hex) of what runs: `bundleDigest` where it was built, else `checkoutDigest`. */
  readonly digest: string;
}

/** Written in by `npm run build`; absent when the sources run as they are. */
declare const BAILIFF_VERSION: string | undefined;

/** The version of this engine. */
export function thisVersion(): string {
  if (typeof BAILIFF_VERSION !== "undefined") return BAILIFF_VERSION;
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** This engine as records name it. Reads all that runs: ask for it once, and only to record. */
export function thisEvaluator(): Evaluator {
  const isBuilt = typeof BAILIFF_VERSION !== "undefined";
  const digest = isBuilt ? bundleDigest(bundleFolder()) : checkoutDigest();
  return { id: "bailiff", version: thisVersion(), digest };
}

/**
 * The digest of a bundle: one for the CLI, the Action and the App of a release. In its `dist/`
 * anybody gets the same by
 *
 *     find . -type f -name '*.js' | LC_ALL=C sort | xargs sha256sum | sha256sum
 */
export function bundleDigest(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, "/"))
    .sort();
  return sha256(paths.map((path) => `${fileDigest(join(folder, path))}  ./${path}\n`).join(""));
}

/** A part lies in a folder of its bundle, which is the folder that holds the CLI's entry. */
function bundleFolder(): string {
  const here = new URL("./", import.meta.url);
  const isBundle = existsSync(new URL("bailiff.js", here));
  return fileURLToPath(isBundle ? here : new URL("../", here));
}

/** The digest of a checkout: its sources of `rules/` and the lock file, which decide a verdict. */
function checkoutDigest(): string {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const sources = readdirSync(join(root, "rules"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `rules/${name.replaceAll(sep, "/")}`);
  const paths = ["package-lock.json", ...sources.sort()];
  return sha256(paths.map((path) => `${fileDigest(join(root, path))} ${path}\n`).join(""));
}

function fileDigest(path: string): string {
  return sha256(readFileSync(path));
}

function sha256(data: Uint8Array | string): string {
  return hash("sha256", data, "hex");
}
