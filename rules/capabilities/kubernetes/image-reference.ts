import type { Dependency } from "../../dependencies/dependency.ts";
import { registryAt } from "../../dependencies/source.ts";

/** Where an image is named: the list that it stands in, and the line. */
export type ImagePlace = Pick<Dependency, "group" | "line">;

// [registry.example.org:5000/]team/app[:tag][@sha256:…]
const REFERENCE = /^([^\s:@]+(?::\d+\/[^\s:@]+)?)(?::([^\s@/]+))?(?:@(sha\d+:[0-9a-f]{32,128}))?$/i;

/** Docker's own registry, by its names. */
const OWN_HOSTS = ["docker.io", "index.docker.io", "registry-1.docker.io"];

/** Tags that stand for whatever comes next. */
const MOVING = new Set(["latest", "edge", "main", "master", "nightly", "dev", "develop"]);

/** An image by its reference; null for what is none, such as one that a template makes up. */
export function imageDependency(written: string, { group, line }: ImagePlace): Dependency | null {
  const [, path, tag = null, digest = null] = REFERENCE.exec(written) ?? [];
  if (path === undefined) return null;
  const slash = path.indexOf("/");
  const first = path.slice(0, Math.max(slash, 0));
  const host = /[.:]/.test(first) || first === "localhost" ? first.toLowerCase() : "docker.io";
  const repository = host === first.toLowerCase() ? path.slice(slash + 1) : path;
  const isOwn = OWN_HOSTS.includes(host);
  const version = [tag, digest].filter((part) => part !== null).join("@");
  const isMoving = tag === null || MOVING.has(tag);
  return {
    ecosystem: "docker",
    name: isOwn ? repository.replace(/^library\/(?=[^/]+$)/, "") : `${host}/${repository}`,
    version: version === "" ? null : version,
    range: digest !== null ? "exact" : isMoving ? "open" : "bounded",
    ...{ group, direct: true, line },
    source: registryAt(`https://${host}`, "docker", OWN_HOSTS),
    integrity: digest === null ? [] : [digest],
  };
}
