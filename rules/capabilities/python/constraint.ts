import { fileAt, localPath, ownRegistry, registryAt } from "../../dependencies/source.ts";
import type { DataMap, DataNode } from "../data/data-node.ts";
import { textAt } from "../data/values.ts";
import { OWN_HOSTS } from "./indexes.ts";
import { packageOf, type Requirement, requirementInGit } from "./requirement.ts";
import { rangeOfSpecifiers } from "./specifiers.ts";

/** The addresses of the indexes that a file names. */
export type NamedIndexes = ReadonlyMap<string, string>;

/**
 * What Poetry, Pipenv, PDM and uv say of one package beside its name: a version, a table with the
 * place that it comes from, or a list of such for different machines.
 *
 * Source: python-poetry.org/docs/dependency-specification, pipenv.pypa.io/en/latest/pipfile.html,
 * docs.astral.sh/uv/concepts/projects/dependencies.
 */
export function readConstraint(
  name: string,
  value: DataNode,
  indexes: NamedIndexes,
): Requirement[] {
  if (value.type === "list")
    return value.items.flatMap((item) => readConstraint(name, item, indexes));
  if (value.type === "scalar") return [fromIndex(name, value.text, undefined)];
  const placed = placedElsewhere(name, value);
  if (placed) return [placed];
  const index = textAt(value, "index") ?? textAt(value, "source");
  return [fromIndex(name, textAt(value, "version") ?? "", index && indexes.get(index))];
}

function fromIndex(name: string, version: string, url: string | undefined): Requirement {
  const text = version.replace(/\s+/g, "");
  const source = url === undefined ? ownRegistry("pypi") : registryAt(url, "pypi", OWN_HOSTS);
  return { ...packageOf(name, text), source, range: rangeOfSpecifiers(version) ?? "open" };
}

const LOCAL = ["path", "file", "editable", "workspace", "directory", "virtual"];

/** null for what comes from an index. */
function placedElsewhere(name: string, table: DataMap): Requirement | null {
  const git = textAt(table, "git");
  if (git !== undefined) {
    const reference = ["rev", "tag", "ref", "branch"].flatMap((key) => textAt(table, key) ?? []);
    const read = requirementInGit(name, git, reference[0] ?? "");
    return textAt(table, "branch") === reference[0] ? { ...read, range: "open" } : read;
  }
  const url = textAt(table, "url") ?? remoteFile(table);
  if (url !== undefined) return { ...packageOf(name, null), source: fileAt(url), range: "open" };
  const path = LOCAL.flatMap((key) => textAt(table, key) ?? []);
  if (path[0] === undefined) return null;
  return { ...packageOf(name, null), source: localPath(path[0]), range: "exact" };
}

/** Pipenv takes an address for a file. */
function remoteFile(table: DataMap): string | undefined {
  const file = textAt(table, "file");
  return file !== undefined && /^https?:/i.test(file) ? file : undefined;
}
