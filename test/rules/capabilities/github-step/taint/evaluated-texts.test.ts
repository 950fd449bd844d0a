import { expect, test } from "vitest";
import { diffOf } from "../../changes.ts";
import { injectionsIn, injectionsOf, routes, TITLE } from "../injected.ts";

const env = { T: TITLE };
const THROUGH = "github.event.issue.title through $T";

function foundIn(run: string, step: object = {}): string[] {
  return routes(injectionsOf([{ env, run, shell: "bash", ...step }]));
}

test.each([
  'eval "$T"',
  "eval echo ${T}",
  'bash -c "$T"',
  'sudo sh -c "make $T"',
  'docker run alpine sh -c "$T"',
  'python3 -c "$T"',
  'node -e "$T"',
  'perl -e "$T"',
  'echo "$T" | bash',
  'printf "%s" "$T" | tr a b | sh -s',
  'echo "$T" |\n  python -',
  '{ make; echo "$T"; } | bash',
  '{ make; echo "$T"; } 2>&1 | bash',
  'echo "$(echo "$T")" | bash',
  'bash <<< "$T"',
  '. /dev/stdin <<< "$T"',
  ". /dev/stdin <<EOF\necho $T\nEOF",
  'jq -r .x <<< "$T" | sh',
  'source <(echo "$T")',
  'bash <(echo "$T")',
  'eval "$(echo "$T")"',
  "bash <<EOF\necho $T\nEOF",
  "cat <<EOF | bash\necho $T\nEOF",
  "cat <<EOF | tr a b | bash\necho $T\nEOF",
  'X="$T"; eval "$X"',
  'X=$(echo "$T"); Y="a $X"; bash -c "$Y"',
  'echo "$T" | while read -r line; do eval "$line"; done',
  'read -r line <<< "$T"; eval "$line"',
  "bash -c 'eval \"$T\"'",
  'SH=bash; $SH -c "$T"',
])("a variable with a text of others is run as code: %s", (run) => {
  expect(foundIn(run)).toEqual([THROUGH]);
});

test.each([
  "iex $env:T",
  'Invoke-Expression "$env:T"',
  "$env:T | iex",
  "Invoke-Expression ($env:T)",
  "& ([scriptblock]::Create($env:T))",
  "$x = $env:T\niex $x",
])("so it is in PowerShell: %s", (run) => {
  expect(foundIn(run, { shell: "pwsh" })).toEqual([THROUGH]);
});

test.each([
  'make "$T"',
  'echo "$T"',
  'echo "$T" | grep x',
  'echo "$T" | bash check.sh',
  'bash check.sh "$T"',
  'bash -c \'echo "$1"\' _ "$T"',
  "bash -c 'echo \"$T\"'",
  'bash -c "echo \\$T"',
  "python -c 'import os; print(os.environ[\"T\"])'",
  "python -c \"import os; print(os.environ['T'])\"",
  "bash <<'EOF'\necho $T\nEOF",
  "bash <<EOF\necho \\$T\nEOF",
  "cat <<EOF\n$T\nEOF",
  'eval "x=${T@Q}"',
  'eval "x=$(printf %q "$T")"',
  'eval "$(ssh-agent -s)"; make "$T"',
  'eval "$OTHER" # $T',
  'source ./env.sh "$T"',
  'X=$(make "$T"); eval "$X"',
  'make | bash; echo "$T"',
  "bash check.sh <<EOF\n$T\nEOF",
  '"$(dirname "$T")/build.sh"',
])("a variable that is handed over stays data: %s", (run) => {
  expect(foundIn(run)).toEqual([]);
});

test("it is a guess, at the command's line, and an insider's text counts for less", () => {
  const workflow = `on: issues
jobs:
  a:
    steps:
      - env: { T: "${TITLE}", U: "\${{ inputs.u }}" }
        run: |
          make
          eval "$T"
          bash -c "$U"
          eval "$T"
`;
  expect(injectionsIn(workflow)).toMatchObject([
    { name: "github.event.issue.title", level: "outsider", certainty: "heuristic", line: 8 },
    { name: "inputs.u", level: "insider", certainty: "heuristic", line: 9 },
  ]);
});

test("variables of the job, of the runner and of earlier steps are followed too", () => {
  expect(routes(injectionsOf([{ run: 'eval "$T"' }], { env }))).toEqual([THROUGH]);
  expect(routes(injectionsOf([{ run: 'eval "$T"' }], {}, env))).toEqual([THROUGH]);
  expect(foundIn('eval "git switch $GITHUB_HEAD_REF"')).toEqual([
    "github.head_ref through $GITHUB_HEAD_REF",
  ]);
  const written = { env: { S: TITLE }, run: 'echo "T=$S" >> $GITHUB_ENV' };
  expect(routes(injectionsOf([written, { run: 'eval "$T"' }]))).toEqual([THROUGH]);
});

test("an expression in the same script is the surer way", () => {
  expect(injectionsOf([{ env, run: `eval "$T"\necho ${TITLE}` }])).toMatchObject([
    { certainty: "exact", context: "on issues" },
  ]);
});

test("an outsider's text does not hide behind an insider's", () => {
  const both = { T: TITLE, U: "${{ inputs.u }}" };
  const found = injectionsOf([{ env: both, run: '{ echo "$T"; echo "$U"; } | bash' }]);
  expect(found.map(({ level }) => level)).toEqual(["outsider", "insider"]);
});

const SCRIPT = "actions/github-script@v7";

test.each([
  "eval(process.env.T)",
  "new Function(process.env.T)()",
  'const t = process.env.T\neval("a" + t)',
  "const { S, T } = process.env\neval(T)",
  'require("child_process").execSync(`make ${process.env["T"]}`)',
  "eval (process.env.T)",
  "Function  (process.env.T)()",
  "vm.runInContext(process.env.T, sandbox)",
  "vm.runInNewContext(process.env.T)",
  "vm.runInThisContext(process.env.T)",
  "  t = process.env.T\n  eval(t)",
  "t=process.env.T\neval(t)",
  "const  t = process.env.T\neval(t)",
  "let t = process.env.T\nvar u = t\neval(u)",
  "const{T}=process.env\neval(T)",
  "let  { T: t }  =  process.env\neval(t)",
  "const run = () => { const { T } = process.env; eval(T) }",
])("JavaScript runs it as code: %s", (script) => {
  expect(routes(injectionsOf([{ env, uses: SCRIPT, with: { script } }]))).toEqual([THROUGH]);
});

test.each([
  "core.info(process.env.T)",
  "/a/.exec(process.env.T)",
  "await exec.exec('make', [process.env.T])",
  "core.info(process.env.T)\neval('1')",
  "const t = process.env.T\nevaluate(t)",
  "retrieval(process.env.T)\neval('1')",
  "page.$eval(process.env.T)\neval('1')",
  "isFunction(process.env.T)\neval('1')",
  "if (process.env.T) t = 1\neval(t)",
  "t == process.env.T\neval(t)",
])("JavaScript keeps it as data: %s", (script) => {
  expect(injectionsOf([{ env, uses: SCRIPT, with: { script } }])).toEqual([]);
});

test("Python runs it as code", () => {
  const shell = "python";
  expect(foundIn("import os\nexec(os.environ['T'])", { shell })).toEqual([THROUGH]);
  expect(foundIn("import os\nprint(os.environ['T'])", { shell })).toEqual([]);
});

test.each([
  "BASH_ENV",
  "DYLD_INSERT_LIBRARIES",
  "GIT_EXTERNAL_DIFF",
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "JAVA_TOOL_OPTIONS",
  "JDK_JAVA_OPTIONS",
  "LD_PRELOAD",
  "NODE_OPTIONS",
  "PERL5OPT",
  "RUBYOPT",
])("programs run what %s says by themselves", (name) => {
  const set = { [name]: `-r ${TITLE}` };
  const found = [`github.event.issue.title through $${name}`];
  expect(routes(injectionsOf([{ env: set, run: "make" }]))).toEqual(found);
  expect(routes(injectionsOf([{ env: set, uses: "octo/a@v1" }]))).toEqual(found);
  expect(routes(injectionsOf([{ run: "make" }], { env: set }))).toEqual(found);
  expect(routes(injectionsOf([{ run: "make" }], {}, set))).toEqual(found);
  expect(injectionsOf([{ env: { [name]: "-r x" }, run: "make" }])).toEqual([]);
});

test("what only an interactive shell reads is data, as is what only looks alike", () => {
  for (const name of ["ENV", "PS1", "MY_NODE_OPTIONS"]) {
    expect(injectionsOf([{ env: { [name]: TITLE }, run: "make" }])).toEqual([]);
  }
});

function changed(before: object, after: object): string[] {
  const files = (step: object): Record<string, string> => ({
    ".github/workflows/ci.yml": JSON.stringify({ on: "issues", jobs: { a: { steps: [step] } } }),
  });
  return diffOf(files(before), files(after))
    .filter(({ kind }) => kind === "github.step.injection")
    .map(({ delta }) => delta);
}

test("renaming the variable grants nothing, another script around it is a raise", () => {
  const before = { env, run: 'eval "$T"' };
  expect(changed(before, { env: { U: TITLE }, run: 'eval "$U"' })).toEqual([]);
  expect(changed(before, { env, run: 'eval "rm $T"' })).toEqual(["raised"]);
  expect(changed({ env, run: 'make "$T"' }, before)).toEqual(["added"]);
});
