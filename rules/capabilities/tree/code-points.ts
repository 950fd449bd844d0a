/** What editors and reviewers call the characters that hide; the Unicode names. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x0000, "NULL"],
  [0x0007, "BELL"],
  [0x0008, "BACKSPACE"],
  [0x000b, "LINE TABULATION"],
  [0x000d, "CARRIAGE RETURN"],
  [0x001b, "ESCAPE"],
  [0x007f, "DELETE"],
  [0x0085, "NEXT LINE"],
  [0x00ad, "SOFT HYPHEN"],
  [0x01c0, "LATIN LETTER DENTAL CLICK"],
  [0x01c1, "LATIN LETTER LATERAL CLICK"],
  [0x01c3, "LATIN LETTER RETROFLEX CLICK"],
  [0x034f, "COMBINING GRAPHEME JOINER"],
  [0x037e, "GREEK QUESTION MARK"],
  [0x0589, "ARMENIAN FULL STOP"],
  [0x061c, "ARABIC LETTER MARK"],
  [0x115f, "HANGUL CHOSEONG FILLER"],
  [0x1160, "HANGUL JUNGSEONG FILLER"],
  [0x17b4, "KHMER VOWEL INHERENT AQ"],
  [0x17b5, "KHMER VOWEL INHERENT AA"],
  [0x180e, "MONGOLIAN VOWEL SEPARATOR"],
  [0x200b, "ZERO WIDTH SPACE"],
  [0x200c, "ZERO WIDTH NON-JOINER"],
  [0x200d, "ZERO WIDTH JOINER"],
  [0x200e, "LEFT-TO-RIGHT MARK"],
  [0x200f, "RIGHT-TO-LEFT MARK"],
  [0x2024, "ONE DOT LEADER"],
  [0x2028, "LINE SEPARATOR"],
  [0x2029, "PARAGRAPH SEPARATOR"],
  [0x202a, "LEFT-TO-RIGHT EMBEDDING"],
  [0x202b, "RIGHT-TO-LEFT EMBEDDING"],
  [0x202c, "POP DIRECTIONAL FORMATTING"],
  [0x202d, "LEFT-TO-RIGHT OVERRIDE"],
  [0x202e, "RIGHT-TO-LEFT OVERRIDE"],
  [0x2044, "FRACTION SLASH"],
  [0x2060, "WORD JOINER"],
  [0x2061, "FUNCTION APPLICATION"],
  [0x2062, "INVISIBLE TIMES"],
  [0x2063, "INVISIBLE SEPARATOR"],
  [0x2064, "INVISIBLE PLUS"],
  [0x2066, "LEFT-TO-RIGHT ISOLATE"],
  [0x2067, "RIGHT-TO-LEFT ISOLATE"],
  [0x2068, "FIRST STRONG ISOLATE"],
  [0x2069, "POP DIRECTIONAL ISOLATE"],
  [0x206a, "INHIBIT SYMMETRIC SWAPPING"],
  [0x206b, "ACTIVATE SYMMETRIC SWAPPING"],
  [0x206c, "INHIBIT ARABIC FORM SHAPING"],
  [0x206d, "ACTIVATE ARABIC FORM SHAPING"],
  [0x206e, "NATIONAL DIGIT SHAPES"],
  [0x206f, "NOMINAL DIGIT SHAPES"],
  [0x2215, "DIVISION SLASH"],
  [0x3164, "HANGUL FILLER"],
  [0xa789, "MODIFIER LETTER COLON"],
  [0xfeff, "ZERO WIDTH NO-BREAK SPACE"],
  [0xff1b, "FULLWIDTH SEMICOLON"],
  [0xffa0, "HALFWIDTH HANGUL FILLER"],
  [0xfff9, "INTERLINEAR ANNOTATION ANCHOR"],
  [0xfffa, "INTERLINEAR ANNOTATION SEPARATOR"],
  [0xfffb, "INTERLINEAR ANNOTATION TERMINATOR"],
]);

/** A character's code point and name, as in `U+202E RIGHT-TO-LEFT OVERRIDE`. */
export function nameOf(character: string): string {
  const codePoint = codePointOf(character);
  const hex = codePoint.toString(16).toUpperCase().padStart(4, "0");
  return `U+${hex} ${NAMES.get(codePoint) ?? sortOf(codePoint)}`;
}

/** A text with every character written as its code point: `\u{202E}`. */
export function writtenOut(text: string): string {
  return Array.from(text, (character) => {
    return `\\u{${codePointOf(character).toString(16).toUpperCase()}}`;
  }).join("");
}

/** Which of the 256 variation selectors a character is, from 1; 0 for any other. */
export function selectorNumber(character: string): number {
  const codePoint = codePointOf(character);
  if (codePoint >= 0xfe00 && codePoint <= 0xfe0f) return codePoint - 0xfe00 + 1;
  return codePoint >= 0xe0100 && codePoint <= 0xe01ef ? codePoint - 0xe0100 + 17 : 0;
}

/** The ASCII character that a tag character (U+E0000–E007F) repeats; null for any other. */
export function taggedAscii(character: string): string | null {
  const code = codePointOf(character) - 0xe0000;
  return code >= 0 && code <= 0x7f ? String.fromCharCode(code) : null;
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function sortOf(codePoint: number): string {
  const selector = selectorNumber(String.fromCodePoint(codePoint));
  if (selector > 0) return `VARIATION SELECTOR-${selector}`;
  return codePoint <= 0x9f ? "CONTROL CHARACTER" : "HIDDEN CHARACTER";
}
