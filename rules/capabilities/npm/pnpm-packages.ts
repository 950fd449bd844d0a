import type { DataEntry, DataMap } from "../data/data-node.ts";
import { mapAt, textAt, valueAt } from "../data/values.ts";
import { digestsOf, scriptIn } from "./text-at.ts";
import type { LockedPackage } from "./locked-packages.ts";

/** One package of a `pnpm-lock.yaml`; `key` is what the importers name it by. */
export interface PnpmPackage extends Omit<LockedPackage, "direct"> {
  readonly key: string;
  /** The package that its key stands for, where that is another one; null where it is this one. */
  readonly other: string | null;
}

/**
 * What an entry of `packages` stands for, in every version of the format: several where it holds
 * another file for each platform.
 */
export function pnpmPackages({ key, value }: DataEntry): PnpmPackage[] {
  if (value.type !== "map") return [];
  const short = shortKey(key.text);
  const named = nameAndVersion(short);
  const name = textAt(value, "name") || named.name;
  const isOther = isOfRegistry(short) && name !== named.name;
  const read = {
    ...{ key: short, other: isOther ? named.name : null, name },
    version: textAt(value, "version") || named.version || null,
    line: key.line,
  };
  const resolution = mapAt(value, "resolution");
  const script = scriptIn(value, "requiresBuild");
  return resolution
    ? resolutionsOf(resolution).map((one) => ({
        ...read,
        ...contentOf(one, named.version),
        lines: { source: one.line, integrity: one.line, ...script },
      }))
    : [{ ...read, ...contentOf(null, named.version), lines: script }];
}

/** `{ type: variations, variants: [{ resolution: … }] }` */
function resolutionsOf(resolution: DataMap): DataMap[] {
  const variants = valueAt(resolution, "variants");
  if (variants?.type !== "list") return [resolution];
  return variants.items.flatMap((variant) => mapAt(variant, "resolution") ?? []);
}

function contentOf(
  resolution: DataMap | null,
  version: string,
): Pick<LockedPackage, "resolved" | "integrity"> {
  const address = version.includes(":") ? version : "";
  if (!resolution) return { resolved: address, integrity: [] };
  const text = (name: string): string => textAt(resolution, name) ?? "";
  const integrity = digestsOf(text("integrity"));
  const directory = text("directory");
  if (directory !== "") return { resolved: `file:${directory}`, integrity };
  const repository = text("repo");
  if (repository !== "") return { resolved: asGit(repository), integrity };
  const resolved = text("tarball") || text("url") || registryUrl(text("registry")) || address;
  return { resolved, integrity };
}

/** `type: git` says that it is one; the address alone may not. */
function asGit(url: string): string {
  return /^https?:/i.test(url) ? `git+${url}` : url;
}

/** Of a registry that is named for one package only the host counts. */
function registryUrl(registry: string): string {
  return registry === "" ? "" : `${registry.replace(/\/$/, "")}/-/`;
}

/** `/@a/b@1.0.0(c@2)`, `/@a/b/1.0.0_c@2` and `@a/b@1.0.0` without what they were chosen beside. */
export function shortKey(key: string): string {
  return key.replace(/^\/(?=.)/, "").replace(/\(.*$/s, "");
}

// a@1.0.0, @a/b@https://…; before 6 a/1.0.0, @a/b/1.0.0_c@2
const NAMED = /^((?:@[^/@]+\/)?[^/@]+)(?:@(.+)|\/([^/_]+)(?:[_/].*)?)$/s;

/** Whether a key is a name and a version; else it is an address, or has a registry before them. */
export function isOfRegistry(key: string): boolean {
  return /^(?:@[^/@]+\/)?[^/@]+[@/]\d[^:]*$/.test(key);
}

export function nameAndVersion(key: string): { readonly name: string; readonly version: string } {
  const [, name = key, version, older = ""] = NAMED.exec(key) ?? [];
  return { name, version: version ?? older };
}
