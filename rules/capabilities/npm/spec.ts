import { Range, validRange } from "semver";
import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { fileAt, gitAt, localPath, ownRegistry, registryAt } from "../../dependencies/source.ts";
import { hostedRepository } from "./hosted-repository.ts";

/** What a specification says of a package; the rest says where it stands. */
type SpecDependency = Omit<Dependency, "group" | "direct" | "line">;

type NamedSpec = Pick<SpecDependency, "ecosystem" | "name" | "version">;

/** What of this repository, or of another list of it, stands for the package. */
const LOCAL = /^(?:workspace|file|link|portal|catalog|patch|exec):|^(?:\.{0,2}|~)\//i;

/** Git hosts that a specification can name in short. */
const SHORT_HOSTS = new Map([
  ["github", "github.com"],
  ["gitlab", "gitlab.com"],
  ["bitbucket", "bitbucket.org"],
  ["gist", "gist.github.com"],
  ["sourcehut", "git.sr.ht"],
]);

// owner/repo, with or without github: before it, and #ref behind it
const SHORT_GIT =
  /^(?:(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)|(gist|sourcehut):(~?[\w/.-]+))(?:#(.*))?$/i;
/** An address of a git repository, as specifications and lock files write it. */
export const GIT = /^(?:git\+|git:|ssh:|[\w.-]+@[\w.-]+:)|^https?:[^#]*\.git(?:#|$)/i;

/**
 * What a specification of `package.json` stands for: a range of versions, a tag, an alias
 * (`npm:other@^1`), another registry's (`jsr:`), a git repository, a URL, or something of the
 * repository itself.
 *
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies.
 */
export function readSpec(name: string, spec: string): SpecDependency {
  const text = spec.trim();
  const read = { ecosystem: "npm", name, version: text };
  if (LOCAL.test(text)) return { ...read, source: localPath(text), range: "exact" };
  const [, registry = "", target = ""] = /^(npm|jsr):(.*)$/is.exec(text) ?? [];
  if (registry !== "") return aliased(read, target, registry.toLowerCase());
  const short = SHORT_GIT.exec(text);
  if (short) {
    const [, host = short[3] ?? "github", path = short[4] ?? "", , , ref = ""] = short;
    const url = `https://${SHORT_HOSTS.get(host.toLowerCase()) ?? ""}/${path}`;
    return { ...read, source: gitAt(url), range: rangeOfRef(ref) };
  }
  const [address = "", ref = ""] = text.split(/#(.*)/s);
  if (GIT.test(text)) return { ...read, source: gitAt(address), range: rangeOfRef(ref) };
  if (!/^https?:/i.test(text)) return { ...read, source: ownRegistry("npm"), range: rangeOf(text) };
  const repository = hostedRepository(address);
  return repository === null
    ? { ...read, source: fileAt(text), range: "open" }
    : { ...read, source: gitAt(repository), range: rangeOfRef(ref) };
}

/** `npm:other@^1`, `npm:@scope/other`; yarn writes `npm:^1` for the package itself. */
function aliased(read: NamedSpec, target: string, registry: string): SpecDependency {
  const source =
    registry === "npm" ? ownRegistry("npm") : registryAt("https://npm.jsr.io", "npm", []);
  const at = target.indexOf("@", 1);
  if (at === -1 && !target.startsWith("@") && isRange(target)) {
    return { ...read, version: target, source, range: rangeOf(target) };
  }
  const name = at === -1 ? target : target.slice(0, at);
  const version = at === -1 ? "" : target.slice(at + 1);
  return { ...read, name, version, source, range: rangeOf(version) };
}

function isRange(text: string): boolean {
  return text.length <= MAX_RANGE && validRange(text, { loose: true }) !== null;
}

/** Whether a specification may stand for a package of another name: `npm:other@^1`, `jsr:^1`. */
export function mayRename(spec: string): boolean {
  return /^(?!catalog:)[a-z][a-z0-9+.-]*:/i.test(spec);
}

/** A branch or a tag can be moved. */
function rangeOfRef(ref: string): VersionRange {
  if (/^[0-9a-f]{40}$/i.test(ref)) return "exact";
  return ref.startsWith("semver:") ? rangeOf(ref.slice("semver:".length)) : "open";
}

/** The longest range that is read: parsing takes longer than linear time. */
const MAX_RANGE = 256;

/** A tag such as `latest` can be moved to any version. */
export function rangeOf(text: string): VersionRange {
  if (text.length > MAX_RANGE) return "open";
  try {
    return widest(new Range(text, { loose: true }));
  } catch {
    return "open";
  }
}

function widest({ set }: Range): VersionRange {
  const isOpen = set.some(
    (all) => !all.some(({ operator }) => operator !== ">" && operator !== ">="),
  );
  // `*` is one comparator without an operator, which has no version either.
  const isAny = set.some((all) => all.some(({ value }) => value === ""));
  if (isOpen || isAny) return "open";
  return set.every((all) => all.length === 1 && all[0]?.operator === "") ? "exact" : "bounded";
}
