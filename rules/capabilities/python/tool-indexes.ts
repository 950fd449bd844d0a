import type { Capability } from "../capability.ts";
import type { DataMap, DataScalar } from "../data/data-node.ts";
import { mapsAt, scalarAt, scalarsAt, textAt } from "../data/values.ts";
import type { NamedIndexes } from "./constraint.ts";
import { indexGrants, type IndexScope, trustedHost } from "./indexes.ts";

/** Where tools keep lists of indexes, each a table with a `url`. */
const LISTS = [
  ["tool", "uv", "index"],
  ["tool", "poetry", "source"],
  ["tool", "pdm", "source"],
  ["source"],
  ["index"],
] as const;

/** Settings of uv's that name an index in a word, in `pyproject.toml` and in `uv.toml`. */
const UV = [["tool", "uv"], ["tool", "uv", "pip"], [], ["pip"]] as const;

/** The addresses of a file's indexes, by the names that packages ask for them. */
export function namedIndexes(root: DataMap): NamedIndexes {
  const tables = LISTS.flatMap((keys) => mapsAt(root, ...keys));
  return new Map(
    tables.flatMap((table): [string, string][] => {
      const [name, url] = [textAt(table, "name"), textAt(table, "url")];
      return name === undefined || url === undefined ? [] : [[name, url]];
    }),
  );
}

/**
 * The indexes that the settings of uv, Poetry, PDM and Pipenv name.
 *
 * Source: docs.astral.sh/uv/concepts/indexes, python-poetry.org/docs/repositories,
 * pdm-project.org/en/latest/usage/config, pipenv.pypa.io/en/latest/indexes.html.
 */
export function toolIndexes(root: DataMap): Capability[] {
  const listed = LISTS.flatMap((keys) =>
    mapsAt(root, ...keys).flatMap((table) => tableIndex(table, keys.join("."))),
  );
  return [...listed, ...UV.flatMap((keys) => uvIndexes(root, keys))];
}

/** The indexes that `Pipfile.lock` takes packages from: the first one those that name none. */
export function lockedIndexes(root: DataMap): Capability[] {
  return mapsAt(root, "_meta", "sources").flatMap((table) => tableIndex(table, "_meta.sources"));
}

function tableIndex(table: DataMap, holder: string): Capability[] {
  const url = scalarAt(table, "url");
  if (!url) return [];
  return indexGrants({
    ...{ url: url.text, line: url.line, holder, scope: scopeOf(table) },
    isUnverified: textAt(table, "verify_ssl") === "false",
  });
}

function scopeOf(table: DataMap): IndexScope {
  const priority = textAt(table, "priority")?.toLowerCase();
  if (priority === "explicit" || textAt(table, "explicit") === "true") return "named";
  return priority === "default" || textAt(table, "default") === "true" ? "all" : "beside";
}

function uvIndexes(root: DataMap, keys: readonly string[]): Capability[] {
  const holder = keys.join(".") || "uv";
  const named = (key: string, scope: IndexScope): Capability[] =>
    scalarsAt(root, ...keys, key).flatMap(({ text, line }: DataScalar) =>
      indexGrants({ url: text, line, holder, scope }),
    );
  return [
    ...named("index-url", "all"),
    ...named("extra-index-url", "beside"),
    ...named("find-links", "beside"),
    ...["allow-insecure-host", "trusted-host"].flatMap((key) =>
      scalarsAt(root, ...keys, key).map(({ text, line }) => trustedHost(text, { holder, line })),
    ),
  ];
}
