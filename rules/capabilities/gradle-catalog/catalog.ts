import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import { type DataEntry, type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { entriesAt, textAt } from "../data/values.ts";
import type { Given } from "../forms.ts";
import { rangeOfVersion, widestRange } from "../maven/version.ts";

/**
 * Reads a catalog of versions: the libraries and plugins that build scripts may use by a short name.
 *
 * Source: docs.gradle.org/current/userguide/version_catalogs.html#sec:version-catalog-declaration.
 */
export function readCatalog(root: DataMap): Given {
  const versions = new Map(
    entriesAt(root, "versions").map(({ key, value }) => [key.text, versionOf(value)]),
  );
  const libraries = entriesAt(root, "libraries").flatMap((entry) =>
    dependencyOf(entry, "libraries", versions),
  );
  const plugins = entriesAt(root, "plugins").flatMap((entry) =>
    dependencyOf(entry, "plugins", versions),
  );
  return { dependencies: [...libraries, ...plugins] };
}

type Group = "libraries" | "plugins";

interface Version {
  readonly text: string;
  readonly range: VersionRange;
  readonly line: number;
}

type Versions = ReadonlyMap<string, Version>;

function dependencyOf({ key, value }: DataEntry, group: Group, versions: Versions): Dependency[] {
  const { name, version } =
    value.type === "scalar" ? inShort(value.text, value.line, group) : inFull(value, versions);
  if (name === "") return [];
  return [
    {
      ...{ ecosystem: "maven", group, direct: true, source: ownRegistry("maven"), line: key.line },
      // Plugins are found by an artifact of this name.
      name: group === "plugins" ? `${name}:${name}.gradle.plugin` : name,
      version: version?.text ?? null,
      ...(version && { range: version.range, versionLine: version.line }),
    },
  ];
}

interface Named {
  readonly name: string;
  readonly version: Version | undefined;
}

/** `group:name:version`, of a plugin `id:version` */
function inShort(text: string, line: number, group: Group): Named {
  const parts = text.split(":");
  const names = group === "plugins" ? 1 : 2;
  const version = parts.slice(names).join(":");
  return {
    name: parts.slice(0, names).join(":"),
    version: version === "" ? undefined : { text: version, range: rangeOfRich(version), line },
  };
}

/** `{ module = "group:name", … }`, `{ group = "…", name = "…", … }`, `{ id = "…", … }` */
function inFull(value: DataNode, versions: Versions): Named {
  if (value.type !== "map") return { name: "", version: undefined };
  const [group, name] = [textAt(value, "group"), textAt(value, "name")];
  const named = textAt(value, "module") ?? textAt(value, "id");
  const version = entryOf(value, "version")?.value;
  const reference = version?.type === "map" ? textAt(version, "ref") : undefined;
  return {
    name: named ?? (group && name ? `${group}:${name}` : ""),
    version: reference === undefined ? version && versionOf(version) : versions.get(reference),
  };
}

/** Each of these may be a range; `prefer` only decides within the others. */
const RICH = ["strictly", "require", "prefer"];

/** `"1.0"`, or `{ strictly = "[1,2[", prefer = "1.5" }` */
function versionOf(value: DataNode): Version {
  const { line } = value;
  if (value.type === "scalar") return { text: value.text, range: rangeOfRich(value.text), line };
  if (value.type === "list") return { text: "", range: "open", line };
  const asked = RICH.flatMap((key) => textAt(value, key) ?? []);
  const binding = asked.slice(0, Math.max(1, asked.length - (textAt(value, "prefer") ? 1 : 0)));
  return {
    text: asked.join(" "),
    range: widestRange(binding.map(rangeOfRich)) ?? "open",
    line,
  };
}

/** `1.0!!` is strict, `[1,2[!!1.5` a range that prefers one version. */
function rangeOfRich(text: string): VersionRange {
  return rangeOfVersion(text.replace(/!!.*$/, ""));
}
