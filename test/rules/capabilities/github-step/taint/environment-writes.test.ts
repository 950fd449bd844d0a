import { expect, test } from "vitest";
import { injectionsIn, injectionsOf, routes, TITLE } from "../injected.ts";

const BODY = "${{ github.event.comment.body }}";
const env = { X: BODY, T: TITLE };

function foundIn(run: string, step: object = {}): string[] {
  return routes(injectionsOf([{ env, run, shell: "bash", ...step }]));
}

test.each([
  'echo "TITLE=$X" >> $GITHUB_ENV',
  'echo "TITLE=${X}" >> "${GITHUB_ENV}"',
  'printf "TITLE=%s\\n" "$X" >> $GITHUB_ENV',
  'echo "TITLE=$X" | tee -a $GITHUB_ENV',
  'Y="$X"; echo "TITLE=$Y" >> $GITHUB_ENV',
  'Y=$(echo "$X" | sed s/a/b/); echo "TITLE=$Y" >> $GITHUB_ENV',
  'echo "TITLE=$(echo "$X" | grep a)" >> $GITHUB_ENV',
  "cat >> $GITHUB_ENV <<END\nTITLE=$X\nEND",
  'cat <<< "TITLE=$X" >> $GITHUB_ENV',
  '{\n  echo "A=1"\n  echo "TITLE=$X"\n} >> $GITHUB_ENV',
  '(echo "TITLE=$X") >> $GITHUB_ENV',
  'for name in A B; do echo "$name=$X"; done >> $GITHUB_ENV',
  'FILE=$GITHUB_ENV; echo "TITLE=$X" >> $FILE',
  'echo "A<<END" >> $GITHUB_ENV\necho END >> $GITHUB_ENV\necho "TITLE=$X" >> $GITHUB_ENV',
  'echo "TITLE=$X" >> ${{ github.env }}',
  'echo "TITLE=${X//a/b}" >> $GITHUB_ENV',
])("a body written to the environment file sets any variable: %s", (run) => {
  expect(foundIn(run)).toEqual(["github.event.comment.body through $X"]);
});

test.each([
  '"TITLE=$env:X" >> $env:GITHUB_ENV',
  '"TITLE=$env:X" | Out-File -FilePath $env:GITHUB_ENV -Append',
  'Add-Content -Path $env:GITHUB_ENV -Value "TITLE=$env:X"',
])("so it does in PowerShell: %s", (run) => {
  expect(foundIn(run, { shell: "pwsh" })).toEqual(["github.event.comment.body through $X"]);
});

test.each([
  'echo "TITLE=$T" >> $GITHUB_ENV',
  'echo "BODY=$X" >> $GITHUB_OUTPUT',
  'echo "$X" > body.txt; echo "A=1" >> $GITHUB_ENV',
  'echo "A=$(echo "$X" | head -1)" >> $GITHUB_ENV',
  "A=$(echo \"$X\" | tr '\\n' ' '); echo \"A=$A\" >> $GITHUB_ENV",
  'echo "A=$(grep -oE "[0-9]+" <<< "$X")" >> $GITHUB_ENV',
  'echo "A=$(echo "$X" | jq -Rs .)" >> $GITHUB_ENV',
  "echo \"A=${X//$'\\n'/ }\" >> $GITHUB_ENV",
  "Y=${X%%$'\\n'*}; echo \"A=$Y\" >> $GITHUB_ENV",
  'echo "A=$(echo "$X" | sha256sum | cut -c1-9)" >> $GITHUB_ENV',
  '{\n  echo "BODY<<END"\n  echo "$X"\n  echo "END"\n} >> $GITHUB_ENV',
  'echo "BODY<<END" >> $GITHUB_ENV\necho "$X" >> $GITHUB_ENV\necho "END" >> $GITHUB_ENV',
  'E=$(uuidgen)\necho "BODY<<$E" >> $GITHUB_ENV\necho "$X" >> $GITHUB_ENV\necho "$E" >> $GITHUB_ENV',
  'printf "BODY<<END\\n%s\\nEND\\n" "$X" >> $GITHUB_ENV',
  "cat >> $GITHUB_ENV <<END\nBODY<<EOF\n$X\nEOF\nEND",
  "cat >> $GITHUB_ENV <<'END'\nBODY=$X\nEND",
])("what has one line, or a delimiter, sets only what it should: %s", (run) => {
  expect(foundIn(run)).toEqual([]);
});

const SETS_Y = 'echo "A=$Y" >> $GITHUB_ENV';

test.each([
  "cat",
  "grep a-c",
  "grep -i a",
  "grep x--count",
  "grep --countless",
  "jq -r .a",
  "jq -Rr .",
  "jq --raw-output .a",
  "jq --raw-output0 .a",
  "jq --join-output .a",
  "sed -n 2,11p",
  "sed -n '1p;2p'",
  "sed 1d",
  "overhead",
  "headers",
  "str '\\n' ' '",
  "trace '\\n' ' '",
])("a body has its lines behind `%s`", (program) => {
  const run = `Y=$(echo "$X" | ${program}); ${SETS_Y}`;
  expect(foundIn(run)).toEqual(["github.event.comment.body through $X"]);
});

test.each([
  "grep -Eo a",
  "grep --only-matching a",
  "grep --quiet a",
  "jq .x",
  "jq '.\"x-rate\"'",
  "jq '.x --raw-output'",
  "sed -n 1p",
  "sed 1q",
  "gsed ':a;N;s/\\n/ /'",
  "awk NR==1",
  "gawk NR==1",
  "mawk NR==1",
  "perl -pe 's/\\r?\\n//'",
])("a body has one line behind `%s`", (program) => {
  expect(foundIn(`Y=$(echo "$X" | ${program}); ${SETS_Y}`)).toEqual([]);
});

test("a longer variable loses its lines as a short one does", () => {
  const run = "echo \"A=${BODY//$'\\n'/ }\" >> $GITHUB_ENV";
  expect(foundIn(run, { env: { BODY } })).toEqual([]);
});

test.each([
  'echo "A=$X" | tee log.txt',
  'echo "A=$X" "$GITHUB_ENV"',
  'echo "A=$X" | committee $GITHUB_ENV',
  'echo "A=$X" | teetotal $GITHUB_ENV',
])("nothing sets a variable but what writes to the file: %s", (run) => {
  expect(foundIn(run)).toEqual([]);
});

function inTurn(...printing: string[]): string {
  return printing.map((command) => `${command} >> $GITHUB_ENV`).join("\n");
}

test.each([
  inTurn('echo "B<<END"', "echo first", 'echo "$X"', "echo END"),
  inTurn('echo "B<<END"', 'cat <<< "$X"', "echo END"),
  inTurn('echo "B<<END "', 'echo "$X"', "echo END"),
  "cat >> $GITHUB_ENV <<-DOCUMENT\n\tB<<END\n\t$X\n\tEND\n\tDOCUMENT",
])("delimiters stand around all that is between them: %s", (run) => {
  expect(foundIn(run)).toEqual([]);
});

test.each([
  inTurn('echo "B<<END"', 'echo " END"', 'echo "A=$X"'),
  inTurn('echo "A=1<<2"', 'echo "A=$X"'),
  inTurn('echo "A=$((1<<2))"', 'echo "B=$X"'),
  inTurn('echo "A=$X<<END"'),
  inTurn('echo "A=$X b<<END"'),
  `grep "a<<b c" file\n${inTurn('echo "A=$X"')}`,
])("what only looks like a delimiter holds nothing together: %s", (run) => {
  expect(foundIn(run)).toEqual(["github.event.comment.body through $X"]);
});

test.each(["body", "diff_hunk", "*"])(
  "the text of a comment's %s can have several lines",
  (key) => {
    const text = `\${{ github.event.comment${key === "*" ? "[github.job]" : `.${key}`} }}`;
    expect(foundIn('echo "A=$X" >> $GITHUB_ENV', { env: { X: text } })).toHaveLength(1);
  },
);

test.each([
  { of: "outsiders", text: TITLE, run: 'echo "$X" >> $GITHUB_PATH', count: 1 },
  { of: "outsiders", text: TITLE, run: 'echo "/opt/$(basename "$X")" >> $GITHUB_PATH', count: 1 },
  { of: "insiders", text: "${{ github.ref }}", run: 'echo "$X" >> $GITHUB_PATH', count: 0 },
  { of: "outsiders", text: TITLE, run: 'echo "$X"; echo bin >> $GITHUB_PATH', count: 0 },
])("a text of $of that is written to the path is where programs are: $run", (written) => {
  const { text, run, count } = written;
  expect(foundIn(run, { env: { X: text } })).toHaveLength(count);
});

test("it is a guess, at the line that writes", () => {
  const workflow = `on: issue_comment
jobs:
  a:
    steps:
      - env: { X: "${BODY}" }
        run: |
          make
          echo "TITLE=$X" >> $GITHUB_ENV
`;
  expect(injectionsIn(workflow)).toMatchObject([
    { level: "outsider", certainty: "heuristic", line: 8 },
  ]);
});
