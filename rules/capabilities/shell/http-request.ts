import { type Address, addressAt, addressIn } from "./address.ts";
import { CLIENTS, type Client, DETOURS_OF_NAMES } from "./http-clients.ts";
import type { Option } from "./program-options.ts";
import type { Argument, ShellProgram } from "./program.ts";

/** What a command line asks of servers. */
export interface HttpRequest {
  /** Each place that it names, proxies among them; one that nobody knows where it names none. */
  readonly targets: readonly RequestTarget[];
  /** Whether it has a body, or a method that asks for one. */
  readonly hasBody: boolean;
  /** All that reaches the servers: their addresses, headers and bodies. */
  readonly sent: readonly Argument[];
}

/** One place that a request leads to. */
export interface RequestTarget {
  /** Null where the command does not say. */
  readonly url: Argument | null;
  readonly address: Address | null;
  /** The file that the answer is written to, null where it goes on through the pipe. */
  readonly savedAs: string | null;
}

/** What `curl`, `wget`, PowerShell's clients and HTTPie ask for; null for every other program. */
export function requestOf(program: ShellProgram): HttpRequest | null {
  const client = CLIENTS.get(program.name);
  if (!client) return null;
  const { options, operands } = client.parse(program.args);
  const given = (names: readonly string[]): readonly Option[] =>
    options.filter(({ name }) => names.includes(name));
  const bodies = options.filter(({ name }) => client.body.some((body) => body.startsWith(name)));
  const sends = given(client.method).some(({ value }) => SENDING.test(value?.text ?? ""));
  const savedAs = namesOfFiles(client, options);
  const urls = urlsOf(client, given(client.url).flatMap(valueOf), operands);
  return {
    targets: [
      ...urls.map((url, index) => targetAt(url, (address) => savedAs(address, index))),
      ...given(client.detours).flatMap(detourBy),
    ],
    hasBody: bodies.length > 0 || sends || operands.some(({ text }) => SENDING.test(text)),
    sent: [
      ...operands,
      ...[...bodies, ...given(client.headers), ...given(client.url)].flatMap(valueOf),
    ],
  };
}

const SENDING = /^(?:POST|PUT|PATCH)$/i;

function valueOf({ value }: Option): readonly Argument[] {
  return value ? [value] : [];
}

function targetAt(
  url: Argument | null,
  savedAs: (address: Address | null) => string | null,
): RequestTarget {
  const address = url && (addressIn(url.text) ?? addressAt(url.text));
  return { url, address, savedAs: savedAs(address) };
}

function urlsOf(
  { hasManyUrls }: Client,
  named: readonly Argument[],
  operands: readonly Argument[],
): readonly (Argument | null)[] {
  if (!hasManyUrls) {
    return [named[0] ?? operands.find(isUrl) ?? operands.find(isHost) ?? null];
  }
  const isPlace = (operand: Argument): boolean =>
    isUrl(operand) || isHost(operand) || isUnknown(operand);
  const urls = [...named, ...operands.filter(isPlace)];
  return urls.length > 0 ? urls.sort((left, right) => left.word - right.word) : [null];
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

// `curl "h$REST"`
function isUnknown({ text }: Argument): boolean {
  return text.includes("$");
}

function detourBy(option: Option): readonly RequestTarget[] {
  return valueOf(option)
    .map((value) => (DETOURS_OF_NAMES.includes(option.name) ? withoutName(value) : value))
    .filter(({ text }) => text !== "")
    .map((value) => targetAt(value, () => null));
}

function withoutName(value: Argument): Argument {
  return { ...value, text: value.text.replace(/^[^:]*:[^:]*:/, "") };
}

/** Which file the answer of a URL is saved as, by the URL's place among all. */
function namesOfFiles(
  { output, ownName, ownNames, savesEach }: Client,
  options: readonly Option[],
): (address: Address | null, index: number) => string | null {
  const saving = options.filter(({ name }) => output.includes(name) || ownName.includes(name));
  const areNamed = ownNames === "always" || options.some(({ name }) => ownNames.includes(name));
  return (address, index) => {
    const option = saving[savesEach ? index : 0];
    if (option && output.includes(option.name)) return option.value?.text ?? null;
    return option || areNamed ? (address?.path.split("/").at(-1) ?? "") || null : null;
  };
}
