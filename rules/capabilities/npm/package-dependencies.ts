import type { Dependency } from "../../dependencies/dependency.ts";
import { distinctDependencies } from "../../dependencies/distinct.ts";
import { type DataEntry, type DataMap, entryOf } from "../data/data-node.ts";
import { entriesAt, listedAt, textAt } from "../data/values.ts";
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
 * Every package that a `package.json` names, in each of its lists, once for each specification there.
 *
 * Throws `NotUnderstood` for more of them than a change may grant.
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-json; yarnpkg.com/configuration/manifest;
 * pnpm.io/settings.
 */
export function packageDependencies(root: DataMap): readonly Dependency[] {
  const named = DEPENDENCY_LISTS.flatMap((list) => entriesAt(root, list).flatMap(inGroup(list)));
  const overridden = OVERRIDES.flatMap((keys) => overridesAt(root, keys));
  return distinctDependencies([
    ...[...named, ...overridden],
    ...[...settingsOf(root), ...packageManagerOf(root), ...enginesOf(root)],
  ]);
}

/** Every package that the settings of a package manager name, as `packageDependencies` gives them. */
export function settingsDependencies(root: DataMap): readonly Dependency[] {
  return distinctDependencies([...overridesAt(root, ["overrides"]), ...settingsOf(root)]);
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
function overridesAt(root: DataMap, keys: readonly string[]): Dependency[] {
  const group = keys.join(".");
  return [...overridesIn(entriesAt(root, ...keys))].map(({ selector, text, line }) => {
    const name = overriddenName(selector);
    return { ...readSpec(name, text), group, direct: false, line };
  });
}

interface Override {
  readonly selector: string;
  readonly text: string;
  readonly line: number;
}

/** `self` is what `.` stands for. */
function* overridesIn(entries: readonly DataEntry[], self = "."): Generator<Override> {
  for (const { key, value } of entries) {
    const selector = key.text === "." ? self : key.text;
    if (value.type === "map") yield* overridesIn(value.entries, selector);
    // `$name` stands for what the project itself depends on, `-` for nothing.
    else if (value.type === "scalar" && !/^(?:\$|-$)/.test(value.text)) {
      yield { selector, text: value.text, line: key.line };
    }
  }
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

/** `devEngines: { packageManager: { name: pnpm, version: ^10, onFail: download } }`, or a list of such. */
function enginesOf(root: DataMap): Dependency[] {
  return ["packageManager", "runtime"].flatMap((kind) => {
    const group = `devEngines.${kind}`;
    return listedAt(root, "devEngines", kind).flatMap((engine): Dependency[] => {
      const [name, onFail] = [textAt(engine, "name"), textAt(engine, "onFail")];
      if (name === undefined || onFail !== "download") return [];
      const read = readSpec(name, textAt(engine, "version") ?? "*");
      return [{ ...read, group, direct: true, line: engine.line }];
    });
  });
}
