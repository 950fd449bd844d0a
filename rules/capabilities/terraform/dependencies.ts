import { type ConfigMap, mapsAt, textsAt } from "../cloud/config-value.ts";
import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import {
  type DependencySource,
  fileAt,
  gitAt,
  localPath,
  ownRegistry,
  registryAt,
} from "../../dependencies/source.ts";
import type { Element } from "./elements.ts";

const ECOSYSTEM = "terraform";

/** A registry by its host; Terraform's and OpenTofu's own are the ecosystem's. */
export function terraformRegistry(host: string): DependencySource {
  const own = ["registry.terraform.io", "registry.opentofu.org"];
  return registryAt(`https://${host}`, ECOSYSTEM, own);
}

/** The modules and providers that a file takes in. */
export function terraformDependencies({ type, body }: Element): Dependency[] {
  if (type === "module") return moduleDependency(body);
  if (type !== "terraform") return [];
  return mapsAt(body, "required_providers").flatMap(({ entries }) =>
    entries.flatMap(({ key, value, line }) => providerDependency(key, value, line)),
  );
}

function moduleDependency(body: ConfigMap): Dependency[] {
  const [source] = textsAt(body, "source");
  const [version] = textsAt(body, "version");
  if (!source) return [];
  const place = sourceOf(source.text);
  const named = { ecosystem: ECOSYSTEM, name: place.name, group: "modules", direct: true };
  const line = version?.line ?? source.line;
  if (place.kind === "registry") {
    const range = rangeOf(version?.text ?? null);
    return [{ ...named, version: version?.text ?? null, range, source: place.source, line }];
  }
  const range = place.kind === "path" ? {} : { range: refRange(place.ref) };
  return [{ ...named, ...range, version: place.ref, source: place.source, line: source.line }];
}

interface ModulePlace {
  readonly kind: "registry" | "path" | "git" | "url";
  readonly name: string;
  readonly ref: string | null;
  readonly source: DependencySource;
}

/** Source: developer.hashicorp.com/terraform/language/modules/configuration#source. */
function sourceOf(written: string): ModulePlace {
  if (/^\.{1,2}\//u.test(written) || written === "." || written === "..") {
    return { kind: "path", name: written, ref: null, source: localPath(written) };
  }
  const forced = /^git::(.+)$/u.exec(written)?.[1];
  const host = /^(?:github\.com|bitbucket\.org|gitlab\.com)\//u.test(written);
  const address = forced ?? (host ? `https://${written}` : written);
  if (
    forced !== undefined ||
    host ||
    /^[\w.-]+@[\w.-]+:/u.test(written) ||
    /\.git(?:\/\/|\?|$)/u.test(written)
  ) {
    const [place = "", query = ""] = address.split("?", 2);
    const ref = /(?:^|&)ref=([^&]*)/u.exec(query)?.[1] ?? null;
    const source = gitAt(withoutFolder(place));
    return { kind: "git", name: source.text.replace(/^git:/u, ""), ref, source };
  }
  if (/^(?:https?|s3|gcs|hg|oci)(?:::|:\/\/)/u.test(written)) {
    const source = fileAt(written.replace(/^\w+::/u, "").split("?", 1)[0] ?? written);
    return { kind: "url", name: source.text.replace(/^url:/u, ""), ref: null, source };
  }
  if (/^(?:\/|file:)/u.test(written)) {
    return { kind: "path", name: written, ref: null, source: localPath(written) };
  }
  return isOfRegistry(written) ? registryPlace(written) : served(written);
}

/** `namespace/name/provider`, with a host before it; nothing else has parts like these. */
function isOfRegistry(written: string): boolean {
  const [place = written] = written.split("//", 1);
  return /^(?:[\w.-]+(?::\d+)?\/)?[\w-]+\/[\w-]+\/[\w-]+$/u.test(place);
}

/** `bucket.s3.amazonaws.com/module.zip`: what Terraform finds out to be an address. */
function served(written: string): ModulePlace {
  const source = fileAt(`https://${written.split("?", 1)[0] ?? written}`);
  return { kind: "url", name: source.text.replace(/^url:/u, ""), ref: null, source };
}

/** `//modules/a` behind an address is a folder in what stands there. */
function withoutFolder(address: string): string {
  return address.replace(/(?<!:)\/\/.*$/u, "");
}

/** `namespace/name/provider`, with a host before it where it is not the own registry. */
function registryPlace(written: string): ModulePlace {
  const [place = written] = written.split("//", 1);
  const parts = place.split("/");
  if (parts.length === 4) {
    const source = terraformRegistry(parts[0] ?? "");
    return { kind: "registry", name: parts.slice(1).join("/"), ref: null, source };
  }
  return { kind: "registry", name: place, ref: null, source: ownRegistry(ECOSYSTEM) };
}

/** Only a commit stays what it is; a tag is as good as its author's word. */
function refRange(ref: string | null): VersionRange {
  if (ref === null) return "open";
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/u.test(ref)) return "exact";
  return /^v?\d+(?:\.\d+)*(?:[-+.][\w.-]+)?$/u.test(ref) ? "bounded" : "open";
}

/** `"~> 5.0"`, or `{source, version}`. */
function providerDependency(
  key: string,
  value: ConfigMap["entries"][number]["value"],
  line: number,
): Dependency[] {
  const map: ConfigMap = value.type === "map" ? value : { type: "map", entries: [], line };
  const [source] = textsAt(map, "source");
  const version = value.type === "text" ? value : textsAt(map, "version")[0];
  const parts = (source?.text ?? key).toLowerCase().split("/");
  const own = parts.length < 3;
  const name = (own ? parts : parts.slice(1)).join("/");
  const place = own ? ownRegistry(ECOSYSTEM) : terraformRegistry(parts[0] ?? "");
  return [
    {
      ...{ ecosystem: ECOSYSTEM, name: name.includes("/") ? name : `hashicorp/${name}` },
      ...{ version: version?.text ?? null, range: rangeOf(version?.text ?? null) },
      ...{ group: "required_providers", direct: true, source: place },
      line: version?.line ?? source?.line ?? line,
    },
  ];
}

/**
 * How far constraints let a version move: all of them must hold.
 *
 * Source: developer.hashicorp.com/terraform/language/expressions/version-constraints.
 */
function rangeOf(version: string | null): VersionRange {
  const constraints = (version ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (constraints.some((part) => /^=?\s*v?\d+(?:\.\d+)*(?:[-+][\w.+-]+)?$/u.test(part)))
    return "exact";
  return constraints.some((part) => /^(?:~>|<)/u.test(part)) ? "bounded" : "open";
}
