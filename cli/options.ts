import { parseArgs } from "node:util";
import { UsageError } from "./terminal.ts";

interface OptionKind {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
}

type Values<Options extends Record<string, OptionKind>> = {
  readonly [Name in keyof Options]?: Options[Name] extends { multiple: true }
    ? string[]
    : Options[Name] extends { type: "boolean" }
      ? boolean
      : string;
};

/** Parses a command's own arguments; an unknown option or a stray word is a usage error. */
export function parseOptions<const Options extends Record<string, OptionKind>>(
  command: string,
  args: readonly string[],
  options: Options,
  positionals: { readonly atMost: number } = { atMost: 0 },
): { values: Values<Options>; words: readonly string[] } {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: options,
      allowPositionals: true,
      strict: true,
    });
    const stray = parsed.positionals[positionals.atMost];
    if (stray !== undefined) throw new TypeError(`Unexpected argument '${stray}'`);
    return { values: parsed.values, words: parsed.positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${command}: ${whatOf(error)}`, `see \`bailiff ${command} --help\``, {
      cause: error,
    });
  }
}

/** `Unknown option '--x'. To specify …`: Node's advice is for programmers, and a name may hold a dot. */
function whatOf({ message }: TypeError): string {
  return message.split(/\. |\n/u, 1)[0] ?? message;
}

/** One of `choices`, or a usage error that lists them. */
export function choice<const Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((one) => one === value);
  if (found !== undefined) return found;
  throw new UsageError(`--${option} ${value} is not known`, `use one of ${choices.join(", ")}`);
}

/** An option's whole number, 0 or more, or a usage error; undefined where the option was not given. */
export function wholeNumber(option: string, value: string | undefined): number | undefined {
  return value === undefined ? undefined : parseWholeNumber(`--${option}`, value);
}

/** The INDEX of a record, which `command` has to be given. */
export function recordIndex(command: string, value: string | undefined): number {
  if (value !== undefined) return parseWholeNumber("INDEX", value);
  throw new UsageError(`${command}: INDEX is missing`, "see `bailiff ledger log`");
}

function parseWholeNumber(what: string, value: string): number {
  const number = /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new UsageError(`${what} ${value} is not a whole number`, "write it in digits");
}

/** What a user may call a repository: its numeric id on the host, a safe integer. */
export function hostedRepositoryId(value: string): string {
  if (/^[1-9][0-9]{0,15}$/.test(value) && Number.isSafeInteger(Number(value))) return value;
  throw new UsageError(
    `--repository-id ${JSON.stringify(value)} is not an id`,
    "use the numeric id that the host gives (`gh api repos/OWNER/NAME --jq .id`)",
  );
}

/** The same, or the id that `ledger init` made for a repository without a host. */
export function repositoryId(value: string): string {
  return LOCAL_ID.test(value) ? value : hostedRepositoryId(value);
}

const LOCAL_ID = /^local-[0-9a-f]{16}$/;

/** A sha256 as the pin has it, or a usage error. */
export function rootDigest(option: string, value: string): string {
  if (/^[0-9a-f]{64}$/.test(value)) return value;
  throw new UsageError(
    `--${option} ${JSON.stringify(value)} is no sha256 in 64 lower-case hex digits`,
    "give the last field of the pin",
  );
}
