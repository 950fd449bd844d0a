import { RulesError } from "../rules-error.ts";

/** `path`: `*`, `?` and classes stop at `/`. `name`: they take any character. */
export type GlobFlavour = "path" | "name";

const MAX_GLOB_LENGTH = 1024;
const MAX_BRACE_DEPTH = 5;

/**
 * Compiles a glob to the source of an RE2 pattern that matches whole texts.
 *
 *     *        any characters; in a path not `/`
 *     **       any characters; as a whole segment of a path also no segment: `a/**` + `/b` matches `a/b`
 *     ?        one character; in a path not `/`
 *     [a-z]    one of these; [!a-z] or [^a-z] none of these; in a path never `/`
 *     {a,b}    either
 *     \x       x itself
 *
 * Everything else stands for itself, a leading dot and `.` in a kind included; case counts.
 * Throws `PATTERN_INVALID` for a glob that is not closed, too long, or that no path can match.
 */
export function globToPattern(glob: string, flavour: GlobFlavour): string {
  if (glob.length > MAX_GLOB_LENGTH) refuse(`a glob has at most ${MAX_GLOB_LENGTH} characters`);
  if (flavour === "path") refuseImpossiblePath(glob);
  const reader: Reader = { glob, at: 0, flavour, depth: 0 };
  return readSequence(reader);
}

interface Reader {
  readonly glob: string;
  readonly flavour: GlobFlavour;
  at: number;
  depth: number;
}

function refuseImpossiblePath(glob: string): void {
  if (/^(\.?\/|\.\.\/)/.test(glob))
    refuse("paths are relative to the root and begin without / or ./");
  if (glob.endsWith("/")) refuse("no path ends in /: write /** for all that a folder holds");
  if (glob === "") refuse("no path is empty");
}

function readSequence(reader: Reader): string {
  let pattern = "";
  while (reader.at < reader.glob.length) {
    const character = reader.glob[reader.at] ?? "";
    if (reader.depth > 0 && (character === "," || character === "}")) break;
    pattern += readPiece(reader, character);
  }
  return pattern;
}

function readPiece(reader: Reader, character: string): string {
  if (character === "*") return readStars(reader);
  if (character === "[") return readClass(reader);
  if (character === "{") return readBraces(reader);
  if (character === "\\") return readEscaped(reader);
  const point = String.fromCodePoint(reader.glob.codePointAt(reader.at) ?? 0);
  reader.at += point.length;
  return character === "?" ? anyOne(reader) : literal(point);
}

function anyOne({ flavour }: Reader): string {
  return flavour === "path" ? "[^/]" : "(?s:.)";
}

function readStars(reader: Reader): string {
  const start = reader.at;
  while (reader.glob[reader.at] === "*") reader.at += 1;
  if (reader.flavour === "name") return "(?s:.)*";
  if (reader.at - start === 1) return "[^/]*";
  const opensSegment = start === 0 || "/{,".includes(reader.glob[start - 1] ?? "");
  if (opensSegment && reader.glob[reader.at] === "/") {
    reader.at += 1;
    return "(?:(?s:.)*/)?";
  }
  return "(?s:.)*";
}

function readEscaped(reader: Reader): string {
  const point = reader.glob.codePointAt(reader.at + 1);
  if (point === undefined) refuse("a \\ at the end escapes nothing");
  const escaped = String.fromCodePoint(point);
  reader.at += 1 + escaped.length;
  return literal(escaped);
}

function readBraces(reader: Reader): string {
  if (reader.depth === MAX_BRACE_DEPTH) refuse(`braces nest at most ${MAX_BRACE_DEPTH} deep`);
  reader.depth += 1;
  const choices: string[] = [];
  do {
    reader.at += 1;
    choices.push(readSequence(reader));
  } while (reader.glob[reader.at] === ",");
  if (reader.glob[reader.at] !== "}") refuse("a { is not closed");
  reader.at += 1;
  reader.depth -= 1;
  return `(?:${choices.join("|")})`;
}

function readClass(reader: Reader): string {
  // A ] right after the opening stands for itself, as in every shell.
  const negated = /[!^]/.test(reader.glob[reader.at + 1] ?? "");
  const start = reader.at + (negated ? 2 : 1);
  const end = reader.glob.indexOf("]", start + 1);
  if (end === -1) refuse("a [ is not closed");
  const members = reader.glob.slice(start, end);
  if (reader.flavour === "path" && holdsSlash(members)) refuse("a class in a path cannot hold /");
  reader.at = end + 1;
  const slash = negated && reader.flavour === "path" ? "/" : "";
  return `[${negated ? "^" : ""}${slash}${classMembers(members)}]`;
}

/** Also by a range: `[+-9]` runs over `/`. */
function holdsSlash(members: string): boolean {
  return members.includes("/") || [...members.matchAll(/(?<=(.))-(?=(.))/gsu)].some(spansSlash);
}

function spansSlash([, first = "", last = ""]: RegExpExecArray): boolean {
  return first < "/" && last > "/";
}

function classMembers(members: string): string {
  // Only a - between two members makes a range; all else stands for itself.
  return Array.from(members)
    .map((member, index, all) =>
      member === "-" && index > 0 && index < all.length - 1 ? "-" : literal(member),
    )
    .join("");
}

function literal(point: string): string {
  return /[A-Za-z0-9_/\u{80}-\u{10ffff}]/u.test(point) ? point : escapeAscii(point);
}

function escapeAscii(point: string): string {
  return `\\x{${(point.codePointAt(0) ?? 0).toString(16)}}`;
}

function refuse(message: string): never {
  throw new RulesError("PATTERN_INVALID", message);
}
