import type { Dependency } from "../../dependencies/dependency.ts";
import { type DataEntry, type DataMap, entryOf } from "../data/data-node.ts";
import { entriesAt } from "../data/values.ts";
import { readSpec } from "./spec.ts";

/** The lists of a `package.json` that name packages by a specification. */
export const DEPENDENCY_LISTS = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
] as const;

/** The lists that put another package in the place of one that something else depends on; they nest. */
const OVERRIDES = [["overrides"], ["resolutions"], ["pnpm", "overrides"]] as const;

/** Packages that a package manager loads into itself. */
const CONFIG = [["configDependencies"], ["pnpm", "configDependencies"]] as const;

/** What is added to the packages of others: `{ "a@*": { "dependencies": { "b": "^1" } } }`. */
const EXTENSIONS = [["packageExtensions"], ["pnpm", "packageExtensions"]] as const;

/** Ranges that lists of packages refer to: bun keeps them below `workspaces`. */
const CATALOGS = [["catalog"], ["workspaces", "catalog"]] as const;
const CATALOG_MAPS = [["catalogs"], ["workspaces", "catalogs"]] as const;

/**
 * Every package that a `package.json` names, in each of its lists.
 *
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-json; yarnpkg.com/configuration/manifest;
 * pnpm.io/settings.
 */
export function packageDependencies(root: DataMap): Dependency[] {
  const named = DEPENDENCY_LISTS.flatMap((list) => entriesAt(root, list).flatMap(inGroup(list)));
  const overridden = OVERRIDES.flatMap((keys) =>
    entriesAt(root, ...keys).flatMap((entry) => overridesOf(entry, keys.join("."))),
  );
  return [...named, ...overridden, ...settingsOf(root), ...packageManagerOf(root)];
}

/** Every package that the settings of a package manager name. Source: as of `packageDependencies`. */
export function settingsDependencies(root: DataMap): Dependency[] {
  const overridden = entriesAt(root, "overrides").flatMap((entry) =>
    overridesOf(entry, "overrides"),
  );
  return [...overridden, ...settingsOf(root)];
}

/** What stands in settings, and was in `package.json` before there were any. */
function settingsOf(root: DataMap): Dependency[] {
  const lists = (places: readonly (readonly string[])[]) =>
    places.flatMap((keys) => entriesAt(root, ...keys).flatMap(inGroup(keys.join("."))));
  const mapsOfLists = (places: readonly (readonly string[])[]) =>
    places.flatMap((keys) => entriesAt(root, ...keys).map((entry) => ({ entry, keys })));
  const catalogs = mapsOfLists(CATALOG_MAPS).flatMap(({ entry, keys }) =>
    entriesAt(entry.value).flatMap(inGroup([...keys, entry.key.text].join("."))),
  );
  const extended = mapsOfLists(EXTENSIONS).flatMap(({ entry, keys }) =>
    entriesAt(entry.value)
      .filter(({ key }) => EXTENDED.includes(key.text))
      .flatMap((list) => entriesAt(list.value).flatMap(inGroup(keys.join(".")))),
  );
  return [...lists(CATALOGS), ...lists(CONFIG).map(asConfig), ...catalogs, ...extended];
}

const EXTENDED = ["dependencies", "optionalDependencies"];

/** `1.2.3+sha512-…`: the version and what its content has to be. */
function asConfig(dependency: Dependency): Dependency {
  const [, version = "", digest = ""] =
    /^([^+]*)\+(sha\d+-.+)$/.exec(dependency.version ?? "") ?? [];
  if (digest === "") return { ...dependency, integrity: [] };
  return { ...dependency, version, range: "exact", integrity: [digest] };
}

function inGroup(group: string): (entry: DataEntry) => Dependency[] {
  return ({ key, value }) => {
    if (value.type !== "scalar") return [];
    const { range, ...read } = readSpec(key.text, value.text);
    // Whoever uses the package chooses the version of a peer.
    const chosen = group === "peerDependencies" || range === undefined ? {} : { range };
    return [{ ...read, ...chosen, group, direct: true, line: key.line }];
  };
}

/** `{ "a": "1", "b": { ".": "2", "c": "3" }, "d@^1": "4", "e/f": "5" }` */
function overridesOf({ key, value }: DataEntry, group: string): Dependency[] {
  const name = overriddenName(key.text);
  if (value.type === "list") return [];
  if (value.type === "scalar") {
    // `$name` stands for what the project itself depends on.
    if (value.text.startsWith("$")) return [];
    return [{ ...readSpec(name, value.text), group, direct: false, line: key.line }];
  }
  return value.entries.flatMap((inner) => {
    const itself = inner.key.text === "." ? { ...inner.key, text: key.text } : inner.key;
    return overridesOf({ key: itself, value: inner.value }, group);
  });
}

/** Of `a>b@^1` and `a/b` the package `b`, with its scope. */
function overriddenName(selector: string): string {
  const last = selector.split(">").at(-1) ?? selector;
  const path = last.split("/");
  const scope = path.at(-2)?.startsWith("@") ? `${path.at(-2) ?? ""}/` : "";
  const name = path.at(-1) ?? last;
  return scope + name.replace(/(?<=.)@.*$/, "");
}

// pnpm@9.1.0+sha256.0a1b…
const PACKAGE_MANAGER = /^([a-z]+)@([^+\s]+)(?:\+(\S+))?$/;

function packageManagerOf(root: DataMap): Dependency[] {
  const entry = entryOf(root, "packageManager");
  if (entry?.value.type !== "scalar") return [];
  const [, name, version = "", digest] = PACKAGE_MANAGER.exec(entry.value.text) ?? [];
  if (name === undefined) return [];
  const read = readSpec(name, version);
  const integrity = digest === undefined ? [] : [digest];
  return [{ ...read, group: "packageManager", direct: true, integrity, line: entry.key.line }];
}
