import { expect, test } from "vitest";
import { gitAttributes } from "../../../rules/capabilities/git-attributes.ts";
import { diffOf, shown } from "./changes.ts";

function facts(head: string, path = ".gitattributes"): string[] {
  return diffOf({}, { [path]: head }).map((fact) => shown(fact).replace(/ \.gitattributes:/, " :"));
}

test.each([
  { line: "* -diff", seen: "added * -diff -→source :1" },
  { line: "** -diff", seen: "added ** -diff -→source :1" },
  { line: "*.ts binary", seen: "added *.ts -diff -→source :1" },
  { line: "/**/*.py\t-diff", seen: "added /**/*.py -diff -→source :1" },
  { line: ".github/** -diff", seen: "added .github/** -diff -→source :1" },
  { line: '".github/workflows/*" -diff', seen: "added .github/workflows/* -diff -→source :1" },
  { line: "src/** linguist-generated=true", seen: "added src/** linguist-generated -→named :1" },
  {
    line: "db/models.go linguist-generated",
    seen: "added db/models.go linguist-generated -→named :1",
  },
  { line: "package-lock.json -diff", seen: "added package-lock.json -diff -→generated :1" },
  { line: "dist/** -diff", seen: "added dist/** -diff -→generated :1" },
  { line: "*.png binary", seen: "added *.png -diff -→generated :1" },
  { line: "a merge=ours", seen: "added a merge=ours -→- :1" },
  { line: "a filter=own", seen: "added a filter=own -→- :1" },
  { line: "a working-tree-encoding=UTF-7", seen: "added a working-tree-encoding=UTF-7 -→- :1" },
  { line: "*.[jt]s linguist-generated", seen: "added *.[jt]s linguist-generated -→source :1" },
  { line: "*s linguist-generated", seen: "added *s linguist-generated -→source :1" },
  { line: "*/*.t? -diff", seen: "added */*.t? -diff -→named :1" },
  { line: "**/*.t? -diff", seen: "added **/*.t? -diff -→source :1" },
  {
    line: ".g?thub/workflows/* linguist-generated",
    seen: "added .g?thub/workflows/* linguist-generated -→source :1",
  },
  { line: "[!/dist/]*/** -diff", seen: "added [!/dist/]*/** -diff -→source :1" },
  { line: "*.ts filter=lfs -text", seen: "added *.ts filter=lfs -→source :1" },
  { line: "[attr]hide -diff", seen: "added [attr]hide -diff -→named :1" },
  { line: "a export-ignore", seen: "added a export-ignore -→- :1" },
])("$line is told", ({ line, seen }) => {
  expect(facts(line)).toEqual([seen]);
});

test.each([
  ...[
    "* text=auto eol=lf",
    "*.ts diff",
    "*.ts diff=javascript",
    "* -text",
    "a linguist-generated=false",
  ],
  ...[
    "a -linguist-generated",
    "a !diff",
    "# * -diff",
    "!* -diff",
    "*.bin filter=lfs",
    "a merge=union",
  ],
  ...["a linguist-vendored", `${"a".repeat(2042)} -diff`, `${"é".repeat(1021)} -diff`],
  ...["*.psd filter=lfs diff=lfs merge=lfs -text", "[attr]show diff -linguist-generated"],
  ...["*.ts -diff a,b", "*.ts -diff é", "*.ts -diff --a", "*.ts\u{A0}-diff", "*.ts binary=a"],
])("%s hides nothing", (line) => {
  expect(facts(line)).toEqual([]);
});

test("a macro is what it stands for, wherever it is defined", () => {
  expect(facts("*.ts quiet\n[attr]quiet -diff linguist-generated\n")).toEqual([
    "added *.ts linguist-generated -→source :1",
    "added *.ts -diff -→source :1",
    "added [attr]quiet linguist-generated -→named :2",
    "added [attr]quiet -diff -→named :2",
  ]);
});

test("below the top of a repository no macro is defined, and one of the top may be used", () => {
  const path = "app/.gitattributes";
  expect(facts("[attr]show diff\n*.ts -diff\n*.ts show\n", path)).toEqual([
    "added *.ts -diff -→named :3",
  ]);
  expect(facts("*.ts hide\n", path)).toEqual(["added *.ts -diff -→named :1"]);
  expect(facts("*.ts text -hide hide=1 !hide eol=lf lockable\n", path)).toEqual([]);
});

test("a macro takes nothing back, as git may not write it out", () => {
  expect(facts("*.ts -diff\n[attr]show diff\n*.ts show\n* -show\n")).toEqual([
    "added *.ts -diff -→source :1",
  ]);
});

test("a later line of the same pattern counts", () => {
  expect(facts("*.ts -diff\n*.ts diff\n")).toEqual([]);
});

test.each([
  ...["*.ts diff é", "*.ts diff a,b", "*.ts diff =a", "*.ts diff --a", "*.ts\u{A0}diff"],
  ...["[attr]own diff\n*.ts own=a", `*.ts diff ${"é".repeat(1020)}=`],
])("git passes over %s, which takes back nothing", (line) => {
  expect(facts(`*.ts -diff\n${line}\n`)).toEqual(["added *.ts -diff -→source :1"]);
});

test.each([
  { what: "a line that git just reads", line: `${"a".repeat(2041)} -diff` },
  { what: "a line that ends as on Windows", line: `${"a".repeat(2041)} -diff\r\n` },
  { what: "a pattern that begins like a macro", line: "[attr] -diff" },
])("$what hides what it names", ({ line }) => {
  expect(facts(line)).toHaveLength(1);
});

test("in a folder of what is generated a pattern of everything is about that", () => {
  expect(facts("* -diff", "dist/.gitattributes")).toEqual(["added * -diff -→generated :1"]);
  expect(facts("* -diff", ".github/.gitattributes")).toEqual(["added * -diff -→source :1"]);
});

test("a quote that does not close is not understood", () => {
  const reading = gitAttributes.read(".gitattributes", new TextEncoder().encode('\n"a -diff'));
  expect(reading).toMatchObject({ code: "quotes", line: 2 });
});

test.each([
  { what: "an escape that git refuses", text: '"\\*.ts" diff', code: "quotes" },
  { what: "an attribute of git's own", text: "*.ts diff builtin_a", code: "reserved" },
])("$what is not understood", ({ text, code }) => {
  const reading = gitAttributes.read(".gitattributes", new TextEncoder().encode(text));
  expect(reading).toMatchObject({ code, line: 1 });
});

test("macros that stand for each other end", () => {
  const told = facts("[attr]a b -diff\n[attr]b a\n*.ts b\n");
  expect(told.filter((fact) => !fact.includes("[attr]"))).toEqual(["added *.ts -diff -→source :3"]);
});

test("macros of macros that never end are not understood", () => {
  const text = Array.from({ length: 200 }, (_, n) => `[attr]a${n} a${n + 1}\n`).join("");
  const reading = gitAttributes.read(".gitattributes", new TextEncoder().encode(`${text}* a0\n`));
  expect(reading).toMatchObject({ code: "too-deep" });
});
