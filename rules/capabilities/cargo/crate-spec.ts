import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { rangeOfGitReference } from "../../dependencies/git-reference.ts";
import {
  type DependencySource,
  gitAt,
  localPath,
  ownRegistry,
  registryAt,
} from "../../dependencies/source.ts";
import type { DataMap, DataNode } from "../data/data-node.ts";
import { textAt } from "../data/values.ts";

/** What a manifest says of a crate; the rest says where it stands. */
export type CrateSpec = Omit<Dependency, "group" | "direct" | "line">;

/** The hosts of crates.io's own index. */
const OWN_HOSTS = ["index.crates.io"];

/**
 * What stands behind a crate's name in a manifest: a requirement, or a table with the place that it
 * comes from. null for what the workspace's manifest says.
 *
 * Source: doc.rust-lang.org/cargo/reference/specifying-dependencies.html.
 */
export function readCrateSpec(key: string, value: DataNode): CrateSpec | null {
  if (value.type === "list") return null;
  if (value.type === "scalar") return crate(key, value.text, ownRegistry("cargo"));
  if (textAt(value, "workspace") === "true") return null;
  const name = textAt(value, "package") ?? key;
  const git = textAt(value, "git");
  if (git !== undefined) return { ...fromGit(value), ecosystem: "cargo", name, source: gitAt(git) };
  const path = textAt(value, "path");
  const version = textAt(value, "version") ?? "";
  if (path === undefined) return crate(name, version, registryOf(value));
  return { ...crate(name, version, localPath(path)), range: "exact" };
}

function crate(name: string, version: string, source: DependencySource): CrateSpec {
  const text = version.replace(/\s+/g, "");
  const range = rangeOfRequirement(text);
  const shown = range === "exact" ? text.replace(/^=/, "") : text;
  return { ecosystem: "cargo", name, version: shown === "" ? null : shown, source, range };
}

/** A registry that is named is configured elsewhere, where its address is told. */
function registryOf(table: DataMap): DependencySource {
  const index = textAt(table, "registry-index");
  if (index !== undefined) return indexAt(index);
  const name = textAt(table, "registry");
  if (name === undefined || name === "crates-io") return ownRegistry("cargo");
  return { text: `registry:${name}`, origin: `registry:${name}`, level: "encrypted" };
}

/** An index by its address: `sparse+https:` of a server, or a git repository. */
export function indexAt(address: string): DependencySource {
  const [, how, url = ""] = /^(?:(sparse|registry)\+)?(.*)$/s.exec(address) ?? [];
  if (how === "sparse") return registryAt(url, "cargo", OWN_HOSTS);
  const source = gitAt(url);
  return source.text === OWN_INDEX && source.level === "encrypted" ? ownRegistry("cargo") : source;
}

const OWN_INDEX = "git:github.com/rust-lang/crates.io-index";

function fromGit(table: DataMap): Pick<CrateSpec, "version" | "range"> {
  const branch = textAt(table, "branch");
  if (branch !== undefined) return { version: branch, range: "open" };
  const reference = textAt(table, "rev") ?? textAt(table, "tag") ?? "";
  return { version: reference || null, range: rangeOfGitReference(reference) };
}

/** `1.2` and `^1.2` are the same; of several parts all must hold. */
function rangeOfRequirement(text: string): VersionRange {
  const ranges = text.split(",").map((part): VersionRange => {
    if (/^=\d+\.\d+\.\d/.test(part)) return "exact";
    return part === "" || part === "*" || part.startsWith(">") ? "open" : "bounded";
  });
  if (ranges.includes("exact")) return "exact";
  return ranges.includes("bounded") ? "bounded" : "open";
}
