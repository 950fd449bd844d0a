import { expect, test } from "vitest";
import { injectionsOf } from "../injected.ts";

const BODY = "${{ github.event.comment.body }}";
const TITLE = "${{ github.event.issue.title }}";
const env = { B: BODY, T: TITLE, U: "${{ inputs.u }}", V: "${{ inputs.v }}" };

/** The variables that a script runs, or writes to the environment of later steps, by their names. */
function runIn(run: string, shell = "bash"): string[] {
  const found = injectionsOf([{ env, run, shell }]);
  return found.map(({ context }) => /through \$(\w+)$/.exec(context)?.[1] ?? context).sort();
}

test.each([
  { of: "an insider before what prints nothing", run: '{ echo "$U"; true; } | bash', names: "U" },
  { of: "both together", run: '{ echo "$U $T"; echo "$V"; } | bash', names: "TUV" },
  { of: "each in a word", run: 'eval "$(echo "$(echo "$T") $(echo "$U")")"', names: "TU" },
  { of: "each in what is written", run: 'echo "$(cat <<< "$B")$T" >> $GITHUB_PATH', names: "BT" },
  { of: "one that an unknown program prints", run: '$PRINT "$T" | bash', names: "T" },
  { of: "one before an escape", run: "bash <<EOF\necho $T\\nb\nEOF", names: "T" },
  {
    of: "one before another whose lines are cut",
    run: "echo \"A=$B${T//$'\\n'/ }b\" >> $GITHUB_ENV",
    names: "B",
  },
])("texts of people are followed from variables: of $of", ({ run, names }) => {
  expect(runIn(run).join("")).toBe(names);
});

test.each([
  { of: "quotes around a variable", run: '$x = $env:T\n"`"$x`"" | iex' },
  { of: "words before a variable", run: '"git switch $env:T" | iex' },
  { of: "words before a value", run: '"git switch " + $env:T | iex' },
  { of: "words by the name of a variable", run: '$x = "git switch $env:T"; $x | iex' },
  { of: "a folder that is written", run: '$x = $env:T\n"/opt/$x" >> $env:GITHUB_PATH' },
  { of: "a variable behind another pipe", run: 'make | tee log\n"A=$env:B" | iex' },
])("PowerShell prints a value that stands alone: $of", ({ run }) => {
  expect(runIn(run, "pwsh")).toHaveLength(1);
});

test.each(['"git switch $env:T" | iex', '"/opt/${Env:T}" >> $env:GITHUB_PATH', "$env:T | iex"])(
  "so it does where nothing says that it is PowerShell: %s",
  (run) => {
    const found = injectionsOf([{ env, run }], { "runs-on": "${{ matrix.os }}" });
    expect(found).toHaveLength(1);
  },
);

test.each(['make "$env:T" | iex', '& "make.exe" $env:T | iex', "$env:T; make | iex"])(
  "in PowerShell arguments go nowhere: %s",
  (run) => {
    expect(runIn(run, "pwsh")).toEqual([]);
  },
);

test.each([
  "printf | bash",
  'make "$T" | bash',
  'make | $SHELL -s "$T"',
  'printenv "$T" | bash',
  'blueprint "$T" | bash',
  './bin/$NAME "$T" | bash',
  'x$NAME "$T" | bash',
  '"./my tool" "$T" | bash',
  'make "$(echo "$B")" >> $GITHUB_ENV',
  'eval "$(X="$T"; make)"',
  'X=a make "$T"; eval "$X"',
  'X=a Y=$(echo "$T"); eval "$X"',
  'echo "$T" | make X; eval "$X"',
  'echo "$T" | readlink X; eval "$X"',
  'echo "$T" | proofread X; eval "$X"',
])("what no command prints or reads goes nowhere: %s", (run) => {
  expect(runIn(run)).toEqual([]);
});
