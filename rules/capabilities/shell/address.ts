import { printable } from "../printable.ts";

/** Where a URL leads, as far as the text says. */
export interface Address {
  /** In lower case without user and port, `*` for what only the run knows; null where that is all of it. */
  readonly host: string | null;
  /** From its `/` on, without query. */
  readonly path: string;
}

/** How a host is called that only the run knows. */
export const UNKNOWN_HOST = "an unknown host";

/** Hosts whose paths name the commit that a file is taken from. */
const BY_COMMIT =
  /^(?:github\.com|[\w.-]+\.githubusercontent\.com|codeload\.github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|cdn\.jsdelivr\.net|cdn\.statically\.io)$/;

/** The first URL in a text, null where it has none: `https://user@Example.com:443/a?b` → `example.com`, `/a`. */
export function addressIn(text: string): Address | null {
  const scheme = text.indexOf("://");
  return scheme < 0 ? null : addressAt(text.slice(scheme + 3));
}

/** Reads `host/path`, as it stands behind `https://`. */
export function addressAt(text: string): Address {
  const authority = /^[^\s/?#]*/.exec(text)?.[0] ?? "";
  const path = /^[^\s?#"'<>|;]*/.exec(text.slice(authority.length))?.[0] ?? "";
  return { host: hostOf(authority), path };
}

/** An address for people: its host, with the owner and repository where GitHub keeps it. */
export function addressName({ host, path }: Address): string {
  if (host === null) return UNKNOWN_HOST;
  if (!isGitHub(host)) return printable(host);
  const segments = path.split("/").filter((segment) => segment !== "");
  const owned = host === "api.github.com" ? segments.slice(1, 3) : segments.slice(0, 2);
  return printable([host, ...owned.map(literal)].join("/"));
}

/** Whether the path names a commit by its full SHA, on a host that keeps files by commit. */
export function isPinned({ host, path }: Address): boolean {
  const hasSha = /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/.test(path);
  return hasSha && host !== null && BY_COMMIT.test(host);
}

/** GitHub's own hosts. */
export function isGitHub(host: string): boolean {
  return /^(?:[\w.-]+\.)?(?:github\.com|githubusercontent\.com)$/.test(host);
}

/** The machine itself, and what a job's services and containers are called. */
export function isLocal(host: string): boolean {
  return (
    !/[.:]/.test(host) ||
    /^(?:127(?:\.\d+){3}|0\.0\.0\.0|::1?|host\.docker\.internal|.*\.(?:localhost|local))$/.test(
      host,
    )
  );
}

function hostOf(authority: string): string | null {
  // All before `@` is a user, whatever it looks like; what ends a quoted URL is none of it.
  const user = authority.slice(0, authority.lastIndexOf("@") + 1);
  // To some clients the host ends there.
  if (user.includes("\\")) return null;
  const written = authority.slice(user.length).toLowerCase();
  const withPort = written.replace(/["'<>|;,\\&].*/s, "");
  const bracketed = /^\[([0-9a-f:.]+)\]/.exec(withPort)?.[1];
  if (bracketed !== undefined) return bracketed;
  const host = withPort.replace(/:[^:]*$/, "").replace(/\.$/, "");
  const known = host.replace(/^.*(?:[})]|\$\w+)/s, "");
  if (known === host && !host.includes("$")) return host === "" ? null : host;
  // `${TENANT}.example.com`: whoever has the tenant's name, it is example.com's.
  return /^\.[\w-]+(?:\.[\w-]+)+$/.test(known) ? `*${known}` : null;
}

function literal(segment: string): string {
  return segment.includes("$") ? "*" : segment;
}
