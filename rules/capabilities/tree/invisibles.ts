import { nameOf, selectorNumber, taggedAscii } from "./code-points.ts";
import { BIDI_CLASS } from "./bidi-controls.ts";
import { isLawful, withoutFlags } from "./lawful-invisibles.ts";

/** The levels of `text.invisible`, from weakest to strongest. */
export const INVISIBLE_LEVELS = ["lawful", "single", "run"] as const;

/** Characters that do not show, of one name in one line; `start` is the first one's index. */
export interface Invisible {
  readonly kind: "text.invisible" | "text.tag";
  readonly name: string;
  readonly start: number;
  level: (typeof INVISIBLE_LEVELS)[number];
}

/** Controls, ignorable characters, and breaks of lines that only some programs see; a class. */
export const HIDDEN_CLASS = String.raw`[[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFB]--[\t\n\r\f]]`;

/** So many in a row hold a message rather than a slip. */
const PAYLOAD = 8;

const RUNS = new RegExp(`${HIDDEN_CLASS}+`, "gv");
const BIDI = new RegExp(BIDI_CLASS, "u");

/** What does not show in a line, each name once, less bidirectional controls and what is lawful there. */
export function invisiblesIn(line: string): Invisible[] {
  const found = new Map<string, Invisible>();
  const text = withoutFlags(line);
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    const level = Array.from(run.slice(0, 2 * PAYLOAD)).length < PAYLOAD ? "single" : "run";
    let start = index;
    for (const character of run) {
      const named = namedAt(text, start, character);
      if (named) note(found, { ...named, start, level });
      start += character.length;
    }
  }
  return [...found.values()];
}

function namedAt(
  text: string,
  start: number,
  character: string,
): Pick<Invisible, "kind" | "name"> | null {
  if (BIDI.test(character)) return null;
  if (taggedAscii(character) !== null) return { kind: "text.tag", name: "tag characters" };
  const before = characterBefore(text, start);
  const after = characterAt(text, start + character.length);
  if (isLawful({ before, character, after })) return null;
  return { kind: "text.invisible", name: invisibleName(before, character, after) };
}

/** One name for what comes in sequences of many different characters. */
function invisibleName(before: string, character: string, after: string): string {
  if (character === "\u001B" || character === "\u009B") return "escape sequence";
  const isSelector = selectorNumber(character) > 0;
  const isAmongSelectors = selectorNumber(before) > 0 || selectorNumber(after) > 0;
  return isSelector && isAmongSelectors ? "variation selectors" : nameOf(character);
}

function note(found: Map<string, Invisible>, invisible: Invisible): void {
  const noted = found.get(invisible.name);
  if (!noted) found.set(invisible.name, invisible);
  else if (invisible.level === "run") noted.level = "run";
}

function characterAt(text: string, index: number): string {
  const codePoint = text.codePointAt(index);
  return codePoint === undefined ? "" : String.fromCodePoint(codePoint);
}

function characterBefore(text: string, index: number): string {
  const pair = characterAt(text, index - 2);
  return pair.length === 2 ? pair : characterAt(text, index - 1);
}
