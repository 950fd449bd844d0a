import { expect, test } from "vitest";
import { injectionsIn, injectionsOf, routes, TITLE } from "./injected.ts";

const SOURCE = "github.event.issue.title";
const ISSUE = "${{ github.event.issue }}";
const USES_ENV = { run: "echo ${{ env.T }}" };
const USES_OUTPUT = { run: "echo ${{ steps.X.outputs.T }}" };

test.each([
  { where: "step", found: injectionsOf([{ env: { T: TITLE }, ...USES_ENV }]) },
  { where: "job", found: injectionsOf([USES_ENV], { env: { T: TITLE } }) },
  { where: "workflow", found: injectionsOf([USES_ENV], {}, { T: TITLE }) },
])("a variable of the $where is code again in an expression", ({ found }) => {
  expect(routes(found)).toEqual([`${SOURCE} through env.T`]);
  expect(found[0]?.certainty).toBe("exact");
});

test.each([
  { inner: "step", found: injectionsOf([{ env: { T: "1" }, ...USES_ENV }], { env: { T: TITLE } }) },
  { inner: "job", found: injectionsOf([USES_ENV], { env: { T: "1" } }, { T: TITLE }) },
])("a variable is the innermost one: of the $inner", ({ found }) => {
  expect(found).toEqual([]);
});

const OTHER_LETTERS = { env: { T: TITLE }, run: "echo ${{ env.t }}" };
const WRITES_T = { env: { V: TITLE }, run: '"T=$env:v" >> $env:github_env' };

test.each([
  { in: "an expression", runsOn: "windows-latest", steps: [OTHER_LETTERS] },
  { in: "a job of its own machine", runsOn: ["self-hosted", "gpu"], steps: [OTHER_LETTERS] },
  { in: "a job of any machine", runsOn: "${{ matrix.os }}", steps: [OTHER_LETTERS] },
  {
    in: "PowerShell",
    runsOn: "windows-latest",
    steps: [{ env: { T: TITLE }, run: "$Text = $env:t\niex $text" }],
  },
  { in: "what a step writes", runsOn: "windows-latest", steps: [WRITES_T, { run: "iex $env:t" }] },
  {
    in: "a variable that another step's hides",
    runsOn: "${{ matrix.os }}",
    steps: [{ env: { t: "1", T: TITLE }, run: "echo ${{ env.t }}" }],
  },
  {
    in: "a variable that programs run",
    runsOn: "windows-latest",
    steps: [{ env: { node_options: TITLE }, run: "npm test" }],
  },
])("a variable in other letters, as Windows reads it: in $in", ({ runsOn, steps }) => {
  expect(injectionsOf(steps, { "runs-on": runsOn }).map(({ name }) => name)).toEqual([SOURCE]);
});

test("on Linux and macOS a variable in other letters is another, and hides none", () => {
  const found = (runsOn: string, step: object, job: object = {}): string[] =>
    injectionsOf([step], { "runs-on": runsOn, ...job }).map(({ name }) => name);
  expect(found("ubuntu-latest", OTHER_LETTERS)).toEqual([]);
  expect(found("macos-15", OTHER_LETTERS)).toEqual([]);
  const hides = { env: { t: "1" }, run: "echo ${{ env.T }}" };
  expect(found("ubuntu-latest", hides, { env: { T: TITLE } })).toEqual([SOURCE]);
  expect(found("${{ matrix.os }}", hides, { env: { T: TITLE } })).toEqual([SOURCE]);
});

const IN_CONTAINER = { image: "alpine:3", env: { T: TITLE } };
const RUNS_T = { run: 'eval "$T"' };

test.each([
  { how: "a script", container: IN_CONTAINER, steps: [RUNS_T] },
  {
    how: "a later script",
    container: IN_CONTAINER,
    steps: [{ run: 'echo "U=$T" >> $GITHUB_ENV' }, { run: 'eval "$U"' }],
  },
  { how: "programs", container: { image: "a", env: { BASH_ENV: TITLE } }, steps: [] },
  { how: "a script, by an expression", container: { image: "a", env: ISSUE }, steps: [RUNS_T] },
  {
    how: "a script, by the matrix",
    container: "${{ matrix.c }}",
    strategy: { matrix: { c: [IN_CONTAINER, { image: "a", env: { T: "1" } }] } },
    steps: [RUNS_T],
  },
  {
    how: "a script, out of JSON",
    container: "${{ fromJSON(github.event.issue.body) }}",
    steps: [RUNS_T],
  },
])("a text in the container's env that a script evaluates: by $how", ({ steps, ...job }) => {
  const found = injectionsOf(steps, job);
  expect(found).toMatchObject([{ level: "outsider", certainty: "heuristic" }]);
});

test.each([
  { when: "the script does not run it", container: IN_CONTAINER, step: { run: 'echo "$T"' } },
  {
    when: "it is no variable of the `env` context",
    container: IN_CONTAINER,
    step: { run: "echo ${{ env.T }}" },
  },
  { when: "the step sets it", container: IN_CONTAINER, step: { env: { T: "1" }, ...RUNS_T } },
  { when: "the expression is an image", container: "${{ github.head_ref }}", step: RUNS_T },
])("a container's env runs nothing: $when", ({ container, step }) => {
  expect(injectionsOf([step], { container })).toEqual([]);
});

test("a step's own variable can hold an outer one, not itself", () => {
  const outer = { env: { U: TITLE } };
  expect(routes(injectionsOf([{ env: { T: "${{ env.U }}" }, ...USES_ENV }], outer))).toEqual([
    `${SOURCE} through env.T`,
  ]);
  expect(injectionsOf([{ env: { T: "${{ env.V }}", V: TITLE }, ...USES_ENV }])).toEqual([]);
});

const READ = { uses: "actions/github-script@v7" };

test.each([
  { what: "a step's env", found: injectionsOf([{ env: ISSUE, ...USES_ENV }]) },
  { what: "a job's env", found: injectionsOf([USES_ENV], { env: ISSUE }) },
  {
    what: "more of an env",
    found: injectionsOf([{ env: { A: "1", "${{ insert }}": ISSUE }, ...USES_ENV }]),
  },
  { what: "all inputs of an action", found: injectionsOf([{ ...READ, with: ISSUE }]) },
  {
    what: "a strategy",
    found: injectionsOf([{ run: "${{ matrix.x }}" }], { strategy: ISSUE }),
  },
  {
    what: "more of a matrix",
    found: injectionsOf([{ run: "${{ matrix.x }}" }], {
      strategy: { matrix: { y: [1], "${{ insert }}": ISSUE } },
    }),
  },
])("an expression that gives $what is followed", ({ found }) => {
  expect(found.map(({ name }) => name)).toEqual(["github.event.issue"]);
});

test("another step's variables are gone", () => {
  expect(injectionsOf([{ env: { T: TITLE }, run: "make" }, USES_ENV])).toEqual([]);
});

test("all variables together hold what each of them holds", () => {
  const all = { env: { S: "${{ inputs.s }}" }, run: "${{ toJSON(env) }}" };
  const found = injectionsOf(
    [{ run: "echo D=${{ inputs.d }} >> $GITHUB_ENV" }, all],
    { env: { J: "${{ inputs.j }}" } },
    { W: "${{ inputs.w }}" },
  );
  expect(routes(found.slice(1)).sort()).toEqual([
    "inputs.d through env",
    "inputs.j through env",
    "inputs.s through env",
    "inputs.w through env",
  ]);
});

const WRITES = { id: "x", env: { V: TITLE } };

test.each([
  { how: "an output", script: 'echo "t=$V" >> "$GITHUB_OUTPUT"' },
  { how: "an output in braces", script: 'echo "T=${V}" >> ${GITHUB_OUTPUT}' },
  { how: "an output in PowerShell", script: '"t=$env:V" >> $env:GITHUB_OUTPUT' },
  { how: "a command", script: 'echo "::set-output name=t::$V"' },
  {
    how: "a variable of the script",
    script: 'S=$(echo "$V" | tr a b)\necho "t=$S" >> $GITHUB_OUTPUT',
  },
  {
    how: "a variable that goes over lines",
    script: 'S=$(\n  cat\n)\necho "t=$S" >> $GITHUB_OUTPUT',
  },
  { how: "a variable that is read", script: 'read -r S <<< "$V"\necho "t=$S" >> $GITHUB_OUTPUT' },
  {
    how: "a variable that is read in a loop",
    script: 'while read S; do\necho "t=$S" >> $GITHUB_OUTPUT\ndone',
  },
  { how: "a variable of a loop", script: 'for S in $V; do\necho "t=$S" >> $GITHUB_OUTPUT\ndone' },
  { how: "variables from one to another", script: 'A=$V\nB=$A\necho "t=$B" >> $GITHUB_OUTPUT' },
  { how: "a variable of PowerShell", script: '$s = $env:V\necho "t=$s" >> $env:GITHUB_OUTPUT' },
  { how: "an output of an unknown name", script: 'echo "${N}=$V" >> $GITHUB_OUTPUT' },
  { how: "a line that goes on", script: 'echo "t=$V" \\\n  >> $GITHUB_OUTPUT' },
  { how: "a block", script: '{\n  echo "t<<EOF"\n  echo "$V"\n  echo EOF\n} >> $GITHUB_OUTPUT' },
  { how: "lines that end elsewhere", script: 'echo "t=$(cat <<EOF\n$V\nEOF\n)" >> $GITHUB_OUTPUT' },
  { how: "another program", script: "./title.sh >> $GITHUB_OUTPUT" },
  { how: "Python", script: "open(os.environ['GITHUB_OUTPUT'], 'a').write(os.environ['V'])" },
])("an output holds a text of others by $how", ({ script }) => {
  const found = injectionsOf([{ ...WRITES, run: script }, USES_OUTPUT]);
  expect(routes(found)).toEqual([`${SOURCE} through steps.x.outputs.t`]);
  expect(found[0]?.certainty).toBe("heuristic");
});

test.each([
  { when: "it is written out", step: { ...WRITES, run: 'echo "t=1" >> $GITHUB_OUTPUT' } },
  { when: "another output holds it", step: { ...WRITES, run: 'echo "u=$V" >> $GITHUB_OUTPUT' } },
  { when: "a command sets another", step: { ...WRITES, run: 'echo "::set-output name=u::t=$V"' } },
  { when: "nothing is written", step: { ...WRITES, run: 'echo "t=$V"' } },
  {
    when: "the variable is another",
    step: { ...WRITES, run: 'W=1\necho "t=$W" >> $GITHUB_OUTPUT' },
  },
  { when: "it is an option", step: { ...WRITES, run: 'echo --t=$V "u=$V" >> $GITHUB_OUTPUT' } },
  { when: "the step has no text of others", step: { id: "x", run: "./x >> $GITHUB_OUTPUT" } },
  {
    when: "it is another step's",
    step: { ...WRITES, id: "y", run: 'echo "t=$V" >> $GITHUB_OUTPUT' },
  },
  { when: "the step has no id", step: { env: { V: TITLE }, run: 'echo "t=$V" >> $GITHUB_OUTPUT' } },
  {
    when: "it is a variable that is written",
    step: { ...WRITES, run: 'echo "t=$V" >> $GITHUB_ENV' },
  },
])("an output holds none: $when", ({ step }) => {
  expect(injectionsOf([step, USES_OUTPUT])).toEqual([]);
});

test("an expression in a script is a text of others in it", () => {
  const script = `echo "t=${TITLE}" >> $GITHUB_OUTPUT\necho "u=\${{ inputs.a }}" >> $GITHUB_OUTPUT`;
  const found = injectionsOf([{ id: "x", run: script }, USES_OUTPUT]);
  expect(routes(found.slice(2))).toEqual([`${SOURCE} through steps.x.outputs.t`]);
});

test("only earlier steps have outputs", () => {
  const writes = { ...WRITES, run: 'echo "t=$V" >> $GITHUB_OUTPUT' };
  expect(injectionsOf([USES_OUTPUT, writes])).toEqual([]);
});

test.each([
  { expression: "toJSON(steps)", count: 1 },
  { expression: "toJSON(steps.x)", count: 1 },
  { expression: "steps.x.outputs[github.job]", count: 1 },
  { expression: "steps.*.outputs.t", count: 1 },
  { expression: "steps.x.outcome", count: 0 },
  { expression: "steps.*.outcome", count: 0 },
])("$expression has $count texts of others", ({ expression, count }) => {
  const writes = { ...WRITES, run: 'echo "t=$V" >> $GITHUB_OUTPUT' };
  expect(injectionsOf([writes, { run: `echo \${{ ${expression} }}` }])).toHaveLength(count);
});

test.each([
  { variable: "GITHUB_HEAD_REF", source: "github.head_ref" },
  { variable: "GITHUB_REF_NAME", source: "github.ref_name" },
  { variable: "GITHUB_REF", source: "github.ref" },
])("the runner's own $variable is followed", ({ variable, source }) => {
  const writes = { id: "x", run: `echo "t=\${${variable}#a}" >> $GITHUB_OUTPUT` };
  expect(routes(injectionsOf([writes, USES_OUTPUT]))).toEqual([
    `${source} through steps.x.outputs.t`,
  ]);
});

test("the event's file is followed by what is read of it", () => {
  const reads = (path: string): object => ({
    id: "x",
    run: `echo "t=$(jq -r ${path} "$GITHUB_EVENT_PATH")" >> $GITHUB_OUTPUT`,
  });
  expect(routes(injectionsOf([reads(".issue.title"), USES_OUTPUT]))).toEqual([
    `${SOURCE} through steps.x.outputs.t`,
  ]);
  expect(injectionsOf([reads(".issue.number"), USES_OUTPUT])).toEqual([]);
});

test.each([
  { how: "by name", script: 'echo "T=$V" >> $GITHUB_ENV' },
  { how: "by a command", script: 'echo "::set-env name=T::$V"' },
  { how: "by a program", script: "./x >> $GITHUB_ENV" },
])("a variable that a step writes $how is followed", ({ script }) => {
  const found = injectionsOf([{ env: { V: TITLE }, run: script }, USES_ENV]);
  expect(routes(found)).toEqual([`${SOURCE} through env.T`]);
  expect(found[0]?.certainty).toBe("heuristic");
});

test("a variable that is written can replace the job's, where its name is told", () => {
  const job = { env: { T: "1" } };
  const writes = (script: string): object => ({ env: { V: TITLE }, run: script });
  expect(injectionsOf([writes('echo "T=$V" >> $GITHUB_ENV'), USES_ENV], job)).toHaveLength(1);
  expect(injectionsOf([writes("./x >> $GITHUB_ENV"), USES_ENV], job)).toEqual([]);
});

test("a variable that is written is one for later scripts", () => {
  const steps = [
    { env: { V: TITLE }, run: 'echo "W=$V" >> $GITHUB_ENV' },
    { id: "x", run: 'echo "t=$W" >> $GITHUB_OUTPUT' },
    USES_OUTPUT,
  ];
  expect(routes(injectionsOf(steps))).toEqual([`${SOURCE} through steps.x.outputs.t`]);
});

const scripted = (script: string, env: object = {}): object => ({
  id: "x",
  env,
  uses: "actions/github-script@v7",
  with: { script },
});

test.each([
  { script: 'core.setOutput("t", context.payload.issue.title)', count: 1 },
  { script: 'core.setOutput("t", context.payload?.issue?.title)', count: 1 },
  { script: "const a = process.env.V\ncore.setOutput('t', a.trim())", count: 1 },
  { script: "core.setOutput(name, process.env.V)", count: 1 },
  { script: 'core.setOutput("t", true)', count: 0 },
  { script: 'core.setOutput("t", "process.env.V")', count: 0 },
  { script: 'core.setOutput("u", process.env.V)', count: 0 },
  { script: "return process.env.V", count: 0 },
])("$script sets $count texts of others", ({ script, count }) => {
  expect(injectionsOf([scripted(script, { V: TITLE }), USES_OUTPUT])).toHaveLength(count);
});

test.each([
  { script: "const a = process.env.V\nreturn a", count: 1 },
  { script: "return 1", count: 0 },
  { script: "if (process.env.V) return;", count: 0 },
])("$script results in $count texts of others", ({ script, count }) => {
  const uses = { run: "echo ${{ steps.x.outputs.result }}" };
  expect(injectionsOf([scripted(script, { V: TITLE }), uses])).toHaveLength(count);
});

test("a variable that a script exports is followed", () => {
  const exports = scripted('core.exportVariable("T", process.env.V)', { V: TITLE });
  expect(routes(injectionsOf([exports, USES_ENV]))).toEqual([`${SOURCE} through env.T`]);
});

test("a script of another action sets nothing that is known", () => {
  const other = { ...scripted("return process.env.V", { V: TITLE }), uses: "octo/script@v1" };
  expect(injectionsOf([other, { run: "${{ steps.x.outputs.result }}" }])).toEqual([]);
});

test.each([
  { uses: "tj-actions/changed-files@v44", output: "all_changed_files", count: 1 },
  { uses: "TJ-actions/Changed-Files@v44", output: "any_changed", count: 0 },
  { uses: "tj-actions/changed-files@v44", output: "added_files_count", count: 0 },
  { uses: "dorny/paths-filter@v3", output: "src_files", count: 1 },
  { uses: "dorny/paths-filter@v3", output: "src", count: 0 },
  { uses: "xt0rted/pull-request-comment-branch@v2", output: "head_ref", count: 1 },
  { uses: "xt0rted/pull-request-comment-branch@v1", output: "ref", count: 1 },
  { uses: "xt0rted/pull-request-comment-branch@v2", output: "head_sha", count: 0 },
  { uses: "octo/changed-files@v1", output: "all_changed_files", count: 0 },
])("$uses hands on $count texts of others in $output", ({ uses, output, count }) => {
  const steps = [{ id: "X", uses }, { run: `echo \${{ steps.x.outputs.${output} }}` }];
  expect(injectionsOf(steps)).toHaveLength(count);
});

test("what an action hands on is named after it", () => {
  const action = { id: "x", uses: "dorny/paths-filter@v3" };
  const found = injectionsOf([
    action,
    { run: "${{ steps.x.outputs.a_files }} ${{ toJSON(steps) }}" },
  ]);
  expect(routes(found)).toEqual([
    "dorny/paths-filter a_files through steps.x.outputs.a_files",
    "dorny/paths-filter * through steps",
  ]);
});

const FIRST = {
  outputs: { T: "${{ steps.x.outputs.t }}", n: "${{ steps.x.outcome }}" },
  steps: [{ ...WRITES, run: 'echo "t=$V" >> $GITHUB_OUTPUT' }],
};

function ofJobs(jobs: object): string[] {
  return routes(injectionsIn(JSON.stringify({ on: "issues", jobs })));
}

test.each([
  { when: "in the order of the file", turned: false },
  { when: "however they are ordered", turned: true },
])("outputs of a job are followed to those that need it, $when", ({ turned }) => {
  const jobs: [string, object][] = [
    ["First", FIRST],
    ["second", { needs: "first", outputs: { u: "${{ needs.first.outputs.t }}" }, steps: [] }],
    ["third", { needs: ["second"], steps: [{ run: "${{ needs.second.outputs.u }}" }] }],
  ];
  expect(ofJobs(Object.fromEntries(turned ? jobs.toReversed() : jobs))).toEqual([
    `${SOURCE} through needs.second.outputs.u`,
  ]);
});

test.each([
  { when: "another output is taken", needs: "a", expression: "needs.a.outputs.n" },
  { when: "the result is taken", needs: "a", expression: "needs.a.result" },
  { when: "the job is not needed", needs: [], expression: "needs.a.outputs.t" },
  { when: "nothing that is needed has outputs", needs: [], expression: "toJSON(needs)" },
])("outputs of a job hold none: $when", ({ needs, expression }) => {
  const second = { needs, steps: [{ run: `echo \${{ ${expression} }}` }] };
  expect(ofJobs({ a: FIRST, b: second })).toEqual([]);
});

test("all that a job needs can be taken at once", () => {
  const second = { needs: "a", steps: [{ run: "${{ toJSON(needs) }}" }] };
  expect(ofJobs({ a: FIRST, b: second })).toEqual([`${SOURCE} through needs`]);
});

test("jobs that need each other in a circle are read, each alone", () => {
  const job = (needs: string): object => ({ needs, steps: [{ run: TITLE }] });
  expect(ofJobs({ a: job("b"), b: job("a"), c: job("c"), d: job("none") })).toHaveLength(4);
});

test.each([
  { how: "as a whole", matrix: "${{ fromJSON(needs.a.outputs.t) }}" },
  { how: "as a list", matrix: { v: "${{ fromJSON(needs.a.outputs.t) }}" } },
  { how: "as an item", matrix: { V: ["1", "${{ needs.a.outputs.t }}"] } },
  { how: "as what is included", matrix: { include: [{ v: "${{ needs.a.outputs.t }}" }] } },
  { how: "as all that is included", matrix: { include: "${{ fromJSON(needs.a.outputs.t) }}" } },
])("a matrix hands on a text of others $how", ({ matrix }) => {
  const second = {
    needs: "a",
    strategy: { matrix },
    steps: [{ run: "${{ matrix.v }} ${{ matrix.v.w }}" }],
  };
  expect(ofJobs({ a: FIRST, b: second })).toEqual([`${SOURCE} through matrix.v`]);
});

test.each([
  { when: "another key holds it", matrix: { v: ["1"], w: ["${{ needs.a.outputs.t }}"] } },
  { when: "it is excluded", matrix: { exclude: [{ v: "${{ needs.a.outputs.t }}" }] } },
  { when: "it is written out", matrix: { v: ["1"] } },
])("a matrix has none: $when", ({ matrix }) => {
  const second = { needs: "a", strategy: { matrix }, steps: [{ run: "${{ matrix.v }}" }] };
  expect(ofJobs({ a: FIRST, b: second })).toEqual([]);
});

test("variables of a job can come from its needs and its matrix", () => {
  const second = {
    needs: "a",
    strategy: { matrix: { v: ["${{ inputs.v }}"] } },
    env: { T: "${{ needs.a.outputs.t }}", U: "${{ matrix.v }}" },
    steps: [{ run: "${{ env.T }} ${{ env.U }}" }],
  };
  expect(ofJobs({ a: FIRST, b: second })).toEqual([
    `${SOURCE} through env.T`,
    "inputs.v through env.U",
  ]);
});

test("of many texts that one value can hold, outsiders' come first, and few are followed", () => {
  const inputs = Array.from({ length: 30 }, (_, at) => `\${{ inputs.i${at} }}`).join("");
  const found = injectionsOf([{ env: { T: `${inputs}${TITLE}` }, run: "${{ env.T }}" }]);
  expect(found).toHaveLength(20);
  expect(found[0]?.name).toBe(SOURCE);
});
