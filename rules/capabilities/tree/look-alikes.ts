/**
 * Letters of other scripts by the ASCII letter or digit that they look like, as hexadecimal code
 * points: the entries of Unicode's table of confusables (UTS #39) that fonts for code draw alike.
 */
const ALIKE: Readonly<Record<string, string>> = {
  a: "430",
  b: "42C 13CF",
  c: "3F2 441 2CA5 ABAF",
  d: "501 13E7",
  e: "435 4BD",
  f: "584",
  g: "581",
  h: "4BB 570 13C2",
  i: "456 13A5 AB75",
  j: "3F3 458 575",
  k: "43A",
  l: "4C0 4CF",
  n: "578 57C",
  o: "3BF 43E 585 10FF 2C9F",
  p: "440 2CA3",
  q: "51B 563 566",
  r: "433 2C85 AB81",
  s: "455 ABAA",
  u: "57D",
  v: "475 ABA9",
  w: "461 51D 561 AB83",
  x: "445",
  y: "443 4AF 10E7",
  z: "AB93",
  A: "391 410 13AA A4EE",
  B: "392 412 13F4 A4D0",
  C: "3F9 421 13DF 2CA4 A4DA",
  D: "13A0 A4D3",
  E: "395 415 13AC A4F0",
  F: "3DC A4DD",
  G: "50C 13C0 A4D6",
  H: "397 41D 13BB 2C8E A4E7",
  I: "399 406 2C92 A4F2",
  J: "37F 408 13AB A4D9",
  K: "39A 41A 13E6 2C94 A4D7",
  L: "53C 13DE A4E1",
  M: "39C 3FA 41C 13B7 2C98 A4DF",
  N: "39D 2C9A A4E0",
  O: "39F 41E 555 2C9E A4F3",
  P: "3A1 420 13E2 2CA2 A4D1",
  Q: "51A",
  R: "13A1 13D2 A4E3",
  S: "405 54F 13D5 13DA A4E2",
  T: "3A4 422 13A2 2CA6 A4D4",
  U: "54D A4F4",
  V: "474 13D9 A4E6",
  W: "51C 13B3 13D4 A4EA",
  X: "3A7 425 2CAC A4EB",
  Y: "3A5 423 4AE 13A9 13BD 2CA8 A4EC",
  Z: "396 13C3 A4DC",
  3: "417 4E0",
  4: "13CE",
  6: "431 13EE",
};

/**
 * The same for letters that formulas, units, numerals and phonetics put beside ASCII ones (`ρmax`,
 * `TypeⅠ`). They are taken for a disguise only where more speaks for it.
 */
const ALIKE_IN_FORMULAS: Readonly<Record<string, string>> = {
  a: "251 3B1",
  g: "261",
  i: "269 3B9 2170",
  k: "3BA",
  n: "3B7",
  o: "3C3",
  p: "3C1",
  u: "3C5",
  v: "3BD 2174",
  w: "3C9",
  x: "3C7 2179",
  y: "3B3",
  l: "217C",
  c: "217D",
  d: "217E",
  I: "2160",
  V: "2164",
  X: "2169",
  L: "216C",
  C: "216D",
  D: "216E",
  M: "216F",
  K: "212A",
};

/** Not digits: text of East Asia puts those beside ASCII. A class, as the following. */
export const FULL_WIDTH = "\\uFF21-\\uFF3A\\uFF41-\\uFF5A";
/** Bold, italic, script and other alphabets and digits of their own, from U+1D400. */
const MATHEMATICAL = "\\u{1D400}-\\u{1D6A3}\\u{1D7CE}-\\u{1D7FF}";

const asciiOf: ReadonlyMap<string, string> = new Map(
  [ALIKE, ALIKE_IN_FORMULAS].flatMap((table) => [...entriesOf(table)]),
);

/** Look-alikes as classes of characters, to be built into patterns with the flag `u`. */
export const LOOK_ALIKES = `${classOf(ALIKE)}${FULL_WIDTH}`;
export const FORMULA_LOOK_ALIKES = `${classOf(ALIKE_IN_FORMULAS)}${MATHEMATICAL}`;

/** Those of them that Python folds into the ASCII letters of a name (NFKC, PEP 3131). */
export const FOLDED_LOOK_ALIKES = `${FULL_WIDTH}${MATHEMATICAL}`;

const EACH_LOOK_ALIKE = new RegExp(`[${LOOK_ALIKES}${FORMULA_LOOK_ALIKES}]`, "gu");

/** A text with each look-alike replaced by the ASCII letter or digit that it looks like. */
export function skeletonOf(text: string): string {
  return text.replace(EACH_LOOK_ALIKE, skeletonOfCharacter);
}

/** Full-width and mathematical characters say themselves which ASCII character they repeat. */
function skeletonOfCharacter(character: string): string {
  const ascii = asciiOf.get(character);
  if (ascii !== undefined) return ascii;
  const folded = character.normalize("NFKC");
  return /^[A-Za-z0-9]$/.test(folded) ? folded : character;
}

function* entriesOf(table: Readonly<Record<string, string>>): Generator<[string, string]> {
  for (const [ascii, hexes] of Object.entries(table)) {
    for (const hex of hexes.split(" ")) {
      yield [String.fromCodePoint(Number.parseInt(hex, 16)), ascii];
    }
  }
}

function classOf(table: Readonly<Record<string, string>>): string {
  return Array.from(entriesOf(table), ([character]) => character).join("");
}
