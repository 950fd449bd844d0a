import type { Dependency } from "../../dependencies/dependency.ts";
import { rangeOfGitReference } from "../../dependencies/git-reference.ts";
import { fileAt, gitAt, ownRegistry, registryAt } from "../../dependencies/source.ts";
import { hostedRepository } from "../npm/hosted-repository.ts";
import { rangeOf } from "../npm/spec.ts";

/** What a specifier says of a module; the rest says where it stands. */
type Module = Omit<Dependency, "group" | "direct" | "line">;

/** The hosts of Deno's own modules, and of JSR's. */
const OWN_HOSTS = ["deno.land", "jsr.io"];

// npm:@scope/name@^1.2.3/path, jsr:/@scope/name@1/
const OF_REGISTRY = /^(npm|jsr):\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(?:\/.*)?$/is;

/**
 * What a specifier of a module stands for: a package of npm or JSR, or an address. null for what is
 * of the runtime (`node:fs`), of this repository, or text itself (`data:`).
 *
 * Source: docs.deno.com/runtime/fundamentals/modules.
 */
export function readSpecifier(specifier: string): Module | null {
  const text = specifier.trim();
  const [, registry = "", name = "", version = ""] = OF_REGISTRY.exec(text) ?? [];
  if (registry !== "") {
    const ecosystem = registry.toLowerCase();
    const read = { ecosystem, name, version: version || null };
    return { ...read, source: ownRegistry(ecosystem), range: rangeOf(version) };
  }
  return /^https?:/i.test(text) && URL.canParse(text) ? moduleAt(new URL(text)) : null;
}

// /std@0.200.0/path/mod.ts, /npm/@scope/name@1.2.3
const VERSIONED = /^(\/(?:[^@]*\/)?(?:@[^/@]+\/)?[^/@]+)@([^/]+)(.*)$/s;

function moduleAt(url: URL): Module {
  const { href, host, pathname } = url;
  const repository = hostedRepository(href);
  if (repository !== null) {
    const [, , , first = "", kind = "", named = ""] = pathname.split("/");
    const reference = first !== "refs" ? first : kind === "tags" ? named : "";
    const source = gitAt(repository);
    const read = { ecosystem: "generic", name: source.text.slice("git:".length), source };
    return { ...read, version: reference || null, range: rangeOfGitReference(reference) };
  }
  const [, before = pathname, version = "", behind = ""] = VERSIONED.exec(pathname) ?? [];
  return {
    ...{ ecosystem: "generic", name: (host + before + behind).replace(/\/+$/, "") },
    ...{ version: version || null, range: rangeOf(version) },
    source: OWN_HOSTS.includes(host) ? registryAt(href, "deno", OWN_HOSTS) : fileAt(href),
  };
}
