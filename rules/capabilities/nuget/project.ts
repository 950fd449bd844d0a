import type { Dependency } from "../../dependencies/dependency.ts";
import { sourceGrants } from "../../dependencies/grants.ts";
import { fileAt, ownRegistry } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import type { XmlElement } from "../data/xml.ts";
import type { Given } from "../forms.ts";
import { plainGrant } from "../plain-grant.ts";
import { buildCommands } from "./commands.ts";
import { descendants, isNamed, type Value, valueOf } from "./msbuild.ts";
import { packageSources } from "./sources.ts";
import { rangeOfPackageVersion } from "./version.ts";

/** Items that name packages. */
const ITEMS = [
  ...["packagereference", "packageversion", "globalpackagereference", "packagedownload"],
  "dotnetclitoolreference",
];

/** Properties that name sources. */
const SOURCES = ["restoresources", "restoreadditionalprojectsources"];

/** Properties by which a build is held to its lock file. */
const GUARDS = ["restorepackageswithlockfile", "restorelockedmode"];

/** Comes with the .NET SDK itself. */
const OF_DOTNET = /^microsoft\.net\.sdk(?:\.|$)/;

/**
 * Reads a project or an imported file of MSBuild: its packages, where they come from, and the
 * commands that a build runs. Another format of that name grants nothing here.
 *
 * Source: learn.microsoft.com/nuget/consume-packages/package-references-in-project-files.
 */
export function readProject(project: XmlElement): Given {
  if (!isNamed(project, "project")) return {};
  const elements = [...descendants(project)];
  return {
    capabilities: [...buildCommands(project), ...elements.flatMap(settingsOf)],
    dependencies: elements.flatMap((one) => [...packagesOf(one), ...sdksOf(one)]),
  };
}

function packagesOf(item: XmlElement): Dependency[] {
  if (!isNamed(item, ...ITEMS)) return [];
  const names = valueOf(item, "include") ?? valueOf(item, "update");
  const version = valueOf(item, "versionoverride") ?? valueOf(item, "version");
  const all = (names?.text ?? "").split(";").map((name) => name.trim());
  return all
    .filter((name) => name !== "")
    .map((name) => packageOf(name, item.name, names?.line ?? item.line, version));
}

function packageOf(name: string, group: string, line: number, version?: Value): Dependency {
  const range = version && rangeOfPackageVersion(version.text);
  return {
    ...{ ecosystem: "nuget", name: name.toLowerCase(), group: group.toLowerCase(), direct: true },
    ...{ version: version?.text ?? null, source: ownRegistry("nuget"), line },
    ...(version && { versionLine: version.line }),
    ...(range && { range }),
  };
}

/** `<Project Sdk="Name/1.0;Other">`, `<Sdk Name="…" Version="…">`, `<Import Sdk="…">`: code that a build runs. */
function sdksOf(element: XmlElement): Dependency[] {
  if (!isNamed(element, "project", "import", "sdk")) return [];
  const named = valueOf(element, isNamed(element, "sdk") ? "name" : "sdk");
  const version = isNamed(element, "project") ? undefined : valueOf(element, "version");
  return (named?.text ?? "").split(";").flatMap((text): Dependency[] => {
    const [name = "", own] = text.trim().toLowerCase().split("/");
    const line = named?.line ?? element.line;
    const chosen = own === undefined ? version : { text: own, line };
    if (name === "" || OF_DOTNET.test(name)) return [];
    return [packageOf(name, "sdk", line, chosen)];
  });
}

function settingsOf(element: XmlElement): Capability[] {
  const { name, text, line } = element;
  if (isNamed(element, ...SOURCES)) return packageSources(text, line);
  if (isNamed(element, ...GUARDS) && text.trim().toLowerCase() === "true") {
    return [plainGrant({ kind: "nuget.guard", name, holder: "project", line })];
  }
  const url = isNamed(element, "downloadfile") ? valueOf(element, "sourceurl") : undefined;
  return url ? sourceGrants({ ecosystem: "nuget", source: fileAt(url.text), line: url.line }) : [];
}
