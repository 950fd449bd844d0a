import { isGitFolder } from "../change/git-name.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import { readSubmodules, type Setting, type SubmoduleSection } from "./git-modules/submodules.ts";
import { startsCommand, transportOf, withoutCredentials } from "./git-modules/url.ts";
import { contentDigest } from "./holder-content.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { printable } from "./printable.ts";
import { type Way, wayTo } from "./reach.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads `.gitmodules`: where the content of submodules comes from, and commands that git is told
 * to start for them. A name or a path that leads out of where git keeps submodules is not
 * understood: every git since 2.20 refuses it, and earlier ones write where it leads.
 */
export const gitModules: CapabilityReader = {
  name: "git-modules",
  kinds: { "git.submodule": ["https", "other"], "git.submodule-command": [] },
  maxBytes: MAX_BYTES,
  claims: (path) => (path === ".gitmodules" ? "grants" : null),
  read: (_path, content) =>
    understand(() => {
      if (content.length > MAX_BYTES) throw new NotUnderstood("too-large", "too large");
      return readSubmodules(content).flatMap(readSection);
    }),
};

function readSection(section: SubmoduleSection): Capability[] {
  refuseHostile(section);
  const url = section.settings.get("url");
  const update = section.settings.get("update");
  return [
    ...(url ? [submodule(section, url)] : []),
    ...(url && startsCommand(url.value) ? [command(section, url)] : []),
    ...(update?.value.startsWith("!") ? [command(section, update)] : []),
  ];
}

/** Keys that say where the content comes from and what is done with it: all others describe the submodule. */
const GRANTS = ["url", "update"];

function submodule(section: SubmoduleSection, url: Setting): Capability {
  const level = transportOf(url.value);
  const name = printable(withoutCredentials(url.value));
  return { ...held(section, url), kind: "git.submodule", name, level };
}

function command(section: SubmoduleSection, setting: Setting): Capability {
  const name = printable(withoutCredentials(setting.value));
  return { ...held(section, setting), kind: "git.submodule-command", name };
}

/** The first way holds the whole text: what is shown of it may be cut, or lack a password. */
function held(
  { name, settings }: SubmoduleSection,
  { value, line }: Setting,
): Omit<Capability, "kind" | "name"> {
  const others = [...settings].filter(([key]) => !GRANTS.includes(key));
  return {
    holder: printable(`submodule.${name}`),
    context: "",
    line,
    certainty: "exact",
    reach: [wayTo(`value:${contentDigest(value)}`, line), ...placeOf(settings)],
    holderContent: contentDigest(...others.map(([key, other]) => `${key}=${other.value}`).sort()),
  };
}

/** Two sections that swap their paths bring each other's code to where the other one's is trusted. */
function placeOf(settings: SubmoduleSection["settings"]): Way[] {
  const path = settings.get("path");
  return path ? [wayTo(`path:${contentDigest(path.value)}`, path.line)] : [];
}

function refuseHostile({ name, line, settings }: SubmoduleSection): void {
  const path = settings.get("path");
  if (name === "" || segmentsOf(name).includes("..") || CONTROL.test(name)) {
    const why = "a submodule's name that leads out of git's own folder";
    throw new NotUnderstood("hostile-name", why, { line, column: 1 });
  }
  if (path && leadsAway(path.value)) {
    const why = "a submodule's path that leads out of the repository, or into git's own folder";
    throw new NotUnderstood("hostile-path", why, { line: path.line, column: 1 });
  }
  const url = settings.get("url");
  if (url && (CONTROL.test(url.value) || ENCODED_BREAK.test(url.value))) {
    // Credential helpers read one line a value: a line feed makes them send another host's password.
    const why = "a submodule's URL with a control character";
    throw new NotUnderstood("hostile-url", why, { line: url.line, column: 1 });
  }
}

const CONTROL = /\p{Cc}/u;

/** As git decodes it before it asks for a password (CVE-2020-5260). */
const ENCODED_BREAK = /%(?:00|0a|0d)/i;

function leadsAway(path: string): boolean {
  if (path === "" || CONTROL.test(path) || /^(?:[-/\\]|[A-Za-z]:)/.test(path)) return true;
  return segmentsOf(path).some((segment) => segment === ".." || isGitFolder(segment));
}

function segmentsOf(path: string): string[] {
  return path.split(/[/\\]/);
}
