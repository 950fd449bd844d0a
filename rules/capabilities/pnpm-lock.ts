import type { CapabilityReader } from "./capability.ts";
import type { DataEntry, DataNode } from "./data/data-node.ts";
import { entriesAt, textAt } from "./data/values.ts";
import { readYamlLists } from "./data/yaml-lists.ts";
import { claimsNamed, MAX_YAML_LOCK_BYTES } from "./npm/claims.ts";
import { LockedPackages, lockKinds } from "./npm/locked-packages.ts";
import {
  isOfRegistry,
  nameAndVersion,
  type PnpmPackage,
  pnpmPackages,
  shortKey,
} from "./npm/pnpm-packages.ts";
import { mayRename } from "./npm/spec.ts";
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
  const named: Named[] = [];
  const aliased = new Set<string>();
  readYamlLists(content, MAX_YAML_LOCK_BYTES, {
    lists: LISTS,
    take: (list, entry) => {
      if (list === "packages") read.push(...pnpmPackages(entry));
      else if (list === "" && entry.key.text === "catalogs") addAliased(aliased, entry.value);
      else named.push(...namedBy(list, entry));
    },
  });
  for (const { name, version } of named) {
    for (const key of [version, `${name}@${version}`, `${name}/${version}`]) direct.add(key);
  }
  const packages = new LockedPackages();
  for (const { key, other, ...locked } of read) {
    packages.add({ ...locked, direct: direct.has(key) });
    if (other !== null) packages.replace(other, locked.name, locked.line);
  }
  for (const one of named.filter((item) => isReplaced(item, aliased))) {
    packages.replace(one.name, one.version, one.line);
  }
  return packages.reading();
}

/** What an importer names, and which key of the packages it says that is. */
interface Named {
  readonly name: string;
  readonly version: string;
  /** As its manifest has it; "" where the file does not say. */
  readonly specifier: string;
  readonly line: number;
}

/** Whether another package comes than the one that is asked for by this name. */
function isReplaced({ name, version, specifier }: Named, aliased: ReadonlySet<string>): boolean {
  const isAlias = specifier.startsWith("catalog:") ? aliased.has(name) : mayRename(specifier);
  if (specifier === "" || isAlias || !isOfRegistry(version)) return false;
  return nameAndVersion(version).name !== name;
}

/** `catalogs: { default: { a: { specifier: npm:b@^1, version: 1.0.0 } } }` */
function addAliased(aliased: Set<string>, catalogs: DataNode): void {
  for (const { value } of entriesAt(catalogs)) {
    for (const { key, value: entry } of entriesAt(value)) {
      if (mayRename(textAt(entry, "specifier") ?? "")) aliased.add(key.text);
    }
  }
}

const GROUPS = [
  ...["dependencies", "devDependencies", "optionalDependencies"],
  ...["configDependencies", "packageManagerDependencies"],
];

/** What an importer names: the project itself stood at the top before 6. */
function namedBy(list: string, { key, value }: DataEntry): Named[] {
  if (value.type !== "map") return [];
  if (list === "" && GROUPS.includes(key.text)) return namedIn(value.entries);
  if (list !== "importers") return [];
  return GROUPS.flatMap((group) => namedIn(entriesAt(value, group)));
}

/** `a: { specifier: ^1, version: 1.0.0(b@2) }`, `a: 1.0.0`, `alias: other@1.0.0` */
function namedIn(entries: readonly DataEntry[]): Named[] {
  return entries.flatMap(({ key, value }) => {
    if (value.type === "list") return [];
    const written = value.type === "map" ? (textAt(value, "version") ?? "") : value.text;
    const specifier = textAt(value, "specifier") ?? "";
    return [{ name: key.text, version: shortKey(written), specifier, line: key.line }];
  });
}
