import { NotUnderstood } from "../not-understood.ts";
import { Scanner } from "./scanner.ts";

/** One variable of a file in git's configuration format. */
export interface ConfigVariable {
  /** `submodule.lib/a`: the section in small letters, then its subsection as written. */
  readonly section: string;
  /** In small letters. */
  readonly key: string;
  /** Unquoted; null for a key without `=`, which git reads as true. */
  readonly value: string | null;
  /** 1-based. */
  readonly line: number;
}

/**
 * Parses git's configuration format:
 *
 *     [submodule "lib/a"]                 ; a comment
 *         path = lib/a
 *         url = "https://host/a#b" # another
 *
 * Throws `NotUnderstood` where git would refuse the file, and for what versions of git read
 * differently: control characters, and a variable before any section. Linear.
 *
 * Source: git-config(1), "Syntax", and `git_parse_source` of git's config.c.
 */
export function parseGitConfig(content: Uint8Array): ConfigVariable[] {
  const scanner = new Scanner(decode(content).replaceAll("\r\n", "\n"));
  const variables: ConfigVariable[] = [];
  let section: string | null = null;
  for (;;) {
    skipBlank(scanner);
    if (scanner.isAtEnd) return variables;
    if (scanner.next() === "[") section = readSection(scanner);
    else if (section !== null) variables.push(readVariable(scanner, section));
    else throw scanner.refuse("config-section", "a variable that stands in no section");
  }
}

const SPACE = /[ \t\v\f\r]/;

/** A carriage return inside a line is cut off by some versions of git and kept by others. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f]/;

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (cause) {
    throw new NotUnderstood("not-utf8", "not UTF-8", null, { cause });
  }
}

function skipBlank(scanner: Scanner): void {
  while (!scanner.isAtEnd) {
    if (scanner.next() === "#" || scanner.next() === ";") scanner.takeWhile(/[^\n]/);
    else if (scanner.next() === "\n" || SPACE.test(scanner.next())) scanner.take();
    else return;
  }
}

/** `[core]`, `[submodule.old-style]` or `[submodule "a \"quoted\" name"]`. */
function readSection(scanner: Scanner): string {
  scanner.take();
  const section = scanner.takeWhile(/[A-Za-z0-9.-]/).toLowerCase();
  const subsection = SPACE.test(scanner.next()) ? `.${readSubsection(scanner)}` : "";
  if (scanner.next() !== "]") throw scanner.refuse("config-section", "a section that git refuses");
  scanner.take();
  return section + subsection;
}

function readSubsection(scanner: Scanner): string {
  scanner.takeWhile(SPACE);
  if (scanner.next() !== '"') throw scanner.refuse("config-section", "a section that git refuses");
  scanner.take();
  const characters: string[] = [];
  while (scanner.next() !== '"') {
    if (scanner.next() === "\\") scanner.take();
    if (scanner.next() === "\n") throw scanner.refuse("config-section", "a name that does not end");
    characters.push(taken(scanner));
  }
  scanner.take();
  return characters.join("");
}

function readVariable(scanner: Scanner, section: string): ConfigVariable {
  const { line } = scanner.place;
  const key = scanner.takeWhile(/[A-Za-z0-9-]/).toLowerCase();
  if (!/^[a-z]/.test(key)) throw scanner.refuse("config-key", "a key that git refuses");
  scanner.takeWhile(/[ \t]/);
  if (scanner.next() === "\n") return { section, key, value: null, line };
  if (scanner.next() !== "=") throw scanner.refuse("config-key", "a key that git refuses");
  scanner.take();
  return { section, key, value: readValue(scanner), line };
}

/** Up to the line's end: without the white space around it, quotes, and a comment outside of them. */
function readValue(scanner: Scanner): string {
  const characters: string[] = [];
  let [quoted, kept] = [false, 0];
  for (;;) {
    const next = scanner.next();
    if (next === "\n") {
      if (quoted) throw scanner.refuse("config-value", "a quote that does not end");
      return characters.slice(0, kept).join("");
    }
    if (!quoted && (next === "#" || next === ";")) {
      scanner.takeWhile(/[^\n]/);
      continue;
    }
    if (next === '"') {
      scanner.take();
      quoted = !quoted;
    } else if (next === "\\") {
      const escaped = readEscape(scanner);
      characters.push(escaped);
      if (escaped === "") continue;
    } else if (!quoted && SPACE.test(next)) {
      // White space counts where something follows it.
      if (characters.length > 0) characters.push(taken(scanner));
      else scanner.take();
      continue;
    } else characters.push(taken(scanner));
    kept = characters.length;
  }
}

/** `\"`, `\\`, `\n`, `\t`, `\b`; empty for a line that goes on in the next one. */
function readEscape(scanner: Scanner): string {
  scanner.take();
  const escape = '"\\ntb\n'.indexOf(scanner.next());
  if (escape === -1) throw scanner.refuse("config-value", "an escape that git refuses");
  scanner.take();
  return ['"', "\\", "\n", "\t", "\b", ""][escape] ?? "";
}

function taken(scanner: Scanner): string {
  if (!CONTROL.test(scanner.next())) return scanner.take();
  throw scanner.refuse("config-character", "a control character");
}
