/** A sign that looks like one of code. `start` is its index in its line. */
export interface ConfusableSign {
  readonly text: string;
  readonly looksLike: string;
  readonly start: number;
}

interface LookAlikeSign {
  readonly looksLike: string;
  /** Where the sign is what it says: matches on the two characters around it, or the whole line. */
  readonly lawful: { readonly around?: RegExp; readonly line?: RegExp };
}

const GREEK: LookAlikeSign = { looksLike: ";", lawful: { around: /\p{sc=Grek}/u } };
const WIDE: LookAlikeSign = {
  looksLike: ";",
  lawful: { line: /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}]/u },
};

/** Between letters of its own script, or before a capital, a click is one: `ǃXóõ`. */
const CLICK = /[\p{L}--[A-Za-z]]|.[A-Z]/v;

const SIGNS: Readonly<Record<string, LookAlikeSign>> = {
  "\u01C0": { looksLike: "|", lawful: { around: CLICK } },
  "\u01C1": { looksLike: "||", lawful: { around: CLICK } },
  "\u01C3": { looksLike: "!", lawful: { around: CLICK } },
  "\u037E": GREEK,
  "\u0589": { looksLike: ":", lawful: { around: /\p{sc=Armn}/u } },
  "\u2024": { looksLike: ".", lawful: { around: /\u2024|\p{sc=Armn}/u } },
  "\u2044": { looksLike: "/", lawful: { around: /\p{N}/u } },
  "\u2215": { looksLike: "/", lawful: { around: /\p{N}/u } },
  "\uA789": { looksLike: ":", lawful: { around: /[\p{L}--[A-Za-z]]/v } },
  "\uFF1B": WIDE,
};

/** A sign that looks like one of code. */
export const LOOK_ALIKE_SIGN = /[\u01C0\u01C1\u01C3\u037E\u0589\u2024\u2044\u2215\uA789\uFF1B]/u;

const EACH_SIGN = new RegExp(LOOK_ALIKE_SIGN, "gu");

/** The signs of a line that look like signs of code, each sign once. */
export function confusableSigns(line: string): ConfusableSign[] {
  if (!LOOK_ALIKE_SIGN.test(line)) return [];
  const found = new Map<string, ConfusableSign>();
  for (const { 0: sign, index: start } of line.matchAll(EACH_SIGN)) {
    if (found.has(sign)) continue;
    const alike = SIGNS[sign];
    if (!alike || isLawful(alike, line, start)) continue;
    found.set(sign, { text: sign, looksLike: alike.looksLike, start });
  }
  return [...found.values()];
}

function isLawful({ lawful }: LookAlikeSign, line: string, start: number): boolean {
  const around = `${line.charAt(start - 1) || " "}${line.charAt(start + 1)}`;
  return lawful.around?.test(around) ?? lawful.line?.test(line) ?? false;
}
