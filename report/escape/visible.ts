/**
 * Characters that hide, reorder or command: controls (C0, DEL, C1), format characters
 * (bidirectional controls, zero-width, tags), separators that break lines, variation
 * selectors and other ignorables, lone surrogates, and the blank Braille cell.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}]/gu;

/** One line of `text` in which nothing hides: what does is written `\u{…}`, line breaks included. */
export function visible(text: string): string {
  return text.replace(HIDDEN, writtenOut);
}

/** Whether `text` holds a character that `visible` would write out. */
export function hidesCharacters(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}

function writtenOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
