import type { Dependency } from "../../dependencies/dependency.ts";
import { sourceGrants } from "../../dependencies/grants.ts";
import {
  type DependencySource,
  gitAt,
  localPath,
  ownRegistry,
  registryAt,
} from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { onceForEach } from "../once-for-each.ts";
import { plainGrant } from "../plain-grant.ts";

/** Hosts that serve RubyGems' own registry. */
export const OWN_HOSTS = ["rubygems.org", "index.rubygems.org"];

const SOURCES = ["GEM", "GIT", "PATH", "PLUGIN SOURCE"];
const OTHERS = ["PLATFORMS", "DEPENDENCIES", "CHECKSUMS", "RUBY VERSION", "BUNDLED WITH"];

/** Of lock files before Bundler 1.0. */
const OLDER = ["METADATA", "META"];

// `  remote: https://rubygems.org/`
const OPTION = /^ {2}([a-z]+):(?: (.*))?$/i;
// `    rack (3.0.0)`, with a platform behind the version; below it what it depends on
const SPEC = /^ {4}(\S+)(?: \(([^()]*)\))?!?$/;
const NEEDED = /^ {6}\S+(?: \([^()]*\))?$/;
// `  rack (>= 2, < 4)!`, and of CHECKSUMS `  rack (3.0.0) sha256=0a`
const NAMED = /^ {2}(\S+)(?: \(([^()]*)\))?!?(?: (\S+))?$/;
const WORDS = /^ {2,}\S.*$/;

/** Bundler writes one for each algorithm. */
const MAX_DIGESTS = 16;

interface Remote {
  readonly url: string;
  readonly line: number;
}

interface Section {
  readonly title: string;
  readonly line: number;
  readonly remotes: Remote[];
  readonly options: Map<string, string>;
}

interface Locked {
  readonly section: Section;
  readonly name: string;
  /** With its platform. */
  readonly version: string;
  readonly line: number;
}

/**
 * Reads a `Gemfile.lock`: every gem with the version and the source that were chosen for it.
 *
 * Throws `NotUnderstood` for a section or a line that Bundler does not write.
 * Source: bundler.io/man/bundle-lock.1.html, and what Bundler writes.
 */
export function readGemLock(text: string): Given {
  const lock = new GemLock();
  for (const [index, line] of text.split(/\r?\n/).entries()) lock.take(line, index + 1);
  return lock.given();
}

class GemLock {
  readonly #sections: Section[] = [];
  readonly #locked: Locked[] = [];
  readonly #direct = new Set<string>();
  readonly #checksums = new Map<string, string[]>();
  #bundler: Dependency | null = null;

  take(text: string, line: number): void {
    if (text.trim() === "") return;
    if (!text.startsWith(" ")) this.#open(text.trimEnd(), line);
    else this.#read(text.trimEnd(), line);
  }

  #open(title: string, line: number): void {
    if (![...SOURCES, ...OTHERS, ...OLDER].includes(title)) throw unknown(line);
    this.#sections.push({ title, line, remotes: [], options: new Map() });
  }

  #read(text: string, line: number): void {
    const section = this.#sections.at(-1);
    if (!section) throw unknown(line);
    const { title } = section;
    if (SOURCES.includes(title)) this.#readSource(section, text, line);
    else if (title === "DEPENDENCIES") this.#direct.add(matched(NAMED, text, line)[1] ?? "");
    else if (title === "CHECKSUMS") this.#readChecksum(text, line);
    else {
      matched(WORDS, text, line);
      if (title === "BUNDLED WITH") this.#bundler = bundledWith(text.trim(), line);
    }
  }

  #readSource(section: Section, text: string, line: number): void {
    if (text.startsWith(" ".repeat(6))) {
      matched(NEEDED, text, line);
      return;
    }
    if (text.startsWith(" ".repeat(4))) {
      const [, name = "", version = ""] = matched(SPEC, text, line);
      this.#locked.push({ section, name, version, line });
      return;
    }
    const [, key = "", value = ""] = matched(OPTION, text, line);
    if (key === "remote") section.remotes.push({ url: value, line });
    else section.options.set(key, value);
  }

  #readChecksum(text: string, line: number): void {
    const [, name = "", version = "", digests = ""] = matched(NAMED, text, line);
    const key = `${name} ${version}`;
    const known = this.#checksums.get(key) ?? [];
    this.#checksums.set(key, known);
    for (const digest of digests.split(",")) if (digest !== "") known.push(digest);
    if (known.length <= MAX_DIGESTS) return;
    const why = "more digests of one gem than are read";
    throw new NotUnderstood("too-many-digests", why, { line, column: 1 });
  }

  given(): Given {
    const isHeld = this.#sections.some(({ title }) => title === "CHECKSUMS");
    const gems = this.#locked.map((locked) => this.#dependencyOf(locked, isHeld));
    const plugins = this.#sections.filter(({ title }) => title === "PLUGIN SOURCE");
    return {
      capabilities: [
        ...this.#sections.flatMap(otherRemotes),
        ...this.#sections.filter(({ title }) => title === "CHECKSUMS").map(checksums),
        ...plugins.map(({ options, line }) =>
          plainGrant({
            kind: "bundler.plugin",
            name: options.get("type") ?? "",
            holder: "lock",
            line,
          }),
        ),
      ],
      dependencies: this.#bundler ? [...gems, this.#bundler] : gems,
    };
  }

  #dependencyOf({ section, name, version, line }: Locked, isHeld: boolean): Dependency {
    const { title, options } = section;
    const revision = options.get("revision");
    return {
      ...{ ecosystem: "gem", name, group: "", direct: this.#direct.has(name), line },
      version: revision === undefined ? version : `${version}#${revision}`,
      source: sourceOf(section),
      ...(isHeld &&
        title === "GEM" && { integrity: this.#checksums.get(`${name} ${version}`) ?? [] }),
    };
  }
}

function unknown(line: number): NotUnderstood {
  const why = "a line that Bundler does not write into a lock file";
  return new NotUnderstood("unknown-line", why, { line, column: 1 });
}

function matched(pattern: RegExp, text: string, line: number): RegExpExecArray {
  const match = pattern.exec(text);
  if (!match) throw unknown(line);
  return match;
}

/** Thousands of gems have one section. */
const sourceOf = onceForEach(({ title, remotes }: Section): DependencySource => {
  const [first] = remotes;
  if (!first) return ownRegistry("gem");
  if (title === "GIT") return gitAt(first.url);
  if (title === "PATH") return localPath(first.url);
  const sources = remotes.map(({ url }) => registryAt(url, "gem", OWN_HOSTS));
  // A gem of several remotes may come from any of them.
  return sources.find(({ origin }) => origin !== null) ?? ownRegistry("gem");
});

/** Remotes of one section besides the one that its gems are told to come from. */
function otherRemotes(section: Section): Capability[] {
  if (section.title === "GIT" || section.title === "PATH") return [];
  const told = sourceOf(section).origin;
  return section.remotes.flatMap(({ url, line }) => {
    const source = registryAt(url, "gem", OWN_HOSTS);
    return source.origin === told ? [] : sourceGrants({ ecosystem: "gem", source, line });
  });
}

function checksums({ line }: Section): Capability {
  return plainGrant({ kind: "bundler.checksums", name: "CHECKSUMS", holder: "lock", line });
}

/** Bundler installs and runs this version of itself. */
function bundledWith(version: string, line: number): Dependency {
  return {
    ...{ ecosystem: "gem", name: "bundler", version, group: "BUNDLED WITH", direct: true, line },
    source: ownRegistry("gem"),
  };
}
