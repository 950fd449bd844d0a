import { NotUnderstood } from "../not-understood.ts";

/** What one line gives to what its pattern matches: true for `name`, false for `-name`, null for `!name`. */
export interface AttributeLine {
  readonly pattern: string;
  readonly line: number;
  readonly attributes: Attributes;
}

type Attributes = ReadonlyMap<string, string | boolean | null>;

/** The attributes that are told of; all others hide and start nothing. */
const TOLD: ReadonlySet<string> = new Set([
  ...["diff", "linguist-generated", "merge", "filter", "working-tree-encoding"],
  ...["export-ignore", "export-subst"],
]);

/** git passes over a line of so many bytes. */
const TOO_LONG = 2048;

/** `-diff`, `merge=union`: an attribute as git takes it. */
const ATTRIBUTE = /^([-!]?)([\w.][-\w.]*)(?:=(.*))?$/;

/** `[attr]hidden -diff -text`: another name for several attributes. */
const MACRO = "[attr]";

/** Names that later versions of git keep for themselves: they pass over a line with one, others do not. */
const RESERVED = "builtin_";

/** Attributes that git, GitHub and GitLab know; any other one can be a macro of the repository's top. */
const KNOWN =
  /^(?:(?:working-tree-)?encoding|binary|conflict-marker-size|crlf|delta|diff|eol|export-\w+|filter|ident|lockable|merge|text|whitespace|(?:git|gitlab|linguist)-[\w-]+)$/;

/** How deep macros may stand for macros. */
const MAX_DEPTH = 100;

type Words = readonly string[];

/**
 * The lines of a `.gitattributes`, with the attributes that macros stand for written out, and the
 * macros that it defines, which other files may use.
 *
 * What git passes over says nothing here either: else a line without effect would seem to take back
 * what one above it hides. For the same reason a macro takes nothing back: whether git writes it out
 * depends on lines below, and on other files. `isTop`: the file stands at the top of its repository,
 * where alone macros are defined; below, a name that is none of git's is read as one that hides.
 *
 * Source: git-scm.com/docs/gitattributes, and attr.c of git.
 */
export function attributeLines(text: string, isTop: boolean): AttributeLine[] {
  const macros = new Map<string, Words>([["binary", ["-diff", "-merge", "-text"]]]);
  const lines: { readonly pattern: string; readonly line: number; readonly words: Words }[] = [];
  for (const [index, row] of text.split("\n").entries()) {
    const content = row.replace(/^[ \t\r]+/, "");
    if (content === "" || content.startsWith("#") || isTooLong(row)) continue;
    const [pattern, words] = wordsOf(content, index + 1);
    if (!words.every((word) => ATTRIBUTE.test(word))) continue;
    refuseReserved(words, index + 1);
    const isMacro = pattern.startsWith(MACRO) && pattern !== MACRO;
    if (isMacro && !isTop) continue;
    if (isMacro) macros.set(pattern.slice(MACRO.length), words);
    if (!isTop) for (const name of words) if (isForeign(name)) macros.set(name, ["-diff"]);
    if (!pattern.startsWith("!")) lines.push({ pattern, line: index + 1, words });
  }
  const expanded = new Map<string, Attributes>();
  return lines.map(({ pattern, line, words }) => {
    return { pattern, line, attributes: attributesOf(words, macros, expanded) };
  });
}

function refuseReserved(words: Words, line: number): void {
  if (!words.some((word) => word.replace(/^[-!]/, "").startsWith(RESERVED))) return;
  const why = "an attribute that versions of git read differently";
  throw new NotUnderstood("reserved", why, { line, column: 1 });
}

/** `hide`, but neither `-hide` nor `hide=1`, for which no macro is written out. */
function isForeign(word: string): boolean {
  return /^[\w.][-\w.]*$/.test(word) && !KNOWN.test(word);
}

function isTooLong(row: string): boolean {
  return new TextEncoder().encode(row.replace(/\r$/, "")).length >= TOO_LONG;
}

/** `"a b.txt" diff`: a pattern in quotes is spelled as in C. */
function wordsOf(content: string, line: number): [string, Words] {
  const quoted = /^"((?:[^"\\]|\\.)*)"(?=[ \t\r]|$)/.exec(content);
  if (content.startsWith('"') && !quoted) {
    throw new NotUnderstood("quotes", "a pattern whose quotes do not close", { line, column: 1 });
  }
  const [first = ""] = quoted ?? /^[^ \t\r]+/.exec(content) ?? [];
  const inner = quoted?.[1] ?? "";
  if (inner.replace(ESCAPE, "").includes("\\")) {
    const why = "a pattern in quotes with an escape that is none";
    throw new NotUnderstood("quotes", why, { line, column: 1 });
  }
  const pattern = quoted ? unescaped(inner) : first;
  return [pattern.replace(/^\[attr\]\s*/, MACRO), restOf(content.slice(first.length))];
}

function restOf(text: string): Words {
  return text.split(/[ \t\r]+/).filter((word) => word !== "");
}

/** As git unquotes: else what stands in quotes is a pattern with its quotes. */
const ESCAPE = /\\([0-3][0-7]{2}|[abfnrtv"\\])/g;

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_all, escape: string) => {
    return escape.length === 3 ? String.fromCharCode(parseInt(escape, 8)) : escape;
  });
}

/** What words say of the attributes that are told, each macro written out once. */
function attributesOf(
  words: Words,
  macros: ReadonlyMap<string, Words>,
  expanded: Map<string, Attributes>,
  depth = 0,
): Attributes {
  if (depth > MAX_DEPTH) throw new NotUnderstood("too-deep", "macros of macros, too deep");
  const attributes = new Map<string, string | boolean | null>();
  for (const word of words) {
    const [, sign = "", name = "", value] = ATTRIBUTE.exec(word) ?? [];
    if (TOLD.has(name)) {
      attributes.set(name, sign === "!" ? null : sign === "-" ? false : (value ?? true));
    }
    const meant = sign === "" && value === undefined ? macros.get(name) : undefined;
    if (!meant) continue;
    const known = expanded.get(name);
    // What a macro says of itself while it is written out is nothing.
    if (!known) expanded.set(name, new Map());
    const inner = known ?? attributesOf(meant, macros, expanded, depth + 1);
    expanded.set(name, inner);
    for (const [key, said] of inner) if (isTelling(key, said)) attributes.set(key, said);
  }
  return attributes;
}

/** Whether an attribute hides or starts something, and does not take that back. */
function isTelling(name: string, said: string | boolean | null): boolean {
  return name === "diff" ? said === false : said !== false && said !== null;
}
