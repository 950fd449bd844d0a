import { Range } from "semver";
import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { fileAt, gitAt, localPath, ownRegistry } from "../../dependencies/source.ts";

/** What a specification says of a package; the rest says where it stands. */
type SpecDependency = Omit<Dependency, "group" | "direct" | "line">;

/** What of this repository, or of another list of it, stands for the package. */
const LOCAL = /^(?:workspace|file|link|portal|catalog):/;

/** Git hosts that a specification can name in short. */
const SHORT_HOSTS = { github: "github.com", gitlab: "gitlab.com", bitbucket: "bitbucket.org" };

// owner/repo, with or without github: before it, and #ref behind it
const SHORT_GIT = /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)(?:#(.*))?$/;
const GIT = /^(?:git\+|git:|ssh:|git@)|^https?:[^#]*\.git(?:#|$)/;

/**
 * What a specification of `package.json` stands for: a range of versions, a tag, an alias
 * (`npm:other@^1`), a git repository, a URL, or something of the repository itself.
 *
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies.
 */
export function readSpec(name: string, spec: string): SpecDependency {
  const text = spec.trim();
  const read = { ecosystem: "npm", name, version: text };
  if (LOCAL.test(text)) return { ...read, source: localPath(text), range: "exact" };
  if (text.startsWith("npm:")) return aliased(text.slice("npm:".length));
  const short = SHORT_GIT.exec(text);
  if (short) {
    const [, host = "github", path = "", ref = ""] = short;
    const url = `https://${SHORT_HOSTS[host as keyof typeof SHORT_HOSTS]}/${path}`;
    return { ...read, source: gitAt(url), range: rangeOfRef(ref) };
  }
  const [address = "", ref = ""] = text.split(/#(.*)/s);
  if (GIT.test(text)) return { ...read, source: gitAt(address), range: rangeOfRef(ref) };
  if (/^https?:/i.test(text)) return { ...read, source: fileAt(text), range: "open" };
  return { ...read, source: ownRegistry("npm"), range: rangeOf(text) };
}

/** `other@^1`, `@scope/other` */
function aliased(target: string): SpecDependency {
  const at = target.indexOf("@", 1);
  const name = at === -1 ? target : target.slice(0, at);
  const version = at === -1 ? "" : target.slice(at + 1);
  return {
    ...{ ecosystem: "npm", name, version },
    ...{ source: ownRegistry("npm"), range: rangeOf(version) },
  };
}

/** A branch or a tag can be moved. */
function rangeOfRef(ref: string): VersionRange {
  if (/^[0-9a-f]{40}$/i.test(ref)) return "exact";
  return ref.startsWith("semver:") ? rangeOf(ref.slice("semver:".length)) : "open";
}

/** The longest range that is read: parsing takes longer than linear time. */
const MAX_RANGE = 256;

/** A tag such as `latest` can be moved to any version. */
function rangeOf(text: string): VersionRange {
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
