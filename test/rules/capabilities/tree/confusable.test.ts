import { expect, test } from "vitest";
import { confusable } from "../../../../rules/capabilities/tree/confusable.ts";
import { capabilitiesOf, toldOf } from "./text-entry.ts";
import { factListOf } from "./tree-change.ts";

function namesOf(text: string, path?: string): string[] {
  return capabilitiesOf(confusable, text, path).map(({ name }) => name);
}

test.each([
  { what: "plain ASCII", text: "const scope = 1;" },
  { what: "what is no text", text: null },
  {
    what: "Russian comments",
    text: "// сорт, рост и вес: см. API-сервер, JSONом, 1С\nconst copt = 1;",
  },
  { what: "Russian words of look-alikes without a twin", text: "// рос, сор, хор" },
  { what: "short look-alikes beside a twin", text: "// а, ас\nconst ac = a;" },
  { what: "Greek letters of formulas", text: "Δt = αβ * λ + νt - dρdt + ρmax; const µs = Ωm;" },
  { what: "letters of mathematics", text: "𝐱 = 𝒩(μ); 𝕜x = 1; f𝓝 = 2" },
  { what: "accented Latin words", text: "résumé, naïve, Ærø, kırmızı" },
  { what: "full-width Japanese", text: "// ＡＰＩ の設定；Ver２ API\nconst API = 1;" },
  { what: "Japanese beside ASCII", text: "// APIキーＡを渡す" },
  { what: "numerals and units", text: "// TypeⅠ, PhaseⅤ, 300 mK" },
  { what: "a Greek question", text: "// τι είναι;".replace(";", "\u037E") },
  { what: "a fraction", text: "// 1\u20442 and 3\u22154" },
  { what: "names of languages with clicks", text: '"\u01C3Xóõ", "\u01C0Xam", "Ju\u01C0ʼhoan"' },
  { what: "an ellipsis of leaders", text: "// a \u2024\u2024 b" },
  { what: "an Armenian sentence", text: "// բարև\u0589" },
])("$what looks like nothing else", ({ text }) => {
  expect(capabilitiesOf(confusable, text)).toEqual([]);
});

test.each([
  { what: "Cyrillic", text: "if (isAdm\u0456n) {", name: "isAdm\\u{456}n" },
  { what: "Greek", text: "passw\u03BFrd()", name: "passw\\u{3BF}rd" },
  { what: "Greek capitals", text: "T\u039FKEN", name: "T\\u{39F}KEN" },
  { what: "Armenian", text: "val\u057De", name: "val\\u{57D}e" },
  { what: "Cherokee", text: "\u13A4est() \u13D4orld", name: "\\u{13D4}orld" },
  { what: "full-width", text: "\uFF45val(x)", name: "\\u{FF45}val" },
  { what: "a formula's letter amid a word", text: "p\u03B1ypal", name: "p\\u{3B1}ypal" },
  { what: "a mathematical letter amid a word", text: "s\u{1D5F2}lfish", name: "s\\u{1D5F2}lfish" },
])("a word that mixes ASCII with $what letters is told", ({ text, name }) => {
  expect(toldOf(confusable, `x\n${text}`)).toEqual([`text.confusable - ${name} :2`]);
});

test.each([
  { what: "a word of look-alikes", word: "\u0441\u043E\u0440\u0435", twin: "cope" },
  { what: "a word that starts as a formula", word: "\u03C1max", twin: "pmax" },
  {
    what: "a word of mathematical letters",
    word: "\u{1D41E}\u{1D42F}\u{1D41A}\u{1D425}",
    twin: "eval",
  },
])("$what is told beside its twin in ASCII, and only there", ({ word, twin }) => {
  expect(namesOf(`${word} = ${twin}`)).toHaveLength(1);
  expect(namesOf(`${word} = x${twin}`)).toEqual([]);
});

test("a name that Python folds into ASCII is told where it is used", () => {
  const text = "\u{1D41E}\u{1D42F}\u{1D41A}\u{1D425}(x)";
  const name = "\\u{1D41E}\\u{1D42F}\\u{1D41A}\\u{1D425}";
  expect(namesOf(text, "a.py")).toEqual([name]);
  expect(namesOf(text.replace("(x)", ".x"), "a.py")).toEqual([name]);
  expect(namesOf(text.replace("(x)", ""), "a.py")).toEqual([]);
  expect(namesOf("сорт(x)", "a.py")).toEqual([]);
  expect(namesOf(text, "a.js")).toEqual([]);
  expect(namesOf(text, "a.py.js")).toEqual([]);
});

test.each([
  { text: "f()\u037E", name: "U+037E GREEK QUESTION MARK" },
  { text: "f()\uFF1B", name: "U+FF1B FULLWIDTH SEMICOLON" },
  { text: "x \u01C3= y", name: "U+01C3 LATIN LETTER RETROFLEX CLICK" },
  { text: "a \u01C0 b", name: "U+01C0 LATIN LETTER DENTAL CLICK" },
  { text: "a \u01C1 b", name: "U+01C1 LATIN LETTER LATERAL CLICK" },
  { text: "a\u2044b", name: "U+2044 FRACTION SLASH" },
  { text: "https:\u2215evil", name: "U+2215 DIVISION SLASH" },
  { text: "a\u2024b", name: "U+2024 ONE DOT LEADER" },
  { text: "a\u0589b", name: "U+0589 ARMENIAN FULL STOP" },
  { text: "a\uA789b", name: "U+A789 MODIFIER LETTER COLON" },
])("the sign $name is told in code, once a line", ({ text, name }) => {
  expect(namesOf(`${text} ${text}`)).toEqual([name]);
});

test("a sign is told in a text that holds no ASCII", () => {
  expect(namesOf("\uFF1B")).toEqual(["U+FF1B FULLWIDTH SEMICOLON"]);
});

test("a twin makes its own look-alike suspect, and no other word", () => {
  const [cope, poc] = ["\u0441\u043E\u0440\u0435", "\u0440\u043E\u0441"];
  expect(namesOf(`${poc} = ${cope} + cope`)).toEqual(["\\u{441}\\u{43E}\\u{440}\\u{435}"]);
});

test.each([
  { what: "one word twice", text: "p\u0430y p\u0430y", names: ["p\\u{430}y"] },
  {
    what: "a sign before a word",
    text: "\u01C3= p\u0430y",
    names: ["U+01C3 LATIN LETTER RETROFLEX CLICK", "p\\u{430}y"],
  },
])("of two disguises in a line: $what", ({ text, names }) => {
  expect(namesOf(text)).toEqual(names);
});

test("prose is not read", () => {
  expect(namesOf("p\u0430ypal", "README.md")).toEqual([]);
  expect(namesOf("p\u0430ypal", "locale/ru.json")).toEqual([]);
});

test("a word is told with what it looks like, and each once a line, in their order", () => {
  const text = "z\u043E = \u0430b; b\u0430 = z\u043E; \u01C3(x)";
  const told = capabilitiesOf(confusable, text);
  expect(told.map(({ name }) => name)).toEqual([
    "z\\u{43E}",
    "\\u{430}b",
    "b\\u{430}",
    "U+01C3 LATIN LETTER RETROFLEX CLICK",
  ]);
  expect(told[1]).toMatchObject({ certainty: "heuristic", holder: "file" });
  expect(told[1]?.context).toBe(
    'an editor shows "zо = ab; bа = zо; ǃ(x)" where the file holds "zо = \\u{430}b; bа = zо; ǃ(x)"',
  );
  expect(told[3]?.context).toContain("; !(x)");
});

test("what hides inside of a word is written out, and a long one is cut between characters", () => {
  expect(namesOf("p\u0430y\uFE0Fpal")).toEqual(["p\\u{430}y\\u{FE0F}pal"]);
  const [long] = capabilitiesOf(confusable, `p\u0430${"\u{1D5F2}".repeat(500)}`);
  expect(long?.name).toHaveLength(1 + 7 + 38 * 9);
  expect(long?.context.isWellFormed()).toBe(true);
});

test("an old word in a line that moves is none, a new one is added", () => {
  const base = { "a.js": "a(p\u0430y);\n" };
  const head = { "a.js": "b();\n  a(p\u0430y);\nc(p\u0430y);\n" };
  expect(
    factListOf("text.confusable", base, head).map(({ delta, line }) => `${delta} :${line}`),
  ).toEqual(["added :3"]);
});
