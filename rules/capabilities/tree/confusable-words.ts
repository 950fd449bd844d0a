import {
  FOLDED_LOOK_ALIKES,
  FORMULA_LOOK_ALIKES,
  FULL_WIDTH,
  LOOK_ALIKES,
  skeletonOf,
} from "./look-alikes.ts";

/** A word that looks like another one. `start` is its index in its line. */
export interface ConfusableWord {
  readonly text: string;
  readonly start: number;
  /** The character after it; empty at the end of the line. */
  readonly after: string;
}

/** A letter that looks like an ASCII one. */
export const LOOK_ALIKE = new RegExp(`[${LOOK_ALIKES}${FORMULA_LOOK_ALIKES}]`, "u");

/** Shorter words of look-alikes alone are abbreviations and formulas. */
const MIN_TWIN = 3;

/** Fewer ASCII letters around a formula's letter are a formula (`dρdt`). */
const MIN_AROUND = 4;

const WORDS = /\p{L}[\p{L}\p{M}\p{N}_]*/gu;
const ASCII_WORDS = /[A-Za-z][A-Za-z0-9_]*/g;
const ASCII_WORD = /^[A-Za-z0-9_]+$/;
const POSING = new RegExp(`^[\\p{sc=Latn}\\p{M}0-9_${LOOK_ALIKES}${FORMULA_LOOK_ALIKES}]+$`, "u");
const STRONG = new RegExp(`[${LOOK_ALIKES}]`, "u");
const WIDE = new RegExp(`^[0-9_${FULL_WIDTH}]+$`, "u");
const FOLDED = new RegExp(`^[A-Za-z0-9_${FOLDED_LOOK_ALIKES}]+$`, "u");
const AMID_ASCII = new RegExp(`[A-Za-z][${FORMULA_LOOK_ALIKES}]+[A-Za-z]`, "u");

/**
 * The words of a line that may look like others: each letter is Latin or looks like an ASCII one,
 * and some is not Latin. A word with a letter that is visibly of another script poses as nothing.
 */
export function posingWords(line: string): ConfusableWord[] {
  const words: ConfusableWord[] = [];
  if (!LOOK_ALIKE.test(line)) return words;
  for (const { 0: word, index: start } of line.matchAll(WORDS)) {
    if (!LOOK_ALIKE.test(word) || !POSING.test(word)) continue;
    words.push({ text: word, start, after: line.charAt(start + word.length) });
  }
  return words;
}

/** Whether a word deceives whatever stands around it: it mixes look-alikes with ASCII letters. */
export function isMixed({ text }: ConfusableWord): boolean {
  if (STRONG.test(text)) return /[A-Za-z]/.test(text);
  return AMID_ASCII.test(text) && (text.match(/[A-Za-z]/g)?.length ?? 0) >= MIN_AROUND;
}

/** Whether Python calls or opens by a word the ASCII name that it looks like: `\u{1D41E}val(…)` runs `eval`. */
export function isFoldedName({ text, after }: ConfusableWord): boolean {
  return (after === "(" || after === ".") && FOLDED.test(text);
}

/** Those of some words, written in ASCII, that a text holds. */
export function asciiTwins(text: string, skeletons: ReadonlySet<string>): Set<string> {
  const twins = new Set<string>();
  if (skeletons.size === 0) return twins;
  for (const [word] of text.matchAll(ASCII_WORDS)) if (skeletons.has(word)) twins.add(word);
  return twins;
}

/**
 * What a word looks like, if there may be a twin of it in ASCII: long enough, each letter alike,
 * and not in full-width letters alone, which are plainly seen.
 */
export function twinOf({ text }: ConfusableWord): string | null {
  if (WIDE.test(text)) return null;
  const skeleton = skeletonOf(text);
  return skeleton.length >= MIN_TWIN && ASCII_WORD.test(skeleton) ? skeleton : null;
}
