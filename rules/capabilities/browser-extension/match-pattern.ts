import { type Way, wayTo } from "../reach.ts";

/** A match pattern, taken apart so that a narrower one has every condition of a wider one. */
export interface MatchPattern {
  readonly schemes: readonly string[];
  readonly conditions: readonly string[];
  /** Whether it takes in hosts of no one owner: every host, or every one below a top-level domain. */
  readonly isEvery: boolean;
}

/** What `*` stands for as a scheme, and what `<all_urls>` does, in Chrome or Firefox. */
const ANY_SCHEME = ["http", "https"];
const ALL_SCHEMES = [...ANY_SCHEME, "ws", "wss", "ftp", "file", "data", "urn"];

/** `*://*.example.com:8080/path*`, `file:///home/*` */
const PATTERN = /^([*a-z][a-z0-9+.-]*|\*):\/\/([^/:]*)(?::([^/]*))?(\/.*)?$/is;

/** Longer hosts and paths are not taken apart: each part repeats what stands before it. */
const MAX_PART = 255;

/**
 * Reads a match pattern; null for a text that is none, as the name of a permission.
 *
 * `https://*.example.com/*` takes in `https://a.example.com/x`, `*://*\/*` both `http://*\/*` and
 * `https://*\/*`. Of two patterns the wider one has the fewer conditions, scheme by scheme. Paths
 * count where `paths` says so: permissions for hosts have none.
 *
 * Source: developer.chrome.com/docs/extensions/develop/concepts/match-patterns and
 * developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns.
 */
export function readPattern(text: string, paths: "count" | "ignored"): MatchPattern | null {
  if (text === "<all_urls>") return { schemes: ALL_SCHEMES, conditions: [], isEvery: true };
  const [all, named = "", host = "", port = "*", path = "/*"] = PATTERN.exec(text) ?? [];
  if (all === undefined) return null;
  const scheme = named.toLowerCase();
  return {
    schemes: scheme === "*" ? ANY_SCHEME : [scheme],
    conditions: [
      ...hostConditions(host.toLowerCase()),
      ...(port === "*" ? [] : [`port ${port}`]),
      ...(paths === "count" ? pathConditions(path) : []),
    ].sort(),
    isEvery: scheme !== "file" && /^\*(?:\.[^.]*)?$/.test(host),
  };
}

/** The ways that a pattern opens, one a scheme, under further conditions. */
export function patternWays(
  pattern: MatchPattern,
  conditions: readonly string[],
  line: number,
): Way[] {
  const all = [...pattern.conditions, ...conditions].sort();
  return pattern.schemes.map((scheme) => ({ ...wayTo(scheme, line), conditions: all }));
}

/** Of `*.a.com` what is below `com` and `a.com`; of `a.com` as well that it is no other below it. */
function hostConditions(host: string): string[] {
  if (host === "*") return [];
  if (host.length > MAX_PART) return [`host ${host}`];
  const isWild = host.startsWith("*.");
  const labels = (isWild ? host.slice("*.".length) : host).split(".");
  const below = labels.map((_, index) => `below ${labels.slice(index).join(".")}`);
  return isWild ? below : [...below, `host ${host}`];
}

/** Of `/a/b*` what is in `/a/`, and that it fits `/a/b*`. */
function pathConditions(path: string): string[] {
  if (path === "/*" || path === "/") return path === "/" ? ["path /"] : [];
  if (path.length > MAX_PART) return [`path ${path}`];
  const literal = path.slice(0, path.includes("*") ? path.indexOf("*") : path.length);
  const folders = [...literal.matchAll(/\//g)].map(({ index }) => literal.slice(0, index + 1));
  const inside = folders.filter((folder) => folder !== "/").map((folder) => `in ${folder}`);
  return path === `${literal}*` && literal.endsWith("/") ? inside : [...inside, `path ${path}`];
}
