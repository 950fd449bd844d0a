import type { Capability } from "../capability.ts";
import { canonicalXml, childText, elementsAt } from "../data/xml-parts.ts";
import type { XmlElement } from "../data/xml.ts";
import { contentDigest } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { wayTo } from "../reach.ts";
import { coordinatesOf } from "./coordinates.ts";
import type { PomProperties } from "./properties.ts";

/** Where plugins are named; what is only managed is named elsewhere too where it is used. */
export const PLUGIN_LISTS = [
  ["build", "plugins", "plugin"],
  ["build", "pluginManagement", "plugins", "plugin"],
  ["build", "extensions", "extension"],
  ["reporting", "plugins", "plugin"],
];

/** Plugins that run what the file tells them to: a command, a script, a program. */
const RUNNERS = new Set([
  "org.codehaus.mojo:exec-maven-plugin",
  "org.apache.maven.plugins:maven-antrun-plugin",
  "org.apache.maven.plugins:maven-scripting-plugin",
  "org.codehaus.gmaven:gmaven-plugin",
  "org.codehaus.gmaven:groovy-maven-plugin",
  "org.codehaus.groovy.maven:gmaven-plugin",
  "org.codehaus.gmavenplus:gmavenplus-plugin",
  "com.github.eirslett:frontend-maven-plugin",
]);

/** The plugins of a project or a profile: code that runs while it is built. */
export function pluginGrants(scope: XmlElement, properties: PomProperties): Capability[] {
  return PLUGIN_LISTS.flatMap((names) =>
    elementsAt(scope, ...names).map((element) => pluginGrant(element, properties)),
  );
}

/** Extensions that Maven loads for every build: `.mvn/extensions.xml`. */
export function pluginGrant(element: XmlElement, properties: PomProperties): Capability {
  const name = coordinatesOf(element, properties);
  const { line } = element;
  const isRunner = RUNNERS.has(name);
  const told = { kind: "maven.plugin", name, holder: "build", context: whenOf(element), line };
  if (!isRunner)
    return plainGrant({ ...told, level: isExtension(element) ? "extension" : "plugin" });
  const digest = contentDigest(...element.children.filter(isContent).map(canonicalXml).sort());
  return plainGrant({ ...told, level: "command", reach: [wayTo(`configuration:${digest}`, line)] });
}

function isExtension(element: XmlElement): boolean {
  return element.name === "extension" || childText(element, "extensions") === "true";
}

/** What says what it does, and not which version of it. */
function isContent({ name }: XmlElement): boolean {
  return !["groupId", "artifactId", "version", "inherited"].includes(name);
}

/** `exec:exec, generate-sources`: its goals and the phases that they are bound to. */
function whenOf(element: XmlElement): string {
  const executions = elementsAt(element, "executions", "execution");
  const words = executions.flatMap((execution) => [
    ...elementsAt(execution, "goals", "goal").map(({ text }) => text.trim()),
    childText(execution, "phase"),
  ]);
  return [...new Set(words)].filter((word) => word !== "").join(", ");
}
