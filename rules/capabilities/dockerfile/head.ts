import { NotUnderstood } from "../not-understood.ts";

/** What stands before an instruction's own text. */
interface Head {
  /** In upper case; of `ONBUILD RUN x` it is `RUN`. */
  readonly keyword: string;
  readonly isOnBuild: boolean;
  /** `name=value` of `--name=value`, without quotes and escapes. */
  readonly flags: readonly string[];
  /** How many characters of the instruction keyword and flags take. */
  readonly length: number;
}

/** Where an instruction begins, and what escapes a character in its file. */
export interface InstructionPlace {
  readonly escape: string;
  readonly line: number;
}

const KEYWORDS = new Set([
  ...["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"],
  ...["MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"],
]);

/**
 * Reads the word and the flags of an instruction, as BuildKit does; null where its word is none of
 * Docker's.
 *
 * A flag is a word that begins with `--`, as long as only such words have come; `--` alone ends them.
 * Throws `NotUnderstood` for one with letters of which BuildKit takes a byte for white space.
 *
 * Source: `split_command.go` of github.com/moby/buildkit.
 */
export function readHead(instruction: string, place: InstructionPlace): Head | null {
  const [words = "", onBuild, keyword = ""] = HEAD.exec(instruction) ?? [];
  const name = keyword.toUpperCase();
  if (!KEYWORDS.has(name)) return null;
  const { flags, end } = readFlags(instruction, words.length, place);
  return { keyword: name, isOnBuild: onBuild !== undefined, flags, length: end };
}

// `ONBUILD RUN`, `ONBUILD -- RUN`; white space is no other than this.
const HEAD = /^\s*(onbuild[ \t]+(?:--[ \t]+)?)?([A-Za-z]+)(?=[ \t]|$)/i;

function readFlags(text: string, start: number, { escape, line }: InstructionPlace) {
  const flags: string[] = [];
  let end = start;
  for (;;) {
    while (isSpace(text, end)) end += 1;
    if (!text.startsWith("--", end)) return { flags, end };
    const flag = readFlag(text, end, escape);
    // `à` is C3 A0, of which the second byte is a space without a break.
    if (/%(?:85|A0)/.test(encodeURIComponent(text.slice(end, flag.end)))) {
      const why = "a flag with a letter that builders take for white space";
      throw new NotUnderstood("flag", why, { line, column: 1 });
    }
    end = flag.end;
    if (flag.word === "--") return { flags, end };
    flags.push(flag.word.slice(2));
  }
}

function readFlag(text: string, start: number, escape: string): { word: string; end: number } {
  const parts: string[] = [];
  let quote = "";
  let at = start;
  for (; at < text.length && (quote !== "" || !isSpace(text, at)); at += 1) {
    const character = text.charAt(at);
    if (character === quote) quote = "";
    else if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === escape) parts.push(text.charAt((at += 1)));
    else parts.push(character);
  }
  return { word: parts.join(""), end: at };
}

function isSpace(text: string, at: number): boolean {
  return text.charAt(at) === " " || text.charAt(at) === "\t";
}
