/** How safely a source is reached: over an encrypted connection, or so that anyone between can change it. */
export type SourceLevel = "encrypted" | "plain";

/** Where a dependency comes from. */
export interface DependencySource {
  /** For policies and people: `registry:npm`, `registry:npm.acme.dev`, `git:github.com/acme/lib`, `url:acme.dev/lib.tgz`, `path:../lib`. */
  readonly text: string;
  /**
   * Who decides what comes: a registry's or server's host, or a git repository. null for what is of
   * this repository, and for the ecosystem's own registry over an encrypted connection.
   */
  readonly origin: string | null;
  readonly level: SourceLevel;
}

/** The ecosystem's own registry, or whichever one is configured elsewhere. */
export function ownRegistry(ecosystem: string): DependencySource {
  return { text: `registry:${ecosystem}`, origin: null, level: "encrypted" };
}

/** A file or folder of this repository, or a workspace of it. */
export function localPath(path: string): DependencySource {
  return { text: `path:${path}`, origin: null, level: "encrypted" };
}

/** Schemes that encrypt; ssh and what is written as `user@host:path` are ssh. */
const ENCRYPTED = new Set(["https:", "ssh:", "git+https:", "git+ssh:", "sftp:", "oci:"]);

/** A host, and what it is asked for, without credentials, query and fragment. */
interface Address {
  readonly host: string;
  readonly path: string;
  readonly level: SourceLevel;
}

/**
 * A registry at an address. `own` are the hosts that serve the ecosystem's own registry: of them
 * only a plain connection stands out.
 */
export function registryAt(
  url: string,
  ecosystem: string,
  own: readonly string[],
): DependencySource {
  const address = addressOf(url);
  if (!address) return unreadable("registry", url);
  const { host, level } = address;
  if (own.includes(host) && level === "encrypted") return ownRegistry(ecosystem);
  return { text: `registry:${host}`, origin: `registry:${host}`, level };
}

/** A file at an address: its server decides what comes. */
export function fileAt(url: string): DependencySource {
  const address = addressOf(url);
  if (!address) return unreadable("url", url);
  const { host, path, level } = address;
  return { text: `url:${host}${path}`, origin: `url:${host}`, level };
}

/** A git repository at an address, in any spelling that git knows: `git+https:`, `git@host:path`. */
export function gitAt(url: string): DependencySource {
  const address = addressOf(url);
  if (!address) return unreadable("git", url);
  const { host, path, level } = address;
  const text = `git:${host}${path.replace(/(?:\.git)?\/*$/, "")}`;
  return { text, origin: text, level };
}

// user@host:path, which is no URL; user:word@host is none of it, and https:host/path an odd one.
const SCP = /^(?!https?:)(?:[^@/:\s]+@)?([A-Za-z0-9.-]+):(?!\/\/|[^/]*@)([^\s]+)$/i;

// git+ssh://git@host:owner/name, where a URL has a port.
const SCP_IN_URL = /^((?:git\+)?ssh:\/\/(?:[^@/\s]+@)?[A-Za-z0-9.-]+):(?!\d+(?:\/|$))/i;

/** The longest address that is taken apart: no server takes one near it. */
const MAX_LENGTH = 8 * 1024;

function addressOf(url: string): Address | null {
  if (url.length > MAX_LENGTH) return null;
  const scp = SCP.exec(url);
  if (scp) {
    const [, host = "", path = ""] = scp;
    const rooted = path.startsWith("/") ? path : `/${path}`;
    return { host: host.toLowerCase(), path: rooted.replace(/[?#].*$/, ""), level: "encrypted" };
  }
  const written = url.replace(SCP_IN_URL, "$1/");
  if (!URL.canParse(written)) return null;
  const { protocol, host, pathname } = new URL(written);
  if (host === "") return null;
  const level = ENCRYPTED.has(protocol) ? "encrypted" : "plain";
  return { host: host.toLowerCase(), path: pathname, level };
}

/**
 * What is no address at all is told as it is, less what may be a password, as the weakest of its
 * sort; what the environment gives (`${NPM_REGISTRY}`) nobody can write into a file.
 */
function unreadable(how: string, url: string): DependencySource {
  const text = `${how}:${withoutUserAndQuery(url)}`;
  return { text, origin: text, level: /^\$\{\w+\}/.test(url) ? "encrypted" : "plain" };
}

/**
 * A text that may be an address, without what may be a password in it: user and query. What stands
 * behind `#` stays, which says what is taken.
 */
export function withoutUserAndQuery(text: string): string {
  const [address = "", ref = ""] = text.split(/(?=#)/);
  const [, scheme = "", rest = ""] = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/)(.*)$/s.exec(address) ?? [];
  if (scheme !== "") return scheme + withoutUser(rest.replace(/\?.*$/s, ""), address) + ref;
  // name:word@host:path, which is no URL.
  return address.replace(/^[^/@\s]+:[^/@\s]+@(?=[^/:@]+:)/, "") + ref;
}

function withoutUser(rest: string, address: string): string {
  // A password with a slash in it makes the whole no URL: then no sign before the last @ is shown.
  const authority = URL.canParse(address) ? /^[^/\\]*/.exec(rest)?.[0].length : undefined;
  return rest.slice(rest.slice(0, authority).lastIndexOf("@") + 1);
}
