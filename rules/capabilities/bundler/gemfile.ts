import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { rangeOfGitReference } from "../../dependencies/git-reference.ts";
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
import { plainGrant } from "../plain-grant.ts";
import { OWN_HOSTS } from "./lock.ts";
import { rangeOfRequirements } from "./requirement.ts";
import { type RubyCall, rubyLines } from "./ruby-lines.ts";

/** Git hosts that an option names in short: `github: "owner/name"`. */
const SHORT_HOSTS: Readonly<Record<string, string>> = {
  github: "github.com",
  gitlab: "gitlab.com",
  bitbucket: "bitbucket.org",
  gist: "gist.github.com",
};

/** What blocks around a gem say of it; the nearest one that says something counts. */
interface Around {
  readonly group: string;
  readonly origin: Origin | null;
}

const NOTHING_AROUND: Around = { group: "", origin: null };

/** What calls of a `Gemfile` take in, and how they are told apart from those of a gemspec. */
const GEMS: Readonly<Record<string, string | null>> = {
  gem: null,
  add_dependency: "",
  add_runtime_dependency: "",
  add_development_dependency: "development",
};

/**
 * Reads the lines of a `Gemfile` or a gemspec that look as people write them: gems, sources,
 * plugins, and code that is built when a gem is installed. All else is left out.
 *
 * Source: bundler.io/man/gemfile.5.html, guides.rubygems.org/specification-reference.
 */
export function readGemfile(text: string): Given {
  const blocks: Around[] = [];
  const capabilities: Capability[] = [];
  const dependencies: Dependency[] = [];
  for (const line of rubyLines(text)) {
    const around = blocks.at(-1) ?? NOTHING_AROUND;
    if (line === "ends") blocks.pop();
    else if (line === "opens") blocks.push(around);
    else {
      capabilities.push(...grantsOf(line));
      dependencies.push(...gemOf(line, around));
      if (line.opensBlock) blocks.push(within(around, line));
    }
  }
  return { capabilities, dependencies };
}

function within(around: Around, call: RubyCall): Around {
  const group = call.name === "group" ? call.symbols.join() : around.group;
  return { group, origin: originOf(call) ?? around.origin };
}

function grantsOf(call: RubyCall): Capability[] {
  const { name, texts, line } = call;
  const [first = ""] = texts;
  const certainty = "heuristic";
  if (name === "source" && first !== "" && !call.opensBlock) {
    const source = registryAt(first, "gem", OWN_HOSTS);
    return sourceGrants({ ecosystem: "gem", source, line, certainty });
  }
  if (name === "plugin" && first !== "") {
    const holder = "Gemfile";
    return [plainGrant({ kind: "bundler.plugin", name: first, holder, line, certainty })];
  }
  if (name !== "extensions") return [];
  return texts.map((path) =>
    plainGrant({ kind: "bundler.extension", name: path, holder: "gemspec", line, certainty }),
  );
}

function gemOf(call: RubyCall, around: Around): Dependency[] {
  const [name = "", ...versions] = call.texts;
  const isPlugin = call.name === "plugin";
  const ofSpec = GEMS[call.name];
  if ((ofSpec === undefined && !isPlugin) || name === "" || name.includes("#{")) return [];
  const origin = originOf(call) ?? around.origin;
  const isGit = origin !== null && origin.reference !== null;
  const inGroup = call.options.get("group") ?? around.group;
  const group = isPlugin ? "plugin" : (ofSpec ?? inGroup);
  const version = versions.join(", ") || null;
  return [
    {
      ...{ ecosystem: "gem", name, group, direct: true, line: call.line, certainty: "heuristic" },
      version: isGit ? `${version ?? ""}#${origin.reference}` : version,
      source: origin?.source ?? ownRegistry("gem"),
      range: rangeOf(origin, versions),
    },
  ];
}

interface Origin {
  readonly source: DependencySource;
  /** The git reference, "" for the default branch; null for what is no git repository. */
  readonly reference: string | null;
}

function rangeOf(origin: Origin | null, versions: readonly string[]): VersionRange {
  if (origin?.source.text.startsWith("path:")) return "exact";
  if (origin === null || origin.reference === null) return rangeOfRequirements(versions);
  return rangeOfGitReference(origin.reference);
}

/** By an option of a gem, or by a block that is called as the option is: `git "…" do`. */
function originOf({ name, texts, options, opensBlock }: RubyCall): Origin | null {
  const written = (key: string): string | undefined =>
    options.get(key) ?? (opensBlock && name === key ? texts[0] : undefined);
  const reference = options.get("ref") ?? options.get("tag") ?? options.get("branch") ?? "";
  const git = written("git");
  if (git !== undefined) return { source: gitAt(git), reference };
  for (const [short, host] of Object.entries(SHORT_HOSTS)) {
    const path = written(short);
    if (path !== undefined) return { source: gitAt(shortUrl(host, path)), reference };
  }
  const path = written("path");
  if (path !== undefined) return { source: localPath(path), reference: null };
  const source = written("source");
  if (source === undefined) return null;
  return { source: registryAt(source, "gem", OWN_HOSTS), reference: null };
}

/** `rails` stands for `rails/rails`. */
function shortUrl(host: string, path: string): string {
  if (path.includes("://")) return path;
  return `https://${host}/${path.includes("/") || host.startsWith("gist") ? path : `${path}/${path}`}`;
}
