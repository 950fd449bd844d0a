import { elementsAt } from "../data/xml-parts.ts";
import type { XmlElement } from "../data/xml.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { dependencyOf } from "./pom.ts";
import { pluginGrant } from "./plugins.ts";
import { PomProperties } from "./properties.ts";
import { repositoryGrants } from "./repositories.ts";

/**
 * Reads `.mvn/extensions.xml`: code that Maven loads into itself for every build.
 *
 * Source: maven.apache.org/configure.html#mvn-extensions-xml-file.
 */
export function readExtensions(root: XmlElement): Given {
  if (root.name !== "extensions") {
    throw new NotUnderstood("no-extensions", "no extensions: another element", root);
  }
  const properties = new PomProperties(root);
  const extensions = elementsAt(root, "extension");
  return {
    capabilities: extensions.map((element) => pluginGrant(element, properties)),
    dependencies: extensions.map((element) => dependencyOf(element, "extensions", properties)),
  };
}

/**
 * Reads a `settings.xml`: mirrors, and the repositories of profiles. Another format of that name
 * grants nothing here.
 *
 * Source: maven.apache.org/settings.html.
 */
export function readSettings(root: XmlElement): Given {
  if (root.name !== "settings") return {};
  const properties = new PomProperties(root);
  const scopes = [root, ...elementsAt(root, "profiles", "profile")];
  return { capabilities: scopes.flatMap((scope) => repositoryGrants(scope, properties)) };
}
