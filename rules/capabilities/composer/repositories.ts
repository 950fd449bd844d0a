import type { Dependency } from "../../dependencies/dependency.ts";
import { sourceGrants } from "../../dependencies/grants.ts";
import {
  type DependencySource,
  fileAt,
  gitAt,
  localPath,
  ownRegistry,
  registryAt,
} from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import type { DataMap, DataNode } from "../data/data-node.ts";
import { listedAt, mapAt, scalarAt, textAt } from "../data/values.ts";
import type { Given } from "../forms.ts";

/** Hosts that serve Packagist. */
const OWN_HOSTS = ["repo.packagist.org", "packagist.org"];

const OF_MACHINE = ["path", "artifact"];

/**
 * The repositories that a project names: a list, or a map whose keys are names. A `package` says
 * itself where its content is.
 *
 * Source: getcomposer.org/doc/05-repositories.md.
 */
export function readRepositories(root: DataMap): Given {
  const byName = mapAt(root, "repositories")?.entries.map(({ value }) => value);
  const all = byName ?? listedAt(root, "repositories");
  const repositories = all.filter((one) => one.type === "map");
  return {
    capabilities: repositories.flatMap(sourcesOf),
    dependencies: repositories.flatMap((repository) =>
      listedAt(repository, "package").flatMap(inlinePackage),
    ),
  };
}

function sourcesOf(repository: DataMap): Capability[] {
  const url = scalarAt(repository, "url");
  const type = (textAt(repository, "type") ?? "").toLowerCase();
  if (!url || OF_MACHINE.includes(type) || /^(?:\.{0,2}\/|~)/.test(url.text)) return [];
  const isRegistry = type === "composer" || type === "pear";
  const source = isRegistry ? registryAt(url.text, "composer", OWN_HOSTS) : gitAt(url.text);
  return sourceGrants({ ecosystem: "composer", source, line: url.line });
}

function inlinePackage(node: DataNode): Dependency[] {
  const name = node.type === "map" ? scalarAt(node, "name") : undefined;
  if (node.type !== "map" || !name) return [];
  const [dist, source] = [scalarAt(node, "dist", "url"), scalarAt(node, "source", "url")];
  const digest = textAt(node, "dist", "shasum") ?? "";
  return [
    {
      ...{ ecosystem: "composer", name: name.text.toLowerCase(), line: name.line },
      ...{ version: textAt(node, "version") ?? null, group: "repositories", direct: false },
      source: inlineSource(dist?.text, source?.text),
      integrity: digest === "" ? [] : [`sha1:${digest.toLowerCase()}`],
    },
  ];
}

function inlineSource(dist: string | undefined, source: string | undefined): DependencySource {
  if (dist !== undefined) return isLocal(dist) ? localPath(dist) : fileAt(dist);
  return source === undefined ? ownRegistry("composer") : gitAt(source);
}

function isLocal(url: string): boolean {
  return !url.includes("://");
}
