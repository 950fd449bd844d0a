/** Where a fetched repository may be reached, and how git proves who asks. Local reading has none of it. */
export interface RemoteAccess {
  readonly url: string;
  readonly protocol: "https" | "http" | "file";
  readonly token?: string;
}

/**
 * The environment of every git process, built from nothing.
 *
 * Only the search path and, towards a remote, the proxy and certificate settings of this process go in.
 */
export function gitEnvironment(gitDir: string, access?: RemoteAccess): Record<string, string> {
  return {
    ...inherited(access === undefined ? ["PATH"] : ["PATH", ...NETWORK]),
    LC_ALL: "C",
    HOME: gitDir,
    XDG_CONFIG_HOME: gitDir,
    GIT_DIR: gitDir,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    GIT_ADVICE: "0",
    // Versions of git without GIT_NO_LAZY_FETCH still find no transport to fetch a missing object by.
    GIT_ALLOW_PROTOCOL: access?.protocol ?? "none",
    ...remoteConfiguration(access),
  };
}

const NETWORK = [
  ...["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO"],
];

function inherited(names: readonly string[]): Record<string, string> {
  const set = names.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(
    set.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** A text without this access's token, in any of its forms: a server may say back what it was sent. */
export function withoutToken(text: string, { token }: RemoteAccess): string {
  if (token === undefined) return text;
  const forms = [credentialsOf(token), token, encodeURIComponent(token)];
  return forms.reduce((rest, form) => rest.replaceAll(form, "[token]"), text);
}

function credentialsOf(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString("base64");
}

/** The token travels here: arguments are readable by every user of the machine. */
function remoteConfiguration(access: RemoteAccess | undefined): Record<string, string> {
  if (access === undefined) return {};
  const entries = [["safe.directory", "*"]];
  if (access.token !== undefined && access.protocol !== "file") {
    const header = `Authorization: Basic ${credentialsOf(access.token)}`;
    entries.push([`http.${access.url}.extraHeader`, header]);
  }
  const configuration: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  for (const [index, [key = "", value = ""]] of entries.entries()) {
    configuration[`GIT_CONFIG_KEY_${index}`] = key;
    configuration[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return configuration;
}
