import { NotUnderstood } from "../not-understood.ts";

/** Options of a requirements file that are followed by a value. */
const WITH_VALUE = [
  ...["index-url", "pypi-url", "extra-index-url", "find-links", "trusted-host"],
  ...["requirement", "constraint", "editable", "hash"],
  ...["no-binary", "only-binary", "use-feature", "global-option", "build-option"],
  ...["install-option", "config-settings", "config-setting", "allow-external", "allow-unverified"],
] as const;

const FLAGS = [
  ...["no-index", "pre", "prefer-binary", "require-hashes"],
  ...["process-dependency-links", "always-unzip", "allow-all-external"],
] as const;

type OptionName = (typeof WITH_VALUE)[number] | (typeof FLAGS)[number];

const SHORT: Readonly<Record<string, OptionName>> = {
  i: "index-url",
  f: "find-links",
  r: "requirement",
  c: "constraint",
  e: "editable",
  C: "config-settings",
  Z: "always-unzip",
};

/** An option as pip takes it; `value` is "" for one that has none. */
export interface PipOption {
  readonly name: OptionName;
  readonly value: string;
}

/**
 * The options of one line of a requirements file. As in pip, a long option may be cut short as far
 * as only one begins so: `--extra URL` names an index. Throws `NotUnderstood` for what is none.
 *
 * Source: pip.pypa.io/en/stable/reference/requirements-file-format.
 */
export function readPipOptions(text: string, line: number): PipOption[] {
  const refusal = new NotUnderstood("option", "no option of a requirements file", {
    ...{ line, column: 1 },
  });
  const words = splitWords(text);
  if (!words) throw refusal;
  const options: PipOption[] = [];
  const rest = words.values();
  for (const word of rest) {
    const { name, attached } = optionOf(word);
    if (!name) throw refusal;
    const isFlag = (FLAGS as readonly string[]).includes(name);
    const value = isFlag ? "" : (attached ?? rest.next().value);
    if (value === undefined || (isFlag && attached !== undefined)) throw refusal;
    options.push({ name, value });
  }
  return options;
}

function optionOf(word: string): { name?: OptionName | undefined; attached?: string | undefined } {
  if (word.startsWith("--")) {
    const [long = "", attached] = word.slice(2).split(/=(.*)/s);
    return { name: longOption(long), attached };
  }
  const [, short = "", attached = ""] = /^-(.)(.*)$/s.exec(word) ?? [];
  return { name: SHORT[short], attached: attached === "" ? undefined : attached };
}

function longOption(long: string): OptionName | undefined {
  const names: readonly OptionName[] = [...WITH_VALUE, ...FLAGS];
  const exact = names.find((name) => name === long);
  if (exact || long === "") return exact;
  const begun = names.filter((name) => name.startsWith(long));
  return begun.length === 1 ? begun[0] : undefined;
}

const WORD = /(?:[^\s"'\\]+|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs;

/** As a POSIX shell splits words; null where a quote is not closed. */
function splitWords(text: string): string[] | null {
  const words = text.match(WORD) ?? [];
  if (text.replace(WORD, "").trim() !== "") return null;
  return words.map((word) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
      (_all, escaped?: string, double?: string, single?: string) =>
        escaped ?? double?.replace(/\\(["\\])/g, "$1") ?? single ?? "",
    ),
  );
}
