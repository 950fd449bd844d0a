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
  const any = focuses ? new RegExp(`${skips.source}|${focuses.source}`, skips.flags) : skips;
  for (const line of linesWith(text, any)) {
    if (COMMENT.test(line.text)) continue;
    yield { line, focuses: focuses?.test(line.text) === true };
  }
}

/** A line of comment, but for Rust's `#[ignore]` and PHP's attributes. */
const COMMENT = /^\s*(?:\/\/|\*|\/\*|#(?!\[)|--|;)/;

const SCRIPT: Marks = {
  skips:
    /\b(?:it|test|describe|context|suite|bench)\.(?:skip|fixme)\b|\bx(?:it|describe|test|context)\(|\bthis\.skip\(\)/,
  focuses: /\b(?:it|test|describe|context|suite|bench)\.only\b|\bf(?:it|describe)\(/,
};

const JVM: Marks = { skips: /@(?:Disabled|Ignore)\b(?!\.)/ };

const MARKS: ReadonlyMap<string, Marks> = new Map<string, Marks>([
  ...["js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts"].map((each) => [each, SCRIPT] as const),
  ...["java", "kt", "groovy"].map((each) => [each, JVM] as const),
  ["scala", { skips: /@Ignore\b|^[ \t]*ignore\(/m }],
  ["go", { skips: /\b[tb]\.Skip(?:f|Now)?\(/ }],
  [
    "py",
    {
      skips:
        /\bpytest\.mark\.(?:skip|xfail)\b|\bpytest\.skip\(|@(?:unittest\.)?skip\(|\bself\.skipTest\(/,
    },
  ],
  [
    "rb",
    {
      skips: /^[ \t]*(?:xit|xdescribe|xcontext|xspecify|xexample)\b|^[ \t]*(?:skip|pending)\b/m,
      focuses: /^[ \t]*(?:fit|fdescribe|fcontext|fspecify)\b/m,
    },
  ],
  ["rs", { skips: /#\[ignore\b/ }],
  ["php", { skips: /\bmarkTest(?:Skipped|Incomplete)\(/ }],
  ["cs", { skips: /\[Ignore\b|\bSkip\s*=\s*"/ }],
  ["fs", { skips: /\bSkip\s*=\s*"/ }],
  ["swift", { skips: /\bXCTSkip\(/ }],
  ["dart", { skips: /\bskip:\s*(?:true|["'])/ }],
  ["exs", { skips: /@(?:module)?tag\s+:skip\b/ }],
  ["cc", { skips: /\bGTEST_SKIP\(|\bDISABLED_\w/ }],
  ["cpp", { skips: /\bGTEST_SKIP\(|\bDISABLED_\w/ }],
  ["bats", { skips: /^[ \t]*skip\b/m }],
]);
