import { childText } from "../data/xml-parts.ts";
import type { XmlElement } from "../data/xml.ts";
import type { PomProperties } from "./properties.ts";

const MAVEN_PLUGINS = "org.apache.maven.plugins";

/** `group:artifact`; a plugin without a group is of Maven's own. */
export function coordinatesOf(element: XmlElement, properties: PomProperties): string {
  const own = element.name === "plugin" ? MAVEN_PLUGINS : "";
  const group = properties.resolve(childText(element, "groupId")) || own;
  return `${group}:${properties.resolve(childText(element, "artifactId"))}`;
}
