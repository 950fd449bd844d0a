import type { Dependency } from "../../dependencies/dependency.ts";
import { localPath, ownRegistry } from "../../dependencies/source.ts";
import { childText, elementsAt, onlyChild } from "../data/xml-parts.ts";
import type { XmlElement } from "../data/xml.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { coordinatesOf } from "./coordinates.ts";
import { PLUGIN_LISTS, pluginGrants } from "./plugins.ts";
import { PomProperties } from "./properties.ts";
import { publicationGrants, repositoryGrants } from "./repositories.ts";
import { rangeOfVersion, widestRange } from "./version.ts";

/** The lists of a project and of each of its profiles; plugins have dependencies of their own. */
const LISTS = [
  ["dependencies", "dependency"],
  ["dependencyManagement", "dependencies", "dependency"],
  ...PLUGIN_LISTS,
  ...PLUGIN_LISTS.map((names) => [...names, "dependencies", "dependency"]),
];

/**
 * Reads a `pom.xml`: what the project and its profiles depend on, the plugins that build it, and
 * where all that comes from. Placeholders are resolved within the file, one step far.
 *
 * Source: maven.apache.org/pom.html.
 */
export function readPom(project: XmlElement): Given {
  if (project.name !== "project") {
    throw new NotUnderstood("no-project", "no project: another element", project);
  }
  const properties = new PomProperties(project);
  const scopes = [project, ...elementsAt(project, "profiles", "profile")];
  const parents = elementsAt(project, "parent").map((element) => {
    return dependencyOf(element, "parent", properties);
  });
  const listed = scopes.flatMap((scope) =>
    LISTS.flatMap((names) =>
      elementsAt(scope, ...names).map((element) => {
        const group = names.filter((name) => name !== names.at(-1)).join(".");
        return dependencyOf(element, group, properties);
      }),
    ),
  );
  return {
    capabilities: scopes.flatMap((scope) => [
      ...pluginGrants(scope, properties),
      ...repositoryGrants(scope, properties),
      ...publicationGrants(scope, properties),
    ]),
    dependencies: [...parents, ...listed],
  };
}

/** What an element with coordinates takes in. */
export function dependencyOf(
  element: XmlElement,
  group: string,
  properties: PomProperties,
): Dependency {
  const name = coordinatesOf(element, properties);
  const version = onlyChild(element, "version");
  const path = childText(element, "systemPath");
  const line = onlyChild(element, "artifactId")?.line ?? element.line;
  const read = { ecosystem: "maven", name, group, direct: true, line };
  const source = path === "" ? ownRegistry("maven") : localPath(path);
  if (!version) return { ...read, version: null, source };
  const values = properties.valuesOf({ text: version.text.trim(), line: version.line });
  const isSibling = isOfProject(element, name, properties);
  const ranges = values
    .filter(({ text }) => !text.includes("${"))
    .map(({ text }) => rangeOfVersion(isSibling ? text.replace(/-SNAPSHOT$/, "") : text));
  const range = widestRange(ranges);
  return {
    ...{ ...read, version: values[0].text, versionLine: values[0].line, source },
    ...(range && { range }),
  };
}

/** Modules of one project have one group; between releases each is a snapshot. */
function isOfProject(element: XmlElement, name: string, properties: PomProperties): boolean {
  if (element.name === "parent") return onlyChild(element, "relativePath")?.text.trim() !== "";
  const own = properties.resolve("${project.groupId}");
  return name.startsWith(`${own}:`);
}
