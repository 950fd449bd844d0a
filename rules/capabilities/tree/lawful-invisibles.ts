import { selectorNumber } from "./code-points.ts";

/** A character that does not show, and its neighbours; empty at an end of the line. */
export interface Placed {
  readonly before: string;
  readonly character: string;
  readonly after: string;
}

/** `🏴` and the tags that make it a region's flag: up to six letters and digits, and the end (UTS #51). */
const FLAG = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/gu;

const EMOJI_PART =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\uFE0F\u20E3]/u;
const PICTURE = /\p{Extended_Pictographic}/u;

/** Scripts that write words with joiners and non-joiners (UAX #31, 2.3), Persian and Hindi among them. */
const JOINING =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Nkoo}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u;

/** Scripts that mark where a line may break by zero-width spaces, as they put none between words. */
const SPACELESS =
  /[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Java}\p{sc=Bali}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}]/u;

/** What the standard's variation sequences start with, less digits and letters of code. */
const VARIED =
  /[[\p{S}\p{P}\p{Extended_Pictographic}\p{sc=Han}\p{sc=Mymr}\p{sc=Phag}\p{sc=Mani}]--[\0-\x7F]]/v;

/** The start of a Hangul syllable, and its middle: a filler stands for the one that is missing. */
const HANGUL_START = /[\u1100-\u115E\uA960-\uA97C]/u;
const HANGUL_MIDDLE = /[\u1161-\u11A7\uD7B0-\uD7C6]/u;

/** A line with the tags of lawful flags taken out; all else stays at its index. */
export function withoutFlags(line: string): string {
  return line.replace(FLAG, (flag) => "\u{1F3F4}".repeat(flag.length / 2));
}

/**
 * Whether a character that does not show is part of how a script or an emoji is written there:
 * its neighbours need it. What neighbours only other such characters never is.
 */
export function isLawful(placed: Placed): boolean {
  const { before, character, after } = placed;
  if (selectorNumber(character) > 0) return isVaried(placed);
  if (character === "\u200D" && EMOJI_PART.test(before) && PICTURE.test(after)) return true;
  if (character === "\u200D" || character === "\u200C") {
    return JOINING.test(before) || (JOINING.test(after) && /\p{L}/u.test(before));
  }
  if (character === "\u200B") return SPACELESS.test(before) || SPACELESS.test(after);
  if (character === "\u034F") return /\p{M}/u.test(before) || /[\p{M}--[\u034F]]/v.test(after);
  if (character === "\u115F") return HANGUL_MIDDLE.test(after);
  if (character === "\u1160") return HANGUL_START.test(before);
  return isScriptSign(placed);
}

function isVaried({ before, character, after }: Placed): boolean {
  if (character === "\uFE0F" && /[0-9#*]/.test(before)) return after === "\u20E3";
  if (selectorNumber(character) > 16) return /\p{sc=Han}/u.test(before);
  return VARIED.test(before);
}

/** Mongolian selectors and vowel separator, Khmer inherent vowels. */
function isScriptSign({ before, character }: Placed): boolean {
  if (/[\u180B-\u180F]/u.test(character)) return /[\p{sc=Mong}&&\p{L}]/v.test(before);
  return /[\u17B4\u17B5]/u.test(character) && /[\p{sc=Khmr}&&\p{L}]/v.test(before);
}
