/**
 * How a submodule's content comes here. `https`: the server proves who it is, by a certificate or
 * by its SSH host key; a relative URL takes the way that the repository itself came. `other`: no
 * proof (`http:`, `git:`), a path on the machine that clones, or a helper program of git's.
 */
export type Transport = "https" | "other";

/** The transport of a submodule's URL. */
export function transportOf(url: string): Transport {
  if (/^(?:https|ssh|git\+ssh|ssh\+git):\/\//i.test(url)) return "https";
  if (/^\.\.?\//.test(url)) return "https";
  // `git@host:path`, but neither a drive (`C:\a`) nor a helper (`ext::`).
  return /^[^/:\\]{2,}:(?!:|\/\/)/.test(url) ? "https" : "other";
}

/**
 * Whether some version of git starts a command for a URL: `ext::sh -c …` names one, and what
 * starts with a dash, or whose host does, becomes an option of git or ssh (CVE-2017-1000117,
 * CVE-2018-17456).
 */
export function startsCommand(url: string): boolean {
  return /^(?:ext::|-|[^/]*@-|[a-z+]+:\/\/(?:[^/]*@)?(?:-|%2d))/i.test(url);
}

/** A URL without the user and password in it: a report is no place for them. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([A-Za-z+]+:\/\/)[^/]*@/, "$1…@");
}
