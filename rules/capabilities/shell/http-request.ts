import { type Address, addressAt, addressIn } from "./address.ts";
import {
  type Option,
  type OptionStyle,
  type ParsedArguments,
  parseArguments,
  parseNamedArguments,
} from "./program-options.ts";
import type { Argument, ShellProgram } from "./program.ts";

/** What a command line asks of a server. */
export interface HttpRequest {
  /** Where to; null where the command does not say. */
  readonly url: Argument | null;
  readonly address: Address | null;
  /** The file that the answer is written to, null where it goes on through the pipe. */
  readonly savedAs: string | null;
  /** Whether it has a body, or a method that asks for one. */
  readonly hasBody: boolean;
  /** All that reaches the server: its address, headers and body. */
  readonly sent: readonly Argument[];
}

/** What a program's options mean; a name may stand for an option that others abbreviate. */
interface Client {
  readonly parse: (args: readonly Argument[]) => ParsedArguments;
  readonly url: readonly string[];
  readonly body: readonly string[];
  readonly method: readonly string[];
  readonly headers: readonly string[];
  readonly output: readonly string[];
  /** Whether an answer is saved under its own name: always, or by these options. */
  readonly ownName: "always" | readonly string[];
}

/** What `curl`, `wget`, PowerShell's clients and HTTPie ask for; null for every other program. */
export function requestOf(program: ShellProgram): HttpRequest | null {
  const client = CLIENTS.get(program.name);
  if (!client) return null;
  const { options, operands } = client.parse(program.args);
  const given = (names: readonly string[]): readonly Option[] =>
    options.filter(({ name }) => names.includes(name));
  const url = given(client.url)[0]?.value ?? operands.find(isUrl) ?? operands.find(isHost) ?? null;
  const address = url && (addressIn(url.text) ?? addressAt(url.text));
  const [bodies, methods] = [given(client.body), given(client.method)];
  const sends = methods.some(({ value }) => SENDING.test(value?.text ?? ""));
  return {
    url,
    address,
    savedAs: given(client.output)[0]?.value?.text ?? ownName(client, options, address),
    hasBody: bodies.length > 0 || sends || operands.some(({ text }) => SENDING.test(text)),
    sent: [
      ...operands,
      ...[...bodies, ...given(client.headers), ...given(client.url)].flatMap(valueOf),
    ],
  };
}

const SENDING = /^(?:POST|PUT|PATCH)$/i;

const CURL: OptionStyle = {
  short: "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
  long: [
    ...["cacert", "cert", "config", "connect-timeout", "connect-to", "cookie", "cookie-jar"],
    ...["data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "doh-url"],
    ...["dump-header", "form", "form-string", "header", "json", "key", "max-redirs", "max-time"],
    ...["netrc-file", "oauth2-bearer", "output", "output-dir", "preproxy", "proto", "proxy"],
    ...["proxy-user", "referer", "request", "resolve", "retry", "retry-delay", "retry-max-time"],
    ...["socks4", "socks4a", "socks5", "socks5-hostname", "upload-file", "url", "url-query"],
    ...["user", "user-agent", "write-out"],
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

const curl: Client = {
  parse: (args) => parseArguments(args, CURL),
  url: ["--url"],
  body: [
    ...["-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode"],
    ...["-F", "--form", "--form-string", "--json", "-T", "--upload-file"],
  ],
  method: ["-X", "--request"],
  headers: [
    ...["-A", "--user-agent", "-b", "--cookie", "-e", "--referer", "-H", "--header"],
    ...["--oauth2-bearer", "-u", "--user", "--url-query"],
  ],
  output: ["-o", "--output"],
  ownName: ["-O", "--remote-name"],
};

const wget: Client = {
  parse: (args) => parseArguments(args, WGET),
  url: [],
  body: ["--post-data", "--post-file", "--body-data", "--body-file"],
  method: ["--method"],
  headers: ["--header", "--referer", "--user", "--password", "-U", "--user-agent"],
  output: ["-O", "--output-document"],
  ownName: "always",
};

const aria2c: Client = {
  ...wget,
  parse: (args) => parseArguments(args, ARIA2C),
  output: ["-o", "--out"],
};

const SWITCHES =
  /^-(?:allow|debug|disable|follow|no|pass|preserve|proxyuse|resume|skip|useb|usedefault|verbose)/i;

const powershell: Client = {
  parse: (args) => parseNamedArguments(args, SWITCHES),
  url: ["-uri"],
  body: ["-body", "-form", "-infile"],
  method: ["-method"],
  headers: ["-headers", "-token", "-useragent"],
  output: ["-outfile", "-o"],
  ownName: [],
};

const httpie: Client = {
  parse: (args) => parseArguments(args, HTTPIE),
  url: [],
  body: ["--raw"],
  method: [],
  headers: ["-a", "--auth"],
  output: ["-o", "--output"],
  ownName: ["-d", "--download"],
};

const CLIENTS: ReadonlyMap<string, Client> = new Map([
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

function valueOf({ value }: Option): readonly Argument[] {
  return value ? [value] : [];
}

function isUrl({ text }: Argument): boolean {
  return text.includes("://");
}

// `curl get.example.com/install.sh`, `curl "$URL"`
function isHost({ text }: Argument): boolean {
  return (
    /^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(text) || /^\$/.test(text) || text.startsWith("localhost")
  );
}

function ownName(
  { ownName: named }: Client,
  options: readonly Option[],
  address: Address | null,
): string | null {
  const isNamed = named === "always" || options.some(({ name }) => named.includes(name));
  return isNamed ? (address?.path.split("/").at(-1) ?? "") || null : null;
}
