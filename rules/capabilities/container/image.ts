import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { registryAt } from "../../dependencies/source.ts";

/** Where an image is taken in: the list that it stands in, and the line. */
export type ImagePlace = Pick<Dependency, "group" | "line">;

/**
 * An image by its reference, `registry.example.org/team/app:1.2@sha256:…`; null for what is no
 * reference, and for `scratch`, which holds nothing.
 *
 * Its name is the shortest one: `docker.io/library/alpine` is `alpine`. A tag can be pushed again
 * but stands for one version; no tag, `latest` and a branch's name stand for whatever comes next.
 * What a variable stands for that nobody knows (`node:${VERSION}`) can be any version.
 *
 * Source: github.com/distribution/reference.
 */
export function imageDependency(written: string, { group, line }: ImagePlace): Dependency | null {
  const [, path = "", tag = null, digest = null] = REFERENCE.exec(written) ?? [];
  if (path === "" || path === "scratch") return null;
  const { host, repository } = partsOf(path);
  if (repository === "") return null;
  const isOwn = OWN_HOSTS.includes(host);
  const version = [tag, digest].filter((part) => part !== null).join("@");
  return {
    ecosystem: "docker",
    name: isOwn ? repository.replace(/^library\/(?=[^/]+$)/, "") : `${host}/${repository}`,
    version: version === "" ? null : version,
    range: rangeOf(tag, digest),
    group,
    direct: true,
    source: registryAt(`https://${host}`, "docker", OWN_HOSTS),
    integrity: digest === null ? [] : [digest],
    line,
  };
}

/** Whether an image's name says that it does not run as root: `distroless/static:nonroot` (heuristic). */
export function isRootless(reference: string): boolean {
  return /(?:^|[/:_.-])(?:nonroot|non-root|rootless|unprivileged)(?:$|[/:@_.-])/i.test(reference);
}

// No part of a reference repeats what may stand before it, so that this reads each character once.
const REFERENCE =
  /^([^\s:@$<>]+(?::\d+\/[^\s:@$<>]+)?)(?::([^\s@/]+))?(?:@(sha\d+:[0-9a-f]{32,128}))?$/i;

const OWN_HOSTS = ["docker.io", "index.docker.io", "registry-1.docker.io"];

/** Tags that are moved with each change. */
const BRANCHES = new Set(["latest", "edge", "main", "master", "nightly", "dev", "develop"]);

// The first part is a host only if it has a dot or a port, or is `localhost`.
function partsOf(path: string): { readonly host: string; readonly repository: string } {
  const slash = path.indexOf("/");
  const first = path.slice(0, Math.max(slash, 0));
  if (!/[.:]/.test(first) && first !== "localhost") return { host: "docker.io", repository: path };
  return { host: first.toLowerCase(), repository: path.slice(slash + 1) };
}

function rangeOf(tag: string | null, digest: string | null): VersionRange {
  if (digest !== null) return "exact";
  return tag === null || tag.includes("$") || BRANCHES.has(tag) ? "open" : "bounded";
}
