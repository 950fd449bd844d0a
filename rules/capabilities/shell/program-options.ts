import type { Argument } from "./program.ts";

/** Which of a program's options take a value. */
export interface OptionStyle {
  /** Letters, as in `-o FILE`, `-oFILE` and `-sSo FILE`. */
  readonly short: string;
  /** Names without dashes, as in `--output FILE`; all take one after `=`. */
  readonly long: readonly string[];
}

/** An option by its name with dashes, one letter or a word; null where it has no value. */
export interface Option {
  readonly name: string;
  readonly value: Argument | null;
}

export interface ParsedArguments {
  readonly options: readonly Option[];
  readonly operands: readonly Argument[];
}

/** Parses arguments as `getopt_long` does: operands may stand between options, and `--` ends those. */
export function parseArguments(args: readonly Argument[], style: OptionStyle): ParsedArguments {
  const options: Option[] = [];
  const operands: Argument[] = [];
  let isOpen = true;
  let at = 0;
  for (let arg = args[at]; arg; arg = args[at]) {
    at += 1;
    if (!isOpen || !arg.text.startsWith("-") || arg.text === "-") operands.push(arg);
    else if (arg.text === "--") isOpen = false;
    else {
      const { read, wantsNext } = readOptions(arg, style);
      const next = wantsNext ? args[at] : undefined;
      const last = read.at(-1);
      for (const option of read)
        options.push(next && option === last ? { ...option, value: next } : option);
      if (next) at += 1;
    }
  }
  return { options, operands };
}

/** Parses a PowerShell command's arguments: `-Name value`, `-Name:value`; names come out in lower case. */
export function parseNamedArguments(args: readonly Argument[], switches: RegExp): ParsedArguments {
  const options: Option[] = [];
  const operands: Argument[] = [];
  let at = 0;
  for (let arg = args[at]; arg; arg = args[at]) {
    at += 1;
    const [, name, value] = /^(-[a-z]+)(?::(.*))?$/is.exec(arg.text) ?? [];
    const next = args[at];
    if (name === undefined) operands.push(arg);
    else if (value) options.push({ name: name.toLowerCase(), value: { ...arg, text: value } });
    else if (switches.test(name) || !next) options.push({ name: name.toLowerCase(), value: null });
    else {
      options.push({ name: name.toLowerCase(), value: next });
      at += 1;
    }
  }
  return { options, operands };
}

interface ReadOptions {
  readonly read: readonly Option[];
  /** Whether the next argument is the value of the last one. */
  readonly wantsNext: boolean;
}

function readOptions(arg: Argument, style: OptionStyle): ReadOptions {
  return arg.text.startsWith("--") ? readLong(arg, style) : readCluster(arg, style);
}

// `--output=file`, `--output file`
function readLong(arg: Argument, { long }: OptionStyle): ReadOptions {
  const equals = arg.text.indexOf("=");
  if (equals < 0) {
    const read = [{ name: arg.text, value: null }];
    return { read, wantsNext: long.includes(arg.text.slice(2)) };
  }
  const value = { ...arg, text: arg.text.slice(equals + 1) };
  return { read: [{ name: arg.text.slice(0, equals), value }], wantsNext: false };
}

// `-fsSLo file`
function readCluster(arg: Argument, { short }: OptionStyle): ReadOptions {
  const read: Option[] = [];
  for (let at = 1; at < arg.text.length; at += 1) {
    const letter = arg.text.charAt(at);
    const rest = arg.text.slice(at + 1);
    const takesValue = short.includes(letter);
    read.push({ name: `-${letter}`, value: takesValue && rest ? { ...arg, text: rest } : null });
    if (takesValue) return { read, wantsNext: rest === "" };
  }
  return { read, wantsNext: false };
}
