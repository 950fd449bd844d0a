import type { Dependency } from "../../dependencies/dependency.ts";
import {
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
} from "../data/data-node.ts";
import { entriesAt, itemsAt } from "../data/values.ts";
import type { Given } from "../forms.ts";
import { firstOfEach } from "../first-of-each.ts";
import { NotUnderstood } from "../not-understood.ts";
import { buildCode } from "./build-code.ts";
import { type NamedIndexes, readConstraint } from "./constraint.ts";
import { readRequirement, type Requirement } from "./requirement.ts";
import { namedIndexes, toolIndexes } from "./tool-indexes.ts";

/** Lists of requirements (PEP 508), and of tools' own. */
const LISTS = [
  ["project", "dependencies"],
  ["build-system", "requires"],
  ["tool", "uv", "dev-dependencies"],
  ["tool", "uv", "constraint-dependencies"],
  ["tool", "uv", "override-dependencies"],
  ["tool", "uv", "build-constraint-dependencies"],
] as const;

/** Tables of such lists, each under a name of its own. */
const TABLES_OF_LISTS = [
  ["project", "optional-dependencies"],
  ["dependency-groups"],
  ["tool", "pdm", "dev-dependencies"],
] as const;

/** Tables of packages, each with what a tool says of it. */
const TABLES = [
  ["tool", "poetry", "dependencies"],
  ["tool", "poetry", "dev-dependencies"],
  ["tool", "pdm", "resolution", "overrides"],
  ["packages"],
  ["dev-packages"],
] as const;

/**
 * `pyproject.toml`, with what uv, Poetry, PDM and Hatch add to it, and `Pipfile` and `uv.toml`.
 *
 * Source: packaging.python.org/en/latest/specifications/pyproject-toml and /dependency-groups.
 */
export function readProject(root: DataMap): Given {
  const indexes = namedIndexes(root);
  const grouped = entriesAt(root, "tool", "poetry", "group");
  const dependencies = [
    ...LISTS.flatMap((keys) => requirementsIn(itemsAt(root, ...keys), nameOf(keys))),
    ...TABLES_OF_LISTS.flatMap((keys) =>
      entriesAt(root, ...keys).flatMap(({ key, value }) =>
        requirementsIn(itemsAt(value), `${nameOf(keys)}.${key.text}`),
      ),
    ),
    ...TABLES.flatMap((keys) => constraintsIn(entriesAt(root, ...keys), nameOf(keys), indexes)),
    ...grouped.flatMap(({ key, value }) =>
      constraintsIn(entriesAt(value, "dependencies"), `tool.poetry.group.${key.text}`, indexes),
    ),
  ];
  return {
    capabilities: [...toolIndexes(root), ...buildCode(root)],
    dependencies: withSources(dependencies, root, indexes),
  };
}

/** `project.dependencies` is what everyone calls the dependencies. */
function nameOf(keys: readonly string[]): string {
  return (keys[0] === "project" ? keys.slice(1) : keys).join(".");
}

/** A table in such a list takes in another group of the same file. */
function requirementsIn(items: readonly DataNode[], group: string): Dependency[] {
  return items.flatMap((item) =>
    item.type === "scalar" ? [{ ...required(item), group, direct: true, line: item.line }] : [],
  );
}

function required(item: DataScalar): Requirement {
  const requirement = readRequirement(item.text);
  if (requirement) return requirement;
  throw new NotUnderstood("requirement", "no requirement", item);
}

function constraintsIn(
  entries: readonly DataEntry[],
  group: string,
  indexes: NamedIndexes,
): Dependency[] {
  return entries
    .filter(({ key }) => key.text.toLowerCase() !== "python")
    .flatMap(({ key, value }) =>
      readConstraint(key.text, value, indexes).map((read) => {
        return { ...read, group, direct: true, line: key.line };
      }),
    );
}

const SOURCES = ["tool", "uv", "sources"];

/** uv takes a package from where its own table says, wherever else the file names it. */
function withSources(
  dependencies: readonly Dependency[],
  root: DataMap,
  indexes: NamedIndexes,
): Dependency[] {
  if (!entryAt(root, SOURCES)) return [...dependencies];
  const sources = constraintsIn(entriesAt(root, ...SOURCES), "tool.uv.sources", indexes);
  const bySource = Map.groupBy(sources, ({ name }) => name);
  const named = new Set(dependencies.map(({ name }) => name));
  const first = new Set(firstOfEach(dependencies, ({ name }) => name));
  return [
    ...dependencies.flatMap((item) => {
      const placed = bySource.get(item.name) ?? [];
      if (placed.length === 0) return [item];
      // All of very many places for each of very many mentions would be more than a file holds.
      const told = first.has(item) ? placed : placed.slice(0, 1);
      return told.map((source) => placedBy(item, source));
    }),
    ...sources.filter(({ name }) => !named.has(name)),
  ];
}

/** An index chosen for a package leaves its versions as they are; a repository or a file decides them. */
function placedBy(item: Dependency, { source, version, range }: Dependency): Dependency {
  if (source.text.startsWith("registry:")) return { ...item, source };
  return { ...item, source, version, ...(range && { range }) };
}
