import { expect, test } from "vitest";
import { factListOf, factsOf } from "./tree-change.ts";

const KIND = "tree.path";

function namesOf(path: string): string[] {
  return factListOf(KIND, {}, { [path]: "" }).map(({ name }) => name);
}

test.each([
  "con",
  "a/NUL",
  "aux.c",
  "com1.txt.gz",
  "LPT\u00b9",
  "conout$",
  "nul .txt",
  "a./b",
  "a /b",
  "a:b",
  "a\\\\b",
])("%j is reserved on Windows", (path) => {
  expect(namesOf(path)).toEqual(["reserved"]);
});

test.each([
  "console",
  "com",
  "com10",
  "auxiliary.c",
  "a.con",
  ".a",
  "a b",
  "lpt",
  ".github/x",
  ".gitmodules",
])("%j is a plain path", (path) => {
  expect(namesOf(path)).toEqual([]);
});

test.each([
  { path: "a/.GIT/config", names: ["git"] },
  { path: "git~1/hooks/x", names: ["git"] },
  { path: ".git./x", names: ["git", "reserved"] },
  { path: "x\\\\.git\\\\config", names: ["git", "reserved"] },
  { path: ".g\u200cit/x", names: ["control", "git"] },
  { path: ".GitModules", names: ["git"] },
  { path: "gitmod~1", names: ["git"] },
  { path: "\ufeffa\\\\b", names: ["control", "reserved"] },
  { path: "a/.GitModules", names: [] },
  { path: ".GitModules/a", names: [] },
])("$path is a trap as $names", ({ path, names }) => {
  expect(namesOf(path)).toEqual(names);
});

test.each([
  { what: "an override of direction", path: "a\u202etxt.exe" },
  { what: "a zero-width space", path: "a\u200bb" },
  { what: "a joiner between Latin letters", path: "a\u200db" },
  { what: "a line feed", path: "a\nb" },
  { what: "an escape", path: "a\x1b[2K" },
  { what: "a tag", path: "a\u{e0061}" },
  { what: "a filler", path: "a\u3164" },
  { what: "a grapheme joiner", path: "a\u034fb" },
  { what: "a variation selector", path: "a\ufe0f" },
  { what: "a byte that is not UTF-8", path: "caf\\xe9" },
  { what: "a zero-width space and no ASCII", path: "\u0434\u200b" },
])("a path with $what has what does not show", ({ path }) => {
  expect(namesOf(path)).toEqual(["control"]);
});

test.each([
  { what: "accents", path: "caf\u00e9/na\u00efve" },
  { what: "another script", path: "\u0434\u043e\u043a\u0443\u043c\u0435\u043d\u0442" },
  { what: "an emoji of several people", path: "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}.png" },
  { what: "an emoji with a selector", path: "\u2764\ufe0f.md" },
  { what: "a keycap", path: "1\ufe0f\u20e3.md" },
  { what: "a joiner that Persian needs", path: "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645" },
  { what: "a joiner that Hindi needs", path: "\u0915\u094d\u200d\u0937" },
])("a path with $what shows all it has", ({ path }) => {
  expect(namesOf(path)).toEqual([]);
});

test.each([
  { path: "con", context: "Windows stores it under another name" },
  { path: "git~1", context: "some file systems read it as git's own" },
  { path: "caf\\xe9", context: "holds bytes that are not UTF-8" },
  { path: "a\u200bb", context: "holds characters that do not show" },
])("of $path it is said for sure that it $context", ({ path, context }) => {
  expect(factListOf(KIND, {}, { [path]: "" })).toMatchObject([{ context, certainty: "exact" }]);
});

test("a path that is alike another one names it", () => {
  const more = { readme: { alike: "README" } };
  const [fact] = factListOf(KIND, {}, { readme: "" }, more);
  expect(fact).toMatchObject({ name: "alike", path: "readme", delta: "added" });
  expect(fact?.context).toContain("README");
});

test("an edit at a path that has come to be alike another one tells it", () => {
  const more = { readme: { alike: "README" } };
  expect(factsOf(KIND, { readme: "a" }, { readme: "b" }, more)).toEqual(["added alike -→-"]);
});

test("an edit at such a path gives nothing, a move to another one does", () => {
  expect(factsOf(KIND, { con: "a" }, { con: "b" })).toEqual([]);
  expect(factsOf(KIND, { con: "a" }, { "d/con": "a" }).sort()).toEqual([
    "added reserved -→-",
    "removed reserved -→-",
  ]);
});
