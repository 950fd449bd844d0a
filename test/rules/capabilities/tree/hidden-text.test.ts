import fc from "fast-check";
import { expect, test } from "vitest";
import { hiddenText } from "../../../../rules/capabilities/tree/hidden-text.ts";
import { capabilitiesOf, toldOf } from "./text-entry.ts";
import { factListOf, raw } from "./tree-change.ts";

const RLO = "\u202E";
const LRI = "\u2066";
const PDI = "\u2069";

function facts(kind: string, base: string, head: string): string[] {
  return factListOf(kind, { "a.js": base }, { "a.js": head }).map(
    ({ delta, name, before, after, line }) =>
      `${delta} ${name} ${before ?? "-"}→${after ?? "-"} :${line}`,
  );
}

test.each([
  { what: "plain ASCII", text: "if (a) {\r\n\treturn 1;\f\n}\n" },
  { what: "what is no text", text: null },
  { what: "a byte order mark at the start", text: "\uFEFFa\n" },
  { what: "accents and no-break spaces", text: "« été » à\u202F! n\u00A0o\n" },
  { what: "Russian, Greek and Hebrew letters", text: "// мир αβ שלום\n" },
  { what: "full-width Japanese", text: "／／ ＡＢＣ　日本語；\n" },
  { what: "a family of emoji", text: "👨\u200D👩\u200D👧 👩🏽\u200D💻\n" },
  { what: "emoji with presentation selectors", text: "❤\uFE0F ❤\uFE0E ℹ\uFE0F 🏳\uFE0F\u200D🌈\n" },
  { what: "keycaps", text: "1\uFE0F\u20E3 #\uFE0F\u20E3\n" },
  { what: "a flag of tags", text: "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}\n" },
  { what: "Persian with non-joiners", text: "می\u200Cخواهم HTML\u200Cها\n" },
  { what: "Hindi with joiners", text: "क्\u200Dष\n" },
  { what: "Khmer with zero-width spaces", text: "ខ្ញុំ\u200Bទៅ (\u200Bខ\u200B)\n" },
  { what: "ideographs with variants", text: "葛\u{E0100} 、\uFE00\n" },
  { what: "Mongolian variants", text: "ᠠ\u180B ᠠ\u180Eᠠ\n" },
  { what: "Khmer inherent vowels", text: "ក\u17B4\n" },
  { what: "fillers of old Hangul syllables", text: "\u115F\u1161 \u1100\u1160\n" },
  {
    what: "a joiner among combining marks",
    text: "e\u0301\u034F\u0323 e\u0301\u034F e\u034F\u0323\n",
  },
])("$what hides nothing", ({ text }) => {
  expect(capabilitiesOf(hiddenText, text)).toEqual([]);
});

test.each([
  { text: "a\u200Bb", told: "single U+200B ZERO WIDTH SPACE" },
  { text: "a\u200Cb", told: "single U+200C ZERO WIDTH NON-JOINER" },
  { text: "a\u200Db", told: "single U+200D ZERO WIDTH JOINER" },
  { text: "a\u200D👩", told: "single U+200D ZERO WIDTH JOINER" },
  { text: "👨\u200Db", told: "single U+200D ZERO WIDTH JOINER" },
  { text: "می\u200C\u200Dا", told: "single U+200D ZERO WIDTH JOINER" },
  { text: "in\u00ADvisible", told: "single U+00AD SOFT HYPHEN" },
  { text: "a\u034Fb", told: "single U+034F COMBINING GRAPHEME JOINER" },
  { text: "\u3164 = 1", told: "single U+3164 HANGUL FILLER" },
  { text: "\uFFA0 = 1", told: "single U+FFA0 HALFWIDTH HANGUL FILLER" },
  { text: "\u115F = 1", told: "single U+115F HANGUL CHOSEONG FILLER" },
  { text: "\u1160 = 1", told: "single U+1160 HANGUL JUNGSEONG FILLER" },
  { text: "a\u180Eb", told: "single U+180E MONGOLIAN VOWEL SEPARATOR" },
  { text: "a\u17B4b", told: "single U+17B4 KHMER VOWEL INHERENT AQ" },
  { text: "a\u2060b", told: "single U+2060 WORD JOINER" },
  { text: "a\u2064b", told: "single U+2064 INVISIBLE PLUS" },
  { text: "a\u206Fb", told: "single U+206F NOMINAL DIGIT SHAPES" },
  { text: "a\u2028b", told: "single U+2028 LINE SEPARATOR" },
  { text: "a\u2029b", told: "single U+2029 PARAGRAPH SEPARATOR" },
  { text: "a\u0085b", told: "single U+0085 NEXT LINE" },
  { text: "a\u0081b", told: "single U+0081 CONTROL CHARACTER" },
  { text: "a\0b", told: "single U+0000 NULL" },
  { text: "a\bb", told: "single U+0008 BACKSPACE" },
  { text: "a\x7Fb", told: "single U+007F DELETE" },
  { text: "a\uFFF9b", told: "single U+FFF9 INTERLINEAR ANNOTATION ANCHOR" },
  { text: "a\uFEFFb", told: "single U+FEFF ZERO WIDTH NO-BREAK SPACE" },
  { text: "\uFEFF\uFEFFb", told: "single U+FEFF ZERO WIDTH NO-BREAK SPACE" },
  { text: "a\u{E0FFF}b", told: "single U+E0FFF HIDDEN CHARACTER" },
  { text: "\x1B[2Ka\x9B2K", told: "single escape sequence" },
  { text: "a\uFE0Fb", told: "single U+FE0F VARIATION SELECTOR-16" },
  { text: "1\uFE0F", told: "single U+FE0F VARIATION SELECTOR-16" },
  { text: "a\u{E0100}b", told: "single U+E0100 VARIATION SELECTOR-17" },
  { text: "👍\u{E0100}b", told: "single U+E0100 VARIATION SELECTOR-17" },
  { text: "👍\uFE0F\uFE0E", told: "single variation selectors" },
  { text: `👍${"\u{E0155}".repeat(8)}`, told: "run variation selectors" },
  { text: `a${"\u200B".repeat(7)}`, told: "single U+200B ZERO WIDTH SPACE" },
  { text: `a\u200Bb${"\u200B".repeat(8)}`, told: "run U+200B ZERO WIDTH SPACE" },
])("$told is told", ({ text, told }) => {
  expect(toldOf(hiddenText, `x\n${text}\n`.replace(/^x\n\uFEFF/, "\uFEFF"))).toEqual([
    `text.invisible ${told} :${text.startsWith("\uFEFF") ? 1 : 2}`,
  ]);
});

test.each([
  { what: "tags", text: "hi\u{E0068}\u{E0069}" },
  { what: "tags behind a flag", text: `🏴${"\u{E0061}".repeat(7)}\u{E007F}` },
  { what: "a flag without an end", text: "🏴\u{E0067}\u{E0062}\u{E0065}" },
])("$what are told once a line", ({ text }) => {
  expect(toldOf(hiddenText, text)).toEqual(["text.tag - tag characters :1"]);
});

test("a byte order mark at the start is no part of its line", () => {
  const text = "a\u200Bb\n";
  expect(capabilitiesOf(hiddenText, `\uFEFF${text}`)).toEqual(capabilitiesOf(hiddenText, text));
});

test.each([
  { path: "a.md", cause: /^prose-line:/ },
  { path: "a.js", cause: /^code-line:/ },
  { path: "a.html", cause: /^line:/ },
])("what $path hides is reached by its line in such a place", ({ path, cause }) => {
  const [told] = capabilitiesOf(hiddenText, "a\u200Bb\n", path);
  expect(told?.reach.map((way) => way.cause)).toEqual([expect.stringMatching(cause)]);
});

test.each([
  {
    what: "an old character whose line moves, is indented or gets other line ends",
    base: "a\u200Bb\nc\n",
    head: "new\r\nc\r\n  a\u200Bb\r\n",
    expected: [],
  },
  {
    what: "a second one",
    base: "a\u200Bb\n",
    head: "a\u200Bb\nc\u200B\n",
    expected: ["added U+200B ZERO WIDTH SPACE -→single :2"],
  },
  {
    what: "the same line once more",
    base: "a\u200Bb\n",
    head: "a\u200Bb\na\u200Bb\n",
    expected: ["added U+200B ZERO WIDTH SPACE -→single :2"],
  },
  {
    what: "one in a line that is edited",
    base: "x\na\u200Bb\n",
    head: "x\na\u200Bbc\n",
    expected: ["raised U+200B ZERO WIDTH SPACE single→single :2"],
  },
  {
    what: "a run where one was",
    base: "a\u200B\n",
    head: `a${"\u200B".repeat(9)}\n`,
    expected: ["raised U+200B ZERO WIDTH SPACE single→run :1"],
  },
  {
    what: "one that goes",
    base: "a\u200B\nb",
    head: "a\nb",
    expected: ["removed U+200B ZERO WIDTH SPACE single→- :1"],
  },
])("what a change makes of it: $what", ({ base, head, expected }) => {
  expect(facts("text.invisible", base, head)).toEqual(expected);
});

test("a file that moves as it is grants nothing new", () => {
  const text = `x ${RLO} y\n`;
  expect(factListOf("text.bidi", { "a.js": text }, { "b/c.js": text })).toEqual([]);
});

test("any text is told, in whole characters and always alike", () => {
  const letters = fc.constantFrom(
    ...["a", " ", "\n", "\r", "🏴", "👍", "ا", "\u{E0041}", "\uFE0F"],
    ...["\u200B", "\u200D", "\u202E", "\u2067", "\u2069", "\u202C"],
  );
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 60 }), (text) => {
      const told = capabilitiesOf(hiddenText, text);
      expect(told.every(({ name, context }) => (name + context).isWellFormed())).toBe(true);
      expect(told).toEqual(capabilitiesOf(hiddenText, text));
    }),
  );
});

function factsOfBytes(path: string, bytes: Uint8Array): string[] {
  const kinds = ["text.bidi", "text.invisible"];
  return kinds.flatMap((kind) =>
    factListOf(kind, {}, { [path]: bytes }).map(
      ({ after, name, line }) => `${after} ${name} :${line}`,
    ),
  );
}

const OVERRIDE_LINE = "unpaired U+202E RIGHT-TO-LEFT OVERRIDE :2";

test.each([
  { what: "one letter in Latin-1", path: "a.c", bytes: raw("// caf\xe9\nx \xe2\x80\xae y\n") },
  { what: "UTF-16, least byte first", path: "a.cs", bytes: raw("\xff\xfe\n\0\x2e\x20a\0") },
  { what: "UTF-16, most byte first", path: "a.cs", bytes: raw("\xfe\xff\0\n\x20\x2e\0a") },
])("a text with $what is read for what it hides", ({ path, bytes }) => {
  expect(factsOfBytes(path, bytes)).toEqual([OVERRIDE_LINE]);
});

test.each([
  { what: "GBK", path: "a.c", bytes: raw("// \xc2\xad\xc2\x85 \xff\n") },
  { what: "bytes that start as UTF-16 does", path: "a.bin", bytes: raw("\xff\xfe\x2e\x20") },
  { what: "data", path: "a.bin", bytes: raw("\0\xff\xe2\x80\xae") },
])("$what hides nothing", ({ path, bytes }) => {
  expect(factsOfBytes(path, bytes)).toEqual([]);
});

test.each([
  { where: "in a line of code", path: "a.js", text: "// fine\revil()\n", seen: 1 },
  { where: "in a translation", path: "a.po", text: "a\rb\n", seen: 0 },
  { where: "in prose", path: "a.md", text: "a\r\u00E9b\n", seen: 0 },
  { where: "before a line's end", path: "a.js", text: "a\r\r\nb\r\n\r", seen: 0 },
])("a carriage return $where is told $seen times", ({ path, text, seen }) => {
  const told = toldOf(hiddenText, text, path);
  expect(told).toEqual(Array(seen).fill("text.invisible single U+000D CARRIAGE RETURN :1"));
});

test("in prose a carriage return hides nothing beside what does", () => {
  const told = toldOf(hiddenText, "a\rb\u200B\n", "a.md");
  expect(told).toEqual(["text.invisible lawful U+200B ZERO WIDTH SPACE :1"]);
});

test.each([
  { from: "docs/a.md", to: "src/a.js", seen: ["added"] },
  { from: "docs/a.md", to: ".github/a.yml", seen: ["added"] },
  { from: "site/a.html", to: "src/a.js", seen: ["added"] },
  { from: "src/a.js", to: "lib/b.ts", seen: [] },
  { from: "docs/a.md", to: "guide/b.txt", seen: [] },
])("what moves from $from to $to is told as $seen", ({ from, to, seen }) => {
  const text = `x ${LRI}if${PDI}\n`;
  const deltas = factListOf("text.bidi", { [from]: text }, { [to]: text }).map(
    ({ delta }) => delta,
  );
  expect(deltas.filter((delta) => delta !== "removed")).toEqual(seen);
});

test.each([
  {
    what: "an isolate closed on its line",
    text: `a ${LRI}b${PDI} c\n`,
    in: "lawful",
    code: "paired",
  },
  { what: "an isolate left open", text: `a ${LRI}b\n`, in: "unpaired", code: "unpaired" },
  { what: "one without a width", text: "a\u200Bb\n", in: "lawful", code: "single" },
  { what: "a row without a width", text: `a${"\u200B".repeat(8)}b\n`, in: "run", code: "run" },
])("$what is $in in prose and $code in code", ({ text, in: prose, code }) => {
  const levelIn = (path: string): unknown =>
    [
      ...factListOf("text.bidi", {}, { [path]: text }),
      ...factListOf("text.invisible", {}, { [path]: text }),
    ].map(({ after }) => after)[0];
  expect(levelIn("a.md")).toBe(prose);
  expect(levelIn("a.js")).toBe(code);
});
