import { printable } from "../printable.ts";
import { withoutSecrets } from "../secrets/find-secrets.ts";
import { writtenOut } from "./code-points.ts";
import { HIDDEN_CLASS } from "./invisibles.ts";
import { shownAs } from "./shown-as.ts";

/** How much of a line stands before and after a spot, in UTF-16 units. */
const UNITS_BEFORE = 30;
const UNITS_AFTER = 70;

/** How far around a spot credentials are sought, which the window could cut beyond recognition. */
const UNITS_AROUND = 4_096;

const HIDDEN = new RegExp(HIDDEN_CLASS, "v");

/** The most characters of what the file holds, code points written out. */
const MAX_HELD = 120;

/**
 * The piece of a line around a spot; `start` is the spot's index in it. It may cut a character in
 * half, which `shownContext` leaves out. Credentials become asterisks.
 */
export function windowOf(line: string, spot: number): { text: string; start: number } {
  const start = Math.max(0, spot - UNITS_AROUND);
  const around = withoutSecrets(line.slice(start, spot + UNITS_AROUND));
  const from = Math.max(0, spot - UNITS_BEFORE);
  return { text: around.slice(from - start, spot + UNITS_AFTER - start), start: spot - from };
}

/**
 * For people, on one line: what is seen of a window against what stands in the file, as
 * `heldPieces`. `seen` is the window, with what only looks like something replaced by that.
 */
export function shownContext(seen: string, held: readonly string[]): string {
  return `an editor shows "${printable(shownAs(seen))}" where the file holds "${printable(cut(held))}"`;
}

/** A text's characters; those that `disguised` matches, at least what hides, as code points. */
export function heldPieces(text: string, disguised: RegExp = HIDDEN): string[] {
  return Array.from(text, (character) =>
    disguised.test(character) ? writtenOut(character) : character,
  );
}

/** The first characters of a text; never half a one. */
export function startOf(text: string, characters: number): string {
  return Array.from(text.slice(0, 2 * characters))
    .slice(0, characters)
    .join("");
}

/** Cut between its pieces, so that no code point that was written out is torn. */
function cut(pieces: readonly string[]): string {
  let text = "";
  for (const piece of pieces) {
    if (text.length + piece.length > MAX_HELD) return `${text}…`;
    text += piece;
  }
  return text;
}
