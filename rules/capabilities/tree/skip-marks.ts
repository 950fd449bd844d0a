import { extensionOf } from "./extensions.ts";
import { linesWith, type TextLine } from "./text-lines.ts";

/** A line that keeps tests from running; one that `focuses` keeps all from it that have no such mark. */
export interface SkipMark {
  readonly line: TextLine;
  readonly focuses: boolean;
}

interface Marks {
  readonly skips: RegExp;
  readonly focuses?: RegExp;
}

/** The lines of a test file that mark tests as left out, in order. What the line itself makes a condition of is none. */
export function* skipMarks(path: string, text: string): Generator<SkipMark> {
  const marks = MARKS.get(extensionOf(path));
  if (!marks) return;
  const { skips, focuses } = marks;
  const any = focuses ? new RegExp(`${skips.source}|${focuses.source}`, "m") : skips;
  for (const line of linesWith(text, any)) {
    if (COMMENT.test(line.text)) continue;
    yield { line, focuses: focuses?.test(line.text) === true };
  }
}

/** A line of comment, but for Rust's `#[ignore]`, PHP's attributes and Go's conditions of a build. */
const COMMENT = /^\s*(?:\/\/(?!go:build| ?\+build)|\*|\/\*|#(?!\[)|--|;)/;

/** One pattern out of several; each names one way to leave tests out, and spans no line break. */
function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join("|"), "m");
}

// `it`, `test.concurrent`
const RUNNER =
  /\b(?:it|test|describe|context|suite|bench)(?:\s?\.\s?(?:concurrent|sequential|serial|parallel))?/
    .source;

const SCRIPT: Marks = {
  skips: anyOf(
    new RegExp(String.raw`${RUNNER}\s?\.\s?(?:skip|fixme|fails|failing)\b`),
    new RegExp(String.raw`${RUNNER}\s?\[\s?["'\x60](?:skip|fixme|todo)["'\x60]`),
    // One without a body is a note.
    new RegExp(String.raw`${RUNNER}\s?\.\s?todo\([^\n]{0,120}(?:=>|\bfunction\b)`),
    new RegExp(String.raw`${RUNNER}\.(?:skipIf\(\s?(?:true|1|!0)|runIf\(\s?(?:false|0|!1))\s?\)`),
    new RegExp(String.raw`${RUNNER}\([^\n]{0,120}\b(?:skip|todo):\s?(?:true\b|["'\x60])`),
    /^[ \t]*\.(?:skip|fixme)\(\s?["'`]/,
    /\bx(?:it|describe|test|context)\s?\(|\b(?:this|ctx|t)\.skip\(\)/,
  ),
  focuses: anyOf(
    new RegExp(String.raw`${RUNNER}\s?\.\s?only\b|${RUNNER}\s?\[\s?["'\x60]only["'\x60]`),
    new RegExp(String.raw`${RUNNER}\([^\n]{0,120}\bonly:\s?true\b`),
    /^[ \t]*\.only\(\s?["'`]|\bf(?:it|describe)\s?\(/,
  ),
};

const JVM: Marks = {
  skips: anyOf(
    /@(?:[a-zA-Z_]\w{0,60}\.){0,8}(?:Disabled|Ignore)\b(?!\.)/,
    /@Test\([^\n]{0,120}\benabled\s?=\s?false\b/,
    /\bassum(?:eTrue\(\s?false|eFalse\(\s?true)\b/,
  ),
};

const PYTHON: Marks = {
  skips: anyOf(
    /\bmark\.(?:skip|xfail)\b|\bmark\.skipif\(\s?(?:True|1|not False)\b/,
    /\bpytest\.(?:skip|xfail)\(|@(?:unittest\.)?(?:skip|expectedFailure)\b/,
    /\bself\.skipTest\(|\braise (?:unittest\.)?SkipTest\b|^[ \t]*__test__\s?=\s?False\b/,
  ),
};

const RUBY: Marks = {
  skips: anyOf(
    /^[ \t]*(?:xit|xdescribe|xcontext|xspecify|xexample)\b|^[ \t]*(?:skip|pending)\b/,
    /^[ \t]*(?:it|describe|context|specify|example)\b[^\n]{0,120},\s?:(?:skip|pending)\b/,
    /^[ \t]*(?:it|describe|context|specify|example)\b[^\n]{0,120}\b(?:skip|pending): ?(?:true|["'])/,
  ),
  focuses: anyOf(
    /^[ \t]*(?:fit|fdescribe|fcontext|fspecify)\b/,
    /^[ \t]*(?:it|describe|context|specify|example)\b[^\n]{0,120}(?:,\s?:focus\b|\bfocus: ?true\b)/,
  ),
};

const MARKS: ReadonlyMap<string, Marks> = new Map<string, Marks>([
  ...["js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts"].map((each) => [each, SCRIPT] as const),
  ...["java", "kt", "groovy"].map((each) => [each, JVM] as const),
  ["scala", { skips: /@Ignore\b|^[ \t]*ignore\(/m }],
  [
    "go",
    {
      skips: anyOf(
        /\b(?:[tb]\w{0,3}\.Skip|\w{1,40}\.Skip(?:f|Now))\(/,
        /^\/\/(?:go:build| ?\+build)\s+(?:ignore|never|none)\b/,
      ),
    },
  ],
  ["py", PYTHON],
  ["rb", RUBY],
  ["rs", { skips: /#\[ignore\b/ }],
  ["php", { skips: /\bmarkTest(?:Skipped|Incomplete)\(/ }],
  ["cs", { skips: /\[(?:[^\]\n"]{0,80},\s?)?(?:Ignore|Explicit)\b|\bSkip\s*=\s*"/ }],
  ["fs", { skips: /\bSkip\s*=\s*"/ }],
  ["swift", { skips: /\bXCTSkip\(|@(?:Test|Suite)\([^\n]{0,120}\.disabled\((?!if:)/ }],
  ["dart", { skips: /\bskip:\s*(?:true|["'])/ }],
  ["exs", { skips: /@(?:module)?tag\s+(?:skip: (?:true|")|:skip\b)/ }],
  ["cc", { skips: /\bGTEST_SKIP\(|\bDISABLED_\w/ }],
  ["cpp", { skips: /\bGTEST_SKIP\(|\bDISABLED_\w/ }],
  ["bats", { skips: /^[ \t]*skip\b/m }],
]);
