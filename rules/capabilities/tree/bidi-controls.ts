/** The levels of `text.bidi`, from weakest to strongest. */
export const BIDI_LEVELS = ["lawful", "paired", "unpaired"] as const;

type BidiLevel = (typeof BIDI_LEVELS)[number];

/** How a line uses one bidirectional control: its strongest level, and where it stands first. */
export interface BidiUse {
  readonly character: string;
  readonly start: number;
  level: BidiLevel;
}

/** Marks, embeddings, overrides and isolates; a class, to be built into other patterns. */
export const BIDI_CLASS = String.raw`[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]`;

const CONTROLS = new RegExp(BIDI_CLASS, "gu");
const MARKS = "\u061C\u200E\u200F";
const EMBEDDINGS = "\u202A\u202B";
const OVERRIDES = "\u202D\u202E";
const ISOLATES = "\u2066\u2067\u2068";
const POP_FORMATTING = "\u202C";
const POP_ISOLATE = "\u2069";

/** Deeper than this the algorithm ignores controls (UAX #9, BD2). */
const MAX_DEPTH = 125;

const RIGHT_TO_LEFT = String.raw`[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Rohg}\p{sc=Samr}\p{sc=Mand}]`;
const RIGHT_TO_LEFT_LETTER = new RegExp(`[${RIGHT_TO_LEFT}&&\\p{L}]`, "v");
const OTHER_LETTER = new RegExp(`[\\p{L}--${RIGHT_TO_LEFT}]`, "v");

interface Opened {
  readonly use: BidiUse;
  readonly character: string;
  /** Stretches with letters of either direction before it. */
  readonly before: Letters;
}

interface Letters {
  rightToLeft: number;
  other: number;
}

/**
 * How a line uses bidirectional controls, each control once; one that closes another is part of it.
 *
 * `paired`: closed on its line, by the rules of the bidirectional algorithm (UAX #9, X1–X8).
 * `unpaired`: still open at the end of the line, closing nothing, or an override around anything
 * but letters of right-to-left scripts: so is code shown in another order than it runs
 * (CVE-2021-42574).
 */
export function bidiUses(line: string): BidiUse[] {
  const scan = new Scan();
  let end = 0;
  for (const { 0: control, index } of line.matchAll(CONTROLS)) {
    scan.pass(line.slice(end, index));
    scan.meet(control, index);
    end = index + 1;
  }
  scan.leaveOpen();
  return scan.uses();
}

class Scan {
  readonly #uses = new Map<string, BidiUse>();
  readonly #open: Opened[] = [];
  readonly #letters: Letters = { rightToLeft: 0, other: 0 };

  uses(): BidiUse[] {
    return [...this.#uses.values()];
  }

  pass(text: string): void {
    if (RIGHT_TO_LEFT_LETTER.test(text)) this.#letters.rightToLeft += 1;
    if (OTHER_LETTER.test(text)) this.#letters.other += 1;
  }

  meet(character: string, start: number): void {
    if (MARKS.includes(character)) this.#note(character, start, "lawful");
    else if (character === POP_FORMATTING) this.#popFormatting(start);
    else if (character === POP_ISOLATE) this.#popIsolate(start);
    else this.#push(character, start);
  }

  leaveOpen(): void {
    for (const { use } of this.#open) raise(use, "unpaired");
  }

  #push(character: string, start: number): void {
    const isTooDeep = this.#open.length >= MAX_DEPTH;
    const use = this.#note(character, start, isTooDeep ? "unpaired" : "paired");
    if (!isTooDeep) this.#open.push({ use, character, before: { ...this.#letters } });
  }

  /** It closes nothing across an isolate's start. */
  #popFormatting(start: number): void {
    const last = this.#open.at(-1);
    if (last && (EMBEDDINGS + OVERRIDES).includes(last.character)) this.#close();
    else this.#note(POP_FORMATTING, start, "unpaired");
  }

  /** It closes the last isolate, and every embedding that was opened inside of it. */
  #popIsolate(start: number): void {
    const isolate = this.#open.findLastIndex(({ character }) => ISOLATES.includes(character));
    if (isolate < 0) this.#note(POP_ISOLATE, start, "unpaired");
    else while (this.#open.length > isolate) this.#close();
  }

  #note(character: string, start: number, level: BidiLevel): BidiUse {
    const use = this.#uses.get(character) ?? { character, start, level };
    this.#uses.set(character, use);
    raise(use, level);
    return use;
  }

  #close(): void {
    const closed = this.#open.pop();
    if (!closed || !OVERRIDES.includes(closed.character)) return;
    const { rightToLeft, other } = this.#letters;
    const isLawful = rightToLeft > closed.before.rightToLeft && other === closed.before.other;
    if (!isLawful) raise(closed.use, "unpaired");
  }
}

function raise(use: BidiUse, level: BidiLevel): void {
  if (BIDI_LEVELS.indexOf(level) > BIDI_LEVELS.indexOf(use.level)) use.level = level;
}
