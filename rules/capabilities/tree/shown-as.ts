import { HIDDEN_CLASS } from "./invisibles.ts";

const HIDDEN = new RegExp(HIDDEN_CLASS, "v");
const EMBEDDINGS = "\u202A\u202B\u202D\u202E";
const ISOLATES = "\u2066\u2067\u2068";
const POP_FORMATTING = "\u202C";
const POP_ISOLATE = "\u2069";
const RIGHT_TO_LEFT_OVERRIDE = "\u202E";
const RIGHT_TO_LEFT = "\u202B\u202E\u2067";

/** What the root of a text stands under: a character of none of the lists above. */
const NO_CONTROL = "\0";

const MIRRORED: Readonly<Record<string, string>> = {
  ...{ "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{" },
  ...{ "<": ">", ">": "<", "«": "»", "»": "«" },
};

/** From the first letter of one direction to the last one before another direction; else one character. */
const UNITS =
  /[\p{sc=Latn}\p{N}_][^\p{sc=Hebr}\p{sc=Arab}]*[\p{sc=Latn}\p{N}_]|[\p{sc=Hebr}\p{sc=Arab}][^\p{sc=Latn}]*[\p{sc=Hebr}\p{sc=Arab}]|./gsu;

/** What a control opens, until it is closed: characters, and what was opened inside of it. */
interface Opened {
  readonly control: string;
  readonly parts: (string | Opened)[];
}

/**
 * A short piece of a line as an editor shows it: characters that hide are left out, and what
 * stands under a right-to-left control is put into the order that is seen.
 *
 * It follows the bidirectional algorithm (UAX #9) as far as attacks on readers of code do:
 * overrides, embeddings, isolates and mirrored brackets; words of right-to-left scripts stay as
 * they are. Quadratic at worst: for a window of a line, never for a whole one.
 */
export function shownAs(text: string): string {
  return shown(parse(text));
}

function parse(text: string): Opened {
  const root: Opened = { control: NO_CONTROL, parts: [] };
  const open: Opened[] = [];
  for (const character of text) {
    const inner = open.at(-1) ?? root;
    if ((EMBEDDINGS + ISOLATES).includes(character)) {
      const opened: Opened = { control: character, parts: [] };
      inner.parts.push(opened);
      open.push(opened);
    } else if (character === POP_FORMATTING) {
      if (EMBEDDINGS.includes(inner.control)) open.pop();
    } else if (character === POP_ISOLATE) {
      closeIsolate(open);
    } else if (!HIDDEN.test(character)) {
      inner.parts.push(character);
    }
  }
  return root;
}

function closeIsolate(open: Opened[]): void {
  const last = open.findLastIndex(({ control }) => ISOLATES.includes(control));
  if (last !== -1) open.length = last;
}

function shown(opened: Opened): string {
  const { control, parts } = opened;
  if (!RIGHT_TO_LEFT.includes(control)) return parts.map(shownPart).join("");
  const units = control === RIGHT_TO_LEFT_OVERRIDE ? parts : unitsOf(parts);
  return units.map(mirroredPart).reverse().join("");
}

/** Under an embedding words keep their own direction; only their order, and signs, turn around. */
function unitsOf(parts: readonly (string | Opened)[]): (string | Opened)[] {
  const units: (string | Opened)[] = [];
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
    } else {
      units.push(...(text.match(UNITS) ?? []), part);
      text = "";
    }
  }
  return [...units, ...(text.match(UNITS) ?? [])];
}

function shownPart(part: string | Opened): string {
  return typeof part === "string" ? part : shown(part);
}

function mirroredPart(part: string | Opened): string {
  return typeof part === "string" ? (MIRRORED[part] ?? part) : shown(part);
}
