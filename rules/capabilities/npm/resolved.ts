import {
  type DependencySource,
  fileAt,
  gitAt,
  localPath,
  ownRegistry,
  registryAt,
} from "../../dependencies/source.ts";
import { hostedRepository } from "./hosted-repository.ts";
import { GIT, readSpec } from "./spec.ts";

/** Hosts that serve npm's own registry. */
export const OWN_HOSTS = ["registry.npmjs.org", "registry.npmjs.com", "registry.yarnpkg.com"];

/** Of this repository, or of the machine that installs. */
const LOCAL = /^(?:file|link|portal|workspace|patch|root):/i;

/** Registries serve packages below such a part of a path, others as any file. */
const OF_REGISTRY = /\/-\/|\/download\//;

/** Where a lock file says that a package's content comes from; "" where it does not say. */
export function resolvedSource(resolved: string): DependencySource {
  if (resolved === "") return ownRegistry("npm");
  if (GIT.test(resolved)) return gitAt(resolved);
  if (LOCAL.test(resolved)) return localPath(resolved);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(resolved)) return readSpec("", resolved).source;
  const repository = hostedRepository(resolved);
  if (repository !== null) return gitAt(repository);
  return OF_REGISTRY.test(resolved) ? registryAt(resolved, "npm", OWN_HOSTS) : fileAt(resolved);
}

// /@scope%2fname/-/name-1.2.3.tgz
const TARBALL = /^\/(.+)\/-\/(?:.*\/)?([^/]+)$/;

/**
 * The package of npm's own registry that an address gives, where it is another one, or another
 * version, than the lock file says; null where it is that one, or no such address.
 */
export function otherPackage(resolved: string, name: string, version: string): string | null {
  if (!URL.canParse(resolved)) return null;
  const { host, pathname } = new URL(resolved);
  const [, given = "", file = ""] = TARBALL.exec(pathname) ?? [];
  if (!OWN_HOSTS.includes(host) || given === "") return null;
  const isName = given.replace(/%2f/i, "/").replace(/^%40/, "@") === name;
  const isVersion =
    file.replaceAll(/%2b/gi, "+") === `${name.replace(/^.*\//s, "")}-${version}.tgz`;
  return isName && isVersion ? null : `${given}/${file}`;
}
