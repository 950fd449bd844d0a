import { sourceGrants } from "../../dependencies/grants.ts";
import { ownRegistry, registryAt } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import { childText, elementsAt, onlyChild } from "../data/xml-parts.ts";
import type { XmlElement } from "../data/xml.ts";
import { plainGrant } from "../plain-grant.ts";
import type { PomProperties } from "./properties.ts";

/** Hosts that serve Maven Central. */
export const OWN_HOSTS = ["repo.maven.apache.org", "repo1.maven.org"];

const TAKEN_FROM = [
  ["repositories", "repository"],
  ["pluginRepositories", "pluginRepository"],
  ["mirrors", "mirror"],
];

const SENT_TO = [
  ["distributionManagement", "repository"],
  ["distributionManagement", "snapshotRepository"],
];

/** The repositories and mirrors that artifacts are taken from, besides Maven Central. */
export function repositoryGrants(scope: XmlElement, properties: PomProperties): Capability[] {
  return TAKEN_FROM.flatMap((names) =>
    elementsAt(scope, ...names).flatMap((repository) =>
      sourceGrants({ ecosystem: "maven", ...sourceAt(repository, properties) }),
    ),
  );
}

/** Where the project's own artifacts are sent. */
export function publicationGrants(scope: XmlElement, properties: PomProperties): Capability[] {
  return SENT_TO.flatMap((names) =>
    elementsAt(scope, ...names).map((repository) => {
      const { source, line } = sourceAt(repository, properties);
      const named = { name: source.origin ?? source.text, level: source.level };
      return plainGrant({ kind: "maven.publication", holder: "build", ...named, line });
    }),
  );
}

function sourceAt(repository: XmlElement, properties: PomProperties) {
  const url = properties.resolve(childText(repository, "url"));
  const line = onlyChild(repository, "url")?.line ?? repository.line;
  // file:///srv/repo, ${basedir}/lib
  const isLocal = /^(?:file:|\$\{(?:project\.)?basedir\}|\.{0,2}\/)/.test(url);
  const source = isLocal ? ownRegistry("maven") : registryAt(url, "maven", OWN_HOSTS);
  return { source, line };
}
