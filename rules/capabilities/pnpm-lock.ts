import type { CapabilityReader } from "./capability.ts";
import type { DataEntry } from "./data/data-node.ts";
import { entriesAt, textAt } from "./data/values.ts";
import { readYamlLists } from "./data/yaml-lists.ts";
import { claimsNamed, MAX_YAML_LOCK_BYTES } from "./npm/claims.ts";
import { LockedPackages, lockKinds } from "./npm/locked-packages.ts";
import { type PnpmPackage, pnpmPackages, shortKey } from "./npm/pnpm-packages.ts";
import { understandAll } from "./not-understood.ts";

/**
 * Reads `pnpm-lock.yaml`, from version 5 on; with the tools of the project itself, which newer
 * ones keep in a document of its own before the others.
 *
 * Source: github.com/pnpm/spec/tree/master/lockfile.
 */
export const pnpmLock: CapabilityReader = {
  name: "pnpm-lock",
  kinds: lockKinds,
  maxBytes: MAX_YAML_LOCK_BYTES,
  claims: claimsNamed(["pnpm-lock.yaml"]),
  read: (_path, content) => understandAll(() => readLock(content)),
};

/** Lists that grow with the project. */
const LISTS = ["importers", "packages", "snapshots"];

function readLock(content: Uint8Array) {
  const direct = new Set<string>();
  const read: PnpmPackage[] = [];
  readYamlLists(content, MAX_YAML_LOCK_BYTES, {
    lists: LISTS,
    take: (list, entry) => {
      if (list === "packages") read.push(...pnpmPackages(entry));
      else for (const key of namedBy(list, entry)) direct.add(key);
    },
  });
  const packages = new LockedPackages();
  for (const { key, ...locked } of read) packages.add({ ...locked, direct: direct.has(key) });
  return packages.reading();
}

const GROUPS = [
  ...["dependencies", "devDependencies", "optionalDependencies"],
  ...["configDependencies", "packageManagerDependencies"],
];

/** The keys of the packages that an importer names: the project itself stood at the top before 6. */
function namedBy(list: string, { key, value }: DataEntry): string[] {
  if (value.type !== "map") return [];
  if (list === "" && GROUPS.includes(key.text)) return keysIn(value.entries);
  if (list !== "importers") return [];
  return GROUPS.flatMap((group) => keysIn(entriesAt(value, group)));
}

/** `a: { specifier: ^1, version: 1.0.0(b@2) }`, `a: 1.0.0`, `alias: other@1.0.0` */
function keysIn(entries: readonly DataEntry[]): string[] {
  return entries.flatMap(({ key, value }) => {
    if (value.type === "list") return [];
    const version = shortKey(value.type === "map" ? (textAt(value, "version") ?? "") : value.text);
    return [version, `${key.text}@${version}`, `${key.text}/${version}`];
  });
}
