import { expect, test } from "vitest";
import {
  readSecrets,
  SECRET_KIND,
} from "../../../../rules/capabilities/github-workflow/secrets.ts";
import { capabilitiesOf, changed, granted, readText, workflowOf } from "./read-workflow.ts";

/** A workflow whose job `a` stands from line 3 on, its body from line 4. */
function job(...lines: string[]): string {
  return `on: push\njobs:\n  a:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

test.each([
  { where: "the job's env", text: job("env:", "  T: ${{ secrets.KEY }}"), line: 5 },
  { where: "a step's env", text: job("steps:", "- env: {T: '${{ secrets.KEY }}'}"), line: 5 },
  { where: "an input", text: job("steps:", "- with:", "    t: ${{ secrets.KEY }}"), line: 6 },
  { where: "a command", text: job("steps:", "- run: |", "    x", "    ${{secrets.KEY}}"), line: 7 },
  { where: "a step's `if`", text: job("steps:", "- if: secrets.KEY != ''"), line: 5 },
  { where: "the job's `if`", text: job("if: x && secrets.KEY"), line: 4 },
  { where: "an `if` in braces", text: job("if: ${{ secrets.KEY }}"), line: 4 },
  {
    where: "a container's credentials",
    text: job("container:", "  credentials:", "    password: ${{ secrets.KEY }}"),
    line: 6,
  },
  {
    where: "a service's credentials",
    text: job("services: {db: {credentials: {password: '${{ secrets.KEY }}'}}}"),
    line: 4,
  },
  { where: "what a call hands on", text: job("secrets:", "  x: ${{ secrets.KEY }}"), line: 5 },
  { where: "the matrix", text: job("strategy: {matrix: {x: ['${{ secrets.KEY }}']}}"), line: 4 },
  { where: "a key", text: job("env: {'${{ secrets.KEY }}': x}"), line: 4 },
])("a secret is found in $where, at its line", ({ text, line }) => {
  expect(granted(SECRET_KIND, text)).toEqual([`jobs.a KEY named ${line}`]);
});

test.each([
  { expression: "secrets.KEY", names: ["KEY"] },
  { expression: "SECRETS.key", names: ["KEY"] },
  { expression: "secrets['KEY']", names: ["KEY"] },
  { expression: "(secrets).KEY", names: ["KEY"] },
  { expression: "x && secrets.A || secrets.B", names: ["A", "B"] },
  { expression: "format('{0}', secrets.A)", names: ["A"] },
  { expression: "secrets.A == '' || !secrets.B", names: ["A", "B"] },
  { expression: "secrets.A }} and ${{ secrets.B", names: ["A", "B"] },
  { expression: "secrets[x && 'A' || 'B']", names: ["A", "B"] },
  { expression: "secrets[matrix.key]", names: ["ONE", "TWO"] },
  { expression: "secrets[format('{0}_KEY', matrix.key)]", names: ["ONE_KEY", "TWO_KEY"] },
  { expression: "inputs[secrets.A]", names: ["A"] },
  { expression: "fromJSON(secrets.A).token", names: ["A"] },
  { expression: "secrets('x').token", names: [] },
  { expression: "secrets[secrets.A]", names: ["*", "A"] },
  { expression: "secrets[inputs.key]", names: ["*"] },
  { expression: "secrets[matrix.other]", names: ["*"] },
  { expression: "secrets.*", names: ["*"] },
  { expression: "toJSON(secrets)", names: ["*"] },
  { expression: "secrets", names: ["*"] },
  { expression: "secrets ~ new.syntax", names: ["*"] },
  { expression: "secrets.GITHUB_TOKEN", names: [] },
  { expression: "secrets.github_token || secrets.KEY", names: ["KEY"] },
  { expression: "github.token", names: [] },
  { expression: "toJSON(github)", names: [] },
  { expression: "needs.secrets.outputs.x", names: [] },
  { expression: "'secrets.KEY'", names: [] },
  { expression: "not_secrets ~ new.syntax", names: [] },
])("$expression reaches $names", ({ expression, names }) => {
  const matrix = "strategy: {matrix: {key: [one, two]}}";
  const text = job(matrix, "env:", `  T: "\${{ ${expression} }}"`);
  const found = capabilitiesOf(SECRET_KIND, text).map(({ name }) => name);
  expect(found.sort()).toEqual(names);
});

test.each([
  { what: "a name without braces", text: job("env: {T: secrets.KEY}") },
  { what: "a condition's look in an env", text: job("env: {if: secrets.KEY}") },
  { what: "what a call hands on as a word", text: job("secrets: all") },
  { what: "a call's word without a call of it", text: job("env: {secrets: inherit}") },
  { what: "braces that do not close", text: job("env: {T: '${{ secrets.KEY'}") },
  { what: "a comment", text: job("# ${{ secrets.KEY }}", "env: {}") },
  {
    what: "what a reusable workflow declares",
    text: "on: {workflow_call: {secrets: {KEY: {required: true}}}}\njobs: {a: {}}\n",
  },
])("$what is no use of a secret", ({ text }) => {
  expect(granted(SECRET_KIND, text)).toEqual([]);
});

test("a call that inherits gets all secrets", () => {
  const text = job("uses: o/r/.github/workflows/x.yml@v1", "secrets: inherit");
  expect(granted(SECRET_KIND, text)).toEqual(["jobs.a * all 5"]);
});

test("the workflow's env reaches every job", () => {
  const text = "on: push\nenv:\n  T: ${{ secrets.KEY }}\njobs:\n  a: {}\n  b: {}\n";
  expect(granted(SECRET_KIND, text)).toEqual(["jobs.a KEY named 3", "jobs.b KEY named 3"]);
});

test("a secret counts once a job, where it stands first", () => {
  const text = job("env: {A: '${{ secrets.KEY }}'}", "steps:", "- run: ${{ secrets.key }}");
  expect(granted(SECRET_KIND, text)).toEqual(["jobs.a KEY named 4"]);
});

test.each([
  {
    what: "the workflow's env behind its jobs",
    text: `${job("env: {A: '${{ secrets.KEY }}'}")}env: {B: '\${{ secrets.KEY }}'}\n`,
    line: 4,
  },
  {
    what: "the job's env behind its steps",
    text: job("steps: [{run: 'x ${{ secrets.KEY }}'}]", "env: {A: '${{ secrets.KEY }}'}"),
    line: 4,
  },
  {
    what: "a step with an `if` before one without",
    text: job(
      "steps:",
      "- {if: x, run: 'x ${{ secrets.KEY }}'}",
      "- run: |",
      "    ${{ secrets.KEY }}",
    ),
    line: 5,
  },
])("a secret stands where its name comes first: $what", ({ text, line }) => {
  const [secret] = capabilitiesOf(SECRET_KIND, text);
  expect([secret?.line, secret?.endLine]).toEqual([line, line]);
});

test("a step that is no map uses secrets too", () => {
  const found = readSecrets(workflowOf(job("steps: ['${{ secrets.KEY }}']")));
  expect(found.map(({ name }) => name)).toEqual(["KEY"]);
});

test("policies know it as github.workflow.secret", () => {
  const text = job("env: {A: '${{ secrets.KEY }}'}");
  expect(granted("github.workflow.secret", text)).toEqual(["jobs.a KEY named 4"]);
});

test("a secret's holder is reached as its job is", () => {
  const text = "on: issues\njobs:\n  a:\n    environment: prod\n    env: {A: '${{ secrets.K }}'}\n";
  const [secret] = capabilitiesOf(SECRET_KIND, text);
  expect(secret?.context).toBe("on issues; environment prod");
  expect(secret?.reach.map(({ cause }) => cause)).toEqual(["run", "trigger:issues"]);
});

const BASE = job(
  "env:",
  "  A: ${{ secrets.ONE }}",
  "  B: ${{ secrets.TWO }}",
  "steps:",
  "- run: x",
);

test.each([
  {
    what: "order",
    head: job("steps: [{run: x}]", "env: {B: '${{secrets.TWO}}', A: '${{secrets.ONE}}'}"),
  },
  {
    what: "spelling",
    head: job("env: {A: \"${{ Secrets['one'] }}\", B: '${{ secrets.two }}'}", "steps: [{run: x}]"),
  },
  {
    what: "place in the job",
    head: job("steps:", "- run: x", "  env: {A: '${{ secrets.ONE }} ${{ secrets.TWO }}'}"),
  },
  {
    what: "place in the workflow",
    head: `env: {A: '\${{ secrets.ONE }}', B: '\${{ secrets.TWO }}'}\n${job("steps: [{run: x}]")}`,
  },
])("another $what grants no secret", ({ head }) => {
  expect(changed(SECRET_KIND, BASE, head)).toEqual([]);
});

test("a secret that comes is added, one that goes removed", () => {
  const found = changed(SECRET_KIND, BASE, BASE.replace("TWO", "THREE"));
  expect(found.map(({ delta, name, line }) => [delta, name, line])).toEqual([
    ["added", "THREE", 6],
    ["removed", "TWO", 6],
  ]);
});

test("a secret that outsiders come to reach is raised where they were let in", () => {
  const found = changed(SECRET_KIND, BASE, BASE.replace("push", "[push, issues]"));
  expect(found.map(({ delta, line }) => [delta, line])).toEqual([
    ["raised", 1],
    ["raised", 1],
  ]);
});

test("a job that names more secrets than a run can have is not understood", () => {
  const uses = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `  K${index}: \${{ secrets.K${index} }}`);
  expect(granted(SECRET_KIND, job("env:", ...uses(300)))).toHaveLength(300);
  expect(readText(job("env:", ...uses(301)))).toMatchObject({
    understood: false,
    code: "too-many-secrets",
    line: 305,
  });
});

function guarded(...steps: string[]): string {
  const list = steps.map((step) => `    - ${step}\n`).join("");
  return `on: issue_comment\njobs:\n  a:\n    steps:\n${list}`;
}

const ours = "github.actor == 'ann'";

test.each([
  {
    what: "the `if` of its step goes",
    base: [`{if: "${ours}", run: 'x \${{ secrets.KEY }}'}`],
    head: [`{run: 'x \${{ secrets.KEY }}'}`],
  },
  {
    what: "a step without the `if` uses it too",
    base: [`{if: "${ours}", run: 'x \${{ secrets.KEY }}'}`, "run: y"],
    head: [`{if: "${ours}", run: 'x \${{ secrets.KEY }}'}`, `{run: 'y \${{ secrets.KEY }}'}`],
  },
])("before outsiders, $what: raised", ({ base, head }) => {
  const found = changed(SECRET_KIND, guarded(...base), guarded(...head));
  expect(found.map(({ delta }) => delta)).toEqual(["raised"]);
});

test.each([
  {
    what: "one more step with the same `if`",
    base: [`{if: "${ours}", run: 'x \${{ secrets.KEY }}'}`],
    head: [
      `{if: "${ours}", run: 'x \${{ secrets.KEY }}'}`,
      `{if: "${ours}", run: 'y \${{ secrets.KEY }}'}`,
    ],
  },
  {
    what: "a guarded use beside an open one",
    base: [`{run: 'x \${{ secrets.KEY }}'}`],
    head: [`{run: 'x \${{ secrets.KEY }}'}`, `{if: "${ours}", run: 'y \${{ secrets.KEY }}'}`],
  },
])("$what is no delta", ({ base, head }) => {
  expect(changed(SECRET_KIND, guarded(...base), guarded(...head))).toEqual([]);
});

test("a secret that steps with equal conditions use has each way once", () => {
  const step = `{if: "${ours}", run: 'x \${{ secrets.KEY }}'}`;
  const [secret] = capabilitiesOf(SECRET_KIND, guarded(step, step));
  expect(secret?.reach.map(({ cause }) => cause)).toEqual(["run", "trigger:issue_comment"]);
});

test("the ways to a secret are told in one order, wherever the workflow's env stands", () => {
  const on = "on: workflow_run\n";
  const env = "env: {T: '${{ secrets.T }}'}\n";
  const jobs = [
    "jobs:",
    "  a:",
    "    runs-on: x",
    "    steps: [{run: a, if: always(), env: {T: '${{ secrets.T }}'}}]",
    "",
  ].join("\n");
  const [before] = capabilitiesOf("github.workflow.secret", `${on}${env}${jobs}`);
  const [behind] = capabilitiesOf("github.workflow.secret", `${on}${jobs}${env}`);
  const told = before?.reach.map(({ cause, conditions }) => ({ cause, conditions }));
  expect(behind?.reach.map(({ cause, conditions }) => ({ cause, conditions }))).toEqual(told);
  expect(told).toHaveLength(3);
});
