import { addressAt, addressIn, isGitHub, isLocal, UNKNOWN_HOST } from "../shell/address.ts";
import { printable } from "../printable.ts";
import type { Argument } from "../shell/program.ts";
import { SUBSTITUTED } from "../shell/lists.ts";
import type { ScriptCommand } from "./step-script.ts";

/** One command that sends data to other hosts. */
export interface Sending {
  readonly hosts: readonly SendingHost[];
  readonly row: number;
  /** Whether it sends without a body: then only what it says of a secret makes it one. */
  readonly isQuery: boolean;
  /** The texts that reach the hosts, their addresses among them, as they were written. */
  readonly sent: readonly string[];
}

export interface SendingHost {
  /** In lower case, `the host in secrets.X`, or an unknown one. */
  readonly host: string;
  /** What its address is made of, where only the run knows it; "" else. */
  readonly unknown: string;
}

/**
 * What a command sends to other hosts, null for nothing: an HTTP request, a connection by `nc`,
 * `openssl` or `/dev/tcp`, or a name to look up that is made of other text. GitHub's own hosts, the
 * machine itself and a job's services count as nothing.
 */
export function sendingOf(command: ScriptCommand): Sending | null {
  const found = requestSent(command) ?? connection(command) ?? lookUp(command);
  if (!found) return null;
  const hosts = found.hosts
    .filter(({ host }) => isElsewhere(host))
    .map(({ host, address }) => ({
      host,
      unknown: host === UNKNOWN_HOST ? (command.written[address?.word ?? -1] ?? "-") : "",
    }));
  return hosts.length > 0 ? { ...found, hosts } : null;
}

/** A sending, and the words that say where to. */
interface Found extends Omit<Sending, "hosts"> {
  readonly hosts: readonly { readonly host: string; readonly address: Argument | null }[];
}

function isElsewhere(host: string): boolean {
  return host === UNKNOWN_HOST || (!isGitHub(host) && !isLocal(host));
}

function requestSent(command: ScriptCommand): Found | null {
  if (!command.request) return null;
  const { targets, hasBody, sent } = command.request;
  const hosts = targets.map(({ address, url }) => ({
    host: address?.host ?? secretHost(url) ?? UNKNOWN_HOST,
    address: url,
  }));
  return { hosts, isQuery: !hasBody, ...sentBy(command, sent) };
}

// `nc -w 3 host 4444`, `openssl s_client -connect host:443`, `cat file > /dev/tcp/host/80`
function connection(command: ScriptCommand): Found | null {
  const { name, args } = command;
  const address =
    deviceHost(command) ?? (name === "openssl" ? connected(args) : netcatHost(command));
  if (address === undefined || address.text === "") return null;
  const hosts = [{ host: hostName(address.text), address }];
  return { hosts, isQuery: false, ...sentBy(command, args) };
}

const DEVICE = /^\/dev\/(?:tcp|udp)\/([^/]*)/;

function deviceHost({ targets, written }: ScriptCommand): Argument | undefined {
  const [text] = targets.flatMap((target) => DEVICE.exec(target)?.slice(1) ?? []);
  const word = written.findIndex((written) => DEVICE.test(written));
  return text === undefined ? undefined : { text, word };
}

const NETCAT = /^(?:nc|ncat|netcat|telnet|socat)$/;

// Listening and looking whether a port is open send nothing.
function netcatHost({ name, args }: ScriptCommand): Argument | undefined {
  if (!NETCAT.test(name) || args.some(({ text }) => /^-[a-z]*[lz]/.test(text))) return undefined;
  if (name === "socat") {
    return args
      .map(({ text, word }) => ({ text: SOCKET.exec(text)?.[1] ?? "", word }))
      .find(({ text }) => text !== "");
  }
  return args.find(({ text }, index) => {
    const isValue = /^-[a-z]*[ipqswxX]$/.test(args[index - 1]?.text ?? "");
    return !text.startsWith("-") && !isValue;
  });
}

// `tcp:host:80`, `UDP4-SENDTO:host:53`
const SOCKET = /^(?:tcp|udp|openssl|ssl)[46]?(?:-(?:connect|sendto|datagram))?:([^:]+)/i;

function connected(args: readonly Argument[]): Argument | undefined {
  return args[args.findIndex(({ text }) => text === "-connect") + 1 || args.length];
}

// `dig $(cat secret).example.com`, `nslookup "$TOKEN.example.com"`
function lookUp(command: ScriptCommand): Found | null {
  if (!/^(?:dig|nslookup|host|drill|ping|resolvectl|resolve-dnsname)$/.test(command.name))
    return null;
  const made = command.args.find(({ word }) => /\$/.test(command.written[word] ?? ""));
  const host = made ? hostName(made.text) : "";
  if (!made || !host.startsWith("*")) return null;
  return { hosts: [{ host, address: made }], isQuery: false, ...sentBy(command, [made]) };
}

function hostName(text: string): string {
  return (addressIn(text) ?? addressAt(text)).host ?? secretHost({ text, word: 0 }) ?? UNKNOWN_HOST;
}

/** Where a secret is the whole address, whoever may set secrets has chosen the host. */
function secretHost(url: Argument | null): string | undefined {
  const secret = /^(?:\w+:\/\/)?\$\{\{secrets\.([\w-]+)\}\}/.exec(url?.text ?? "")?.[1];
  return secret && printable(`the host in secrets.${secret.toUpperCase()}`);
}

function sentBy(
  { row, written }: ScriptCommand,
  sent: readonly Argument[],
): Pick<Sending, "row" | "sent"> {
  return { row, sent: sent.map(({ word }) => written[word] ?? SUBSTITUTED) };
}
