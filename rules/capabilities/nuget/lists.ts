import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import type { DataNode } from "../data/data-node.ts";
import { entriesAt, scalarAt, textAt } from "../data/values.ts";
import type { XmlElement } from "../data/xml.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { isNamed, valueOf } from "./msbuild.ts";
import { rangeOfPackageVersion } from "./version.ts";

const OF_NUGET = { ecosystem: "nuget", source: ownRegistry("nuget") } as const;

/** `packages.config`. Source: learn.microsoft.com/nuget/reference/packages-config. */
export function readPackagesConfig(root: XmlElement): Given {
  if (!isNamed(root, "packages")) {
    throw new NotUnderstood("no-packages", "no packages: another element", root);
  }
  const dependencies = root.children.flatMap((element): Dependency[] => {
    const [id, version] = [valueOf(element, "id"), valueOf(element, "version")];
    if (!isNamed(element, "package") || !id) return [];
    const read = { ...OF_NUGET, name: id.text.toLowerCase(), group: "packages", direct: true };
    return [{ ...read, version: version?.text ?? null, range: "exact", line: element.line }];
  });
  return { dependencies };
}

/** Projects of this repository stand in a lock file too. */
const PROJECT = "project";

/** `packages.lock.json`: the packages of each framework, with the digests of their content. */
export function readPackagesLock(root: DataNode): Given {
  if (root.type !== "map") throw new NotUnderstood("no-lock", "no lock file: no object", root);
  const frameworks = entriesAt(root, "dependencies");
  const dependencies = frameworks.flatMap(({ key: framework, value }) =>
    entriesAt(value).flatMap(({ key, value: locked }): Dependency[] => {
      if (locked.type !== "map") return [];
      const type = textAt(locked, "type")?.toLowerCase() ?? "";
      if (type === PROJECT) return [];
      const version = scalarAt(locked, "resolved");
      const digest = textAt(locked, "contentHash") ?? "";
      return [
        {
          ...{ ...OF_NUGET, name: key.text.toLowerCase(), group: framework.text },
          ...{ version: version?.text ?? null, direct: type === "direct" },
          ...{ integrity: digest === "" ? [] : [`sha512-${digest}`], line: key.line },
          ...(version && { versionLine: version.line }),
        },
      ];
    }),
  );
  return { dependencies };
}

/** `dotnet-tools.json`. Source: learn.microsoft.com/dotnet/core/tools/local-tools-how-to-use. */
export function readTools(root: DataNode): Given {
  if (root.type !== "map") throw new NotUnderstood("no-tools", "no tools: no object", root);
  return { dependencies: named(root, "tools", "version") };
}

/**
 * `global.json`: the .NET SDK itself, and SDKs for MSBuild. Another format of that name grants
 * nothing here. Source: learn.microsoft.com/dotnet/core/tools/global-json.
 */
export function readGlobal(root: DataNode): Given {
  if (root.type !== "map") return {};
  const version = scalarAt(root, "sdk", "version");
  const sdks = named(root, "msbuild-sdks");
  if (!version) return { dependencies: sdks };
  const moves = textAt(root, "sdk", "rollForward") ?? "latestPatch";
  const sdk = { ecosystem: "generic", name: "dotnet-sdk", group: "sdk", direct: true } as const;
  const { text, line } = version;
  const range = ROLLS[moves.toLowerCase()] ?? "bounded";
  return {
    dependencies: [...sdks, { ...sdk, source: ownRegistry("generic"), version: text, range, line }],
  };
}

const ROLLS: Readonly<Record<string, VersionRange>> = {
  disable: "exact",
  major: "open",
  latestmajor: "open",
};

/** `{ "name": "1.0" }`, or with `key`: `{ "name": { "version": "1.0" } }` */
function named(root: DataNode, group: string, key?: string): Dependency[] {
  return entriesAt(root, group).flatMap((entry): Dependency[] => {
    const value = entry.value.type === "map" ? scalarAt(entry.value, key ?? "") : entry.value;
    if (value?.type !== "scalar") return [];
    const range = rangeOfPackageVersion(value.text) ?? "open";
    const read = { ...OF_NUGET, name: entry.key.text.toLowerCase(), group, direct: true };
    const lines = { line: entry.key.line, versionLine: value.line };
    return [{ ...read, version: value.text, range, ...lines }];
  });
}
