import {
  type OptionStyle,
  type ParsedArguments,
  parseArguments,
  parseNamedArguments,
} from "./program-options.ts";
import type { Argument } from "./program.ts";

/** What the options of a client of HTTP mean. */
export interface Client {
  readonly parse: (args: readonly Argument[]) => ParsedArguments;
  readonly url: readonly string[];
  /** Whether every URL among the operands is asked for, and not the first alone. */
  readonly hasManyUrls: boolean;
  /** Options that have a request go elsewhere: proxies, and other addresses for a name. */
  readonly detours: readonly string[];
  /** With how they begin: `--data` of `--data-raw`, and whatever is abbreviated. */
  readonly body: readonly string[];
  readonly method: readonly string[];
  readonly headers: readonly string[];
  readonly output: readonly string[];
  /** By which options an answer is saved under its own name. */
  readonly ownName: readonly string[];
  /** Whether those and `output` count for one URL each, in their order. */
  readonly savesEach: boolean;
  /** Whether every answer is saved under its own name: always, or by these options. */
  readonly ownNames: "always" | readonly string[];
}

const CURL: OptionStyle = {
  short: "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
  long: [
    ...["abstract-unix-socket", "alt-svc", "aws-sigv4", "cacert", "capath", "cert", "cert-type"],
    ...["ciphers", "config", "connect-timeout", "connect-to", "continue-at", "cookie"],
    ...["cookie-jar", "create-file-mode", "crlfile", "curves", "data", "data-ascii"],
    ...["data-binary", "data-raw", "data-urlencode", "delegation", "dns-interface"],
    ...["dns-ipv4-addr", "dns-ipv6-addr", "dns-servers", "doh-url", "dump-header", "ech"],
    ...["egd-file", "engine", "etag-compare", "etag-save", "expect100-timeout", "form"],
    ...["form-string", "ftp-account", "ftp-alternative-to-user", "ftp-method", "ftp-port"],
    ...["ftp-ssl-ccc-mode", "happy-eyeballs-timeout-ms", "haproxy-clientip", "header"],
    ...["hostpubmd5", "hostpubsha256", "hsts", "interface", "ip-tos", "ipfs-gateway", "json"],
    ...["keepalive-cnt", "keepalive-time", "key", "key-type", "krb", "libcurl", "limit-rate"],
    ...["local-port", "login-options", "mail-auth", "mail-from", "mail-rcpt", "max-filesize"],
    ...["max-redirs", "max-time", "netrc-file", "noproxy", "oauth2-bearer", "output"],
    ...["output-dir", "parallel-max", "parallel-max-host", "pass", "pinnedpubkey", "preproxy"],
    ...["proto", "proto-default", "proto-redir", "proxy", "proxy-cacert", "proxy-capath"],
    ...["proxy-cert", "proxy-cert-type", "proxy-ciphers", "proxy-crlfile", "proxy-header"],
    ...["proxy-key", "proxy-key-type", "proxy-pass", "proxy-pinnedpubkey"],
    ...["proxy-service-name", "proxy-tls13-ciphers", "proxy-tlsauthtype", "proxy-tlspassword"],
    ...["proxy-tlsuser", "proxy-user", "proxy1.0", "pubkey", "quote", "random-file", "range"],
    ...["rate", "referer", "request", "request-target", "resolve", "retry", "retry-delay"],
    ...["retry-max-time", "sasl-authzid", "service-name", "sigalgs", "socks4", "socks4a"],
    ...["socks5", "socks5-gssapi-service", "socks5-hostname", "speed-limit", "speed-time"],
    ...["stderr", "telnet-option", "tftp-blksize", "time-cond", "tls-max", "tls13-ciphers"],
    ...["tlsauthtype", "tlspassword", "tlsuser", "trace", "trace-ascii", "trace-config"],
    ...["unix-socket", "upload-file", "upload-flags", "url", "url-query", "user", "user-agent"],
    ...["variable", "vlan-priority", "write-out"],
  ],
};

const WGET: OptionStyle = {
  short: "aABDeiIlnoOPQRtTUwX",
  long: [
    ...["append-output", "base", "body-data", "body-file", "ca-certificate", "directory-prefix"],
    ...["header", "load-cookies", "method", "output-document", "output-file", "password"],
    ...["post-data", "post-file", "referer", "save-cookies", "timeout", "tries", "user"],
    ...["user-agent", "waitretry"],
  ],
};

const ARIA2C: OptionStyle = {
  short: "adijklmMoOstTuUx",
  long: ["all-proxy", "dir", "header", "http-proxy", "https-proxy", "out", "referer", "user-agent"],
};

const HTTPIE: OptionStyle = {
  short: "aAop",
  long: ["auth", "cert", "cert-key", "output", "proxy", "raw", "session", "verify"],
};

/** curl's `NAME:PORT:ADDRESS`, which is where a request for the name goes. */
export const DETOURS_OF_NAMES = ["--connect-to", "--resolve"];

const curl: Client = {
  parse: (args) => parseArguments(args.map(withoutExpansion), CURL),
  url: ["--url"],
  hasManyUrls: true,
  detours: [
    ...["-x", "--proxy", "--preproxy", "--proxy1.0", "--socks4", "--socks4a", "--socks5"],
    ...["--socks5-hostname", ...DETOURS_OF_NAMES],
  ],
  body: [
    ...["-d", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode"],
    ...["-F", "--form-string", "--json", "-T", "--upload-file"],
  ],
  method: ["-X", "--request"],
  headers: [
    ...["-A", "--user-agent", "-b", "--cookie", "-e", "--referer", "-H", "--header"],
    ...["--oauth2-bearer", "-u", "--user", "--url-query"],
  ],
  output: ["-o", "--output"],
  ownName: ["-O", "--remote-name"],
  savesEach: true,
  ownNames: ["--remote-name-all"],
};

const wget: Client = {
  parse: (args) => parseArguments(args, WGET),
  url: [],
  hasManyUrls: true,
  detours: [],
  body: ["--post-data", "--post-file", "--body-data", "--body-file"],
  method: ["--method"],
  headers: ["--header", "--referer", "--user", "--password", "-U", "--user-agent"],
  output: ["-O", "--output-document"],
  ownName: [],
  savesEach: false,
  ownNames: "always",
};

const aria2c: Client = {
  ...wget,
  parse: (args) => parseArguments(args, ARIA2C),
  detours: ["--all-proxy", "--http-proxy", "--https-proxy"],
  output: ["-o", "--out"],
};

const SWITCHES =
  /^-(?:allow|debug|disable|follow|no|pass|preserve|proxyuse|resume|skip|useb|usedefault|verbose)/i;

const powershell: Client = {
  parse: (args) => parseNamedArguments(args, SWITCHES),
  url: ["-uri"],
  hasManyUrls: false,
  detours: ["-proxy"],
  body: ["-body", "-form", "-infile"],
  method: ["-method"],
  headers: ["-headers", "-token", "-useragent"],
  output: ["-outfile", "-o"],
  ownName: [],
  savesEach: false,
  ownNames: [],
};

const httpie: Client = {
  parse: (args) => parseArguments(args, HTTPIE),
  url: [],
  hasManyUrls: false,
  detours: ["--proxy"],
  body: ["--raw"],
  method: [],
  headers: ["-a", "--auth"],
  output: ["-o", "--output"],
  ownName: ["-d", "--download"],
  savesEach: false,
  ownNames: [],
};

/** By the name that calls them. */
export const CLIENTS: ReadonlyMap<string, Client> = new Map([
  ["curl", curl],
  ["wget", wget],
  ["aria2c", aria2c],
  ["http", httpie],
  ["https", httpie],
  ["xh", httpie],
  ["invoke-webrequest", powershell],
  ["invoke-restmethod", powershell],
  ["iwr", powershell],
  ["irm", powershell],
]);

// curl's `--expand-data "{{variable}}"` is its `--data`.
function withoutExpansion(arg: Argument): Argument {
  return { ...arg, text: arg.text.replace(/^--expand-/, "--") };
}
