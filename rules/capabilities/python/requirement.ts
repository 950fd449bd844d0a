import type { Dependency } from "../../dependencies/dependency.ts";
import { rangeOfGitReference } from "../../dependencies/git-reference.ts";
import { fileAt, gitAt, localPath, ownRegistry } from "../../dependencies/source.ts";
import { rangeOfSpecifiers } from "./specifiers.ts";

/** What a requirement says of a package; the rest says where it stands. */
export type Requirement = Omit<Dependency, "group" | "direct" | "line">;

/** The longest requirement that is read, and of which a name is sought: none that people write comes near. */
const MAX_LENGTH = 8 * 1024;

// name[extra] @ url ; marker, or name[extra] (>=1,<2) ; marker
const NAMED = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\]\s*)?(.*)$/s;

/**
 * One requirement as standards of Python write it, null for what is none.
 *
 * Source: packaging.python.org/en/latest/specifications/dependency-specifiers (PEP 508, PEP 440).
 */
export function readRequirement(text: string): Requirement | null {
  const match = text.length > MAX_LENGTH ? null : NAMED.exec(text.trim());
  if (!match) return null;
  const [, name = "", rest = ""] = match;
  if (rest.startsWith("@")) return requirementAt(name, rest.slice(1).trim());
  const [before = ""] = rest.split(";");
  const specifiers = before
    .trim()
    .replace(/^\((.*)\)$/s, "$1")
    .trim();
  const range = /^(?:[<>=!~]|$)/.test(specifiers) ? rangeOfSpecifiers(specifiers) : null;
  if (range === null) return null;
  const version = specifiers.replace(/\s+/g, "");
  return { ...packageOf(name, version), source: ownRegistry("pypi"), range };
}

/** Names that differ in case, or in `-`, `_` and `.`, are one (PEP 503). */
export function packageOf(name: string, version: string | null) {
  const pinned = /^===?([^*,|]+)$/.exec(version ?? "")?.[1];
  return {
    ecosystem: "pypi",
    name: name.toLowerCase().replace(/[-_.]+/g, "-"),
    version: pinned ?? (version === "" ? null : version),
  };
}

// git+https://user@host/path@reference
const VCS = /^(?:git|hg|svn|bzr)\+(.*)$/is;

/** A package at an address, whatever stands behind a space. null for no address at all. */
export function requirementAt(name: string, address: string): Requirement | null {
  const [url = ""] = address.split(/\s/);
  const [place = "", fragment = ""] = url.split(/#(.*)/s);
  if (place === "") return null;
  const vcs = VCS.exec(place)?.[1];
  if (vcs !== undefined) return { ...requirementInGit(name, ...splitReference(vcs)) };
  if (isLocal(place)) {
    const path = place.replace(/^file:(?:\/\/)?/i, "");
    return { ...packageOf(name, null), source: localPath(path), range: "exact" };
  }
  const [, algorithm, digest] = /(?:^|&)(sha\d+|md5)=([0-9a-f]+)/i.exec(fragment) ?? [];
  if (algorithm === undefined || digest === undefined) {
    return { ...packageOf(name, null), source: fileAt(place), range: "open" };
  }
  const integrity = [`${algorithm}:${digest}`];
  return { ...packageOf(name, null), source: fileAt(place), range: "exact", integrity };
}

/** A package of a git repository, at a reference, "" for its default branch. */
export function requirementInGit(name: string, url: string, reference: string): Requirement {
  return {
    ...packageOf(name, reference),
    source: gitAt(url),
    range: rangeOfGitReference(reference),
  };
}

/** The name that a bare address gives: its `egg`, or what its file is called up to the version. */
export function nameInAddress(address: string): string {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(address)?.[1];
  if (egg !== undefined) return egg;
  const [place = ""] = address.slice(0, MAX_LENGTH).split(/[#?\s]/);
  const [path] = splitReference(place);
  const file = path.replace(/\/+$/, "").split("/").at(-1) ?? "";
  return file.replace(/\.git$/, "").replace(/-\d.*$/s, "") || file;
}

/** Whether an address leads to a file of the machine that installs. */
export function isLocal(address: string): boolean {
  if (/^file:/i.test(address)) return true;
  return !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(address) && !address.startsWith("${");
}

/** The reference stands behind the last `@` of the path, never in front of it. */
function splitReference(address: string): [string, string] {
  const [, host = "", path = ""] = /^((?:[A-Za-z+.-]+:\/\/)?[^/]*)(.*)$/s.exec(address) ?? [];
  const at = path.lastIndexOf("@");
  if (at === -1) return [host + path, ""];
  return [host + path.slice(0, at), path.slice(at + 1)];
}
