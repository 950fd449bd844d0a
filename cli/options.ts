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
    const [what = error.message] = error.message.split(/[.\n]/u);
    throw new UsageError(`${command}: ${what}`, `see \`bailiff ${command} --help\``, {
      cause: error,
    });
  }
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
  if (value === undefined) return undefined;
  const number = /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new UsageError(`--${option} ${value} is not a whole number`, "write it in digits");
}
