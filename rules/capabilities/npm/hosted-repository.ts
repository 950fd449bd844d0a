/** Hosts that give the content of their git repositories as files too, by the names that serve them. */
const HOSTS = new Map([
  ["github.com", "github.com"],
  ["www.github.com", "github.com"],
  ["codeload.github.com", "github.com"],
  ["raw.githubusercontent.com", "github.com"],
  ["gitlab.com", "gitlab.com"],
  ["bitbucket.org", "bitbucket.org"],
]);

// /owner/repo, with or without more behind it
const PATH = /^\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:\/|$)/;

/**
 * The git repository that an address on a git host stands for: everybody may have one there, so
 * that the host alone says nothing of who decides what comes. null for every other address.
 */
export function hostedRepository(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, pathname } = new URL(url);
  const host = HOSTS.get(hostname);
  const [, owner = "", name = ""] = PATH.exec(pathname) ?? [];
  return host === undefined || owner === "" ? null : `${protocol}//${host}/${owner}/${name}`;
}
