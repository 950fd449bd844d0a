import { expect, test } from "vitest";
import { RUNNER_KIND } from "../../../../rules/capabilities/github-workflow/runners.ts";
import { capabilitiesOf, changed, granted, readText } from "./read-workflow.ts";

/** A workflow whose job `a` has its body from line 4 on. */
function job(...lines: string[]): string {
  return `on: push\njobs:\n  a:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

/** `name level` of each runner. */
function runners(...lines: string[]): string[] {
  return capabilitiesOf(RUNNER_KIND, job(...lines)).map(
    ({ name, level }) => `${name} ${level ?? ""}`,
  );
}

test.each([
  ["linux", "linux self-hosted"],
  ["X64", "x64 self-hosted"],
  ["[linux, x64]", "linux, x64 self-hosted"],
  ["[Windows, gpu]", "gpu, windows self-hosted"],
  ["[ARM64]", "arm64 self-hosted"],
  ["${{ 'linux' }}", "linux self-hosted"],
])("the labels that only self-hosted machines have: %s", (runsOn, found) => {
  expect(runners(`runs-on: ${runsOn}`)).toEqual([found]);
});

test("outsiders who choose the machine can choose a self-hosted one", () => {
  expect(runners("runs-on: ${{ github.event.comment.body }}")).toEqual([
    "${{ github.event.comment.body }} self-hosted",
  ]);
});

test.each([
  "ubuntu-latest",
  "ubuntu-24.04",
  "ubuntu-24.04-arm",
  "ubuntu-slim",
  "Ubuntu-22.04",
  "windows-latest",
  "windows-2025",
  "windows-2025-vs2026",
  "windows-11-arm",
  "macos-latest",
  "macos-15",
  "macos-13.0",
  "macos-latest-xlarge",
  "macos-14-large",
  "macos-15-intel",
  "[ubuntu-latest]",
  "{labels: ubuntu-latest}",
  "${{ x && 'ubuntu-latest' || 'macos-15' }}",
  "${{ fromJSON('[\"ubuntu-latest\"]') }}",
  "${{ fromJSON(x && '\"ubuntu-latest\"' || '[\"macos-15\"]') }}",
  "''",
])("%s is GitHub's own", (runsOn) => {
  expect(runners(`runs-on: ${runsOn}`)).toEqual([]);
});

test.each([
  ["self-hosted", ["self-hosted self-hosted"]],
  ["Self-Hosted", ["self-hosted self-hosted"]],
  ["[self-hosted, Linux, X64]", ["linux, self-hosted, x64 self-hosted"]],
  ["gpu", ["gpu custom"]],
  ["ubuntu-latest-16-cores", ["ubuntu-latest-16-cores custom"]],
  ["my-ubuntu-latest", ["my-ubuntu-latest custom"]],
  ["[ubuntu-latest, big]", ["big, ubuntu-latest custom"]],
  ["{group: Big}", ["group Big custom"]],
  ["{group: Big, labels: [gpu, arm]}", ["group Big: arm, gpu custom"]],
  ["{group: Big, labels: ubuntu-latest}", ["group Big: ubuntu-latest custom"]],
  ["{group: Big, labels: self-hosted}", ["group Big: self-hosted self-hosted"]],
  ["{group: ' Big '}", ["group Big custom"]],
  ["{labels: [gpu, gpu]}", ["gpu custom"]],
  ["{labels: [' gpu ', '', '  ']}", ["gpu custom"]],
  ["{group: '  ', labels: ubuntu-latest}", []],
  ["{labels: {gpu: arm}}", []],
  ["${{ inputs.Runner }}", ["${{ inputs.runner }} custom"]],
  ["${{ secrets['RUNNER'] }}", ["${{ secrets.runner }} custom"]],
  ["${{ inputs.runner || 'ubuntu-latest' }}", ["${{ inputs.runner }} custom"]],
  ["${{ x && 'gpu' || 'ubuntu-latest' }}", ["gpu custom"]],
  [
    "${{ x == 'y' && 'gpu' || x && 'self-hosted' || '' }}",
    ["gpu custom", "self-hosted self-hosted"],
  ],
  ["${{ case(x, 'gpu', y, 'tpu', 'ubuntu-latest') }}", ["gpu custom", "tpu custom"]],
  ['${{ fromJSON(\'["self-hosted", "gpu"]\') }}', ["gpu, self-hosted self-hosted"]],
  ['>-\n      ${{ fromJSON(\'{"group": "g"}\') }}', ["group g custom"]],
  ["${{ fromJSON('no json') }}", ["${{ fromjson('no json') }} custom"]],
  ["${{ fromJSON(inputs.a) }}", ["${{ fromjson(inputs.a) }} custom"]],
  ["${{ format('{0}-{1}', 'gpu', 'a') }}", ["gpu-a custom"]],
  ["${{ format('{0}{{}}', 'gpu') }}", ["gpu{} custom"]],
  ["${{ format('{1}', 'gpu') }}", ["${{ format('{1}', 'gpu') }} custom"]],
  ["${{ format(inputs.a, 'gpu') }}", ["${{ format(inputs.a, 'gpu') }} custom"]],
  ["gpu-${{ x && 'a' || 'b' }}", ["gpu-a custom", "gpu-b custom"]],
  ["gpu-${{ x && '' || 'a' }}", ["gpu-a custom"]],
  ["gpu-${{ github.run_id }}", ["gpu-${{ github.run_id }} custom"]],
  ["gpu-${{ ~ }}", ["gpu-${{ ~ }} custom"]],
  [
    "[self-hosted, \"${{ x && 'a' || 'b' }}\"]",
    ["a, self-hosted self-hosted", "b, self-hosted self-hosted"],
  ],
])("%s gives %j", (runsOn, found) => {
  expect(runners(`runs-on: ${runsOn}`)).toEqual(found);
});

test.each([
  {
    what: "a list",
    matrix: "{os: [ubuntu-latest, gpu]}",
    runsOn: "${{ matrix.os }}",
    found: ["gpu custom"],
  },
  {
    what: "a list of lists",
    matrix: "{os: [[self-hosted, arm], ubuntu-latest]}",
    runsOn: "${{ matrix.os }}",
    found: ["arm, self-hosted self-hosted"],
  },
  {
    what: "a list of maps",
    matrix: "{t: [{os: ubuntu-latest}, {OS: gpu}, {name: x}]}",
    runsOn: "${{ matrix.t.os }}",
    found: ["gpu custom"],
  },
  {
    what: "include alone",
    matrix: "{include: [{os: ubuntu-latest}, {os: gpu}, {os: [self-hosted, arm]}]}",
    runsOn: "${{ matrix.os }}",
    found: ["gpu custom", "arm, self-hosted self-hosted"],
  },
  {
    what: "include besides",
    matrix: "{os: [ubuntu-latest], include: [{os: gpu}]}",
    runsOn: "${{ Matrix['OS'] }}",
    found: ["gpu custom"],
  },
  {
    what: "a part of a text",
    matrix: "{os: [ubuntu, self]}",
    runsOn: "${{ matrix.os }}-latest",
    found: ["self-latest custom"],
  },
  {
    what: "two parts of a list",
    matrix: "{os: [a, b], cpu: [x, y]}",
    runsOn: "['${{ matrix.os }}', '${{ matrix.cpu }}']",
    found: ["a, x custom", "a, y custom", "b, x custom", "b, y custom"],
  },
  {
    what: "a value in an expression",
    matrix: "{os: [gpu]}",
    runsOn: "${{ x && matrix.os || 'ubuntu-latest' }}",
    found: ["gpu custom"],
  },
  {
    what: "an expression of its own",
    matrix: "{os: ['${{ inputs.os }}', ubuntu-latest]}",
    runsOn: "${{ matrix.os }}",
    found: ["${{ inputs.os }} custom"],
  },
  {
    what: "a list that JSON writes",
    matrix: '{os: "${{ fromJSON(\'[\\"gpu\\"]\') }}"}',
    runsOn: "${{ matrix.os }}",
    found: ["gpu custom"],
  },
  {
    what: "a list of an earlier job",
    matrix: "{os: '${{ fromJSON(needs.a.outputs.os) }}'}",
    runsOn: "${{ matrix.os }}",
    found: ["${{ fromjson(needs.a.outputs.os) }} custom"],
  },
  {
    what: "a matrix of an earlier job",
    matrix: "'${{ fromJSON(needs.a.outputs.all) }}'",
    runsOn: "${{ matrix.os.name }}",
    found: ["${{ fromjson(needs.a.outputs.all) }} custom"],
  },
  {
    what: "any name of a matrix of an earlier job",
    matrix: "'${{ fromJSON(needs.a.outputs.all) }}'",
    runsOn: "${{ matrix[inputs.x] }}",
    found: ["${{ matrix[inputs.x] }} custom"],
  },
  {
    what: "an include of an earlier job",
    matrix: "{os: [ubuntu-latest], include: '${{ fromJSON(needs.a.outputs.all) }}'}",
    runsOn: "${{ matrix.os }}",
    found: ["${{ fromjson(needs.a.outputs.all) }} custom"],
  },
  {
    what: "a map of an earlier job",
    matrix: "{t: '${{ fromJSON(needs.a.outputs.t) }}'}",
    runsOn: "${{ matrix.t.os }}",
    found: ["${{ fromjson(needs.a.outputs.t) }} custom"],
  },
  {
    what: "a name that it has not",
    matrix: "{os: [ubuntu-latest]}",
    runsOn: "${{ matrix.runner }}",
    found: ["${{ matrix.runner }} custom"],
  },
  {
    what: "any of its names",
    matrix: "{os: [ubuntu-latest]}",
    runsOn: "${{ matrix[inputs.x] }}",
    found: ["${{ matrix[inputs.x] }} custom"],
  },
  {
    what: "all of its names",
    matrix: "{os: [ubuntu-latest]}",
    runsOn: "${{ matrix.*.x }}",
    found: ["${{ matrix.*.x }} custom"],
  },
])("a runner is found in the matrix: $what", ({ matrix, runsOn, found }) => {
  expect(runners(`strategy: {matrix: ${matrix}}`, `runs-on: ${runsOn}`)).toEqual(found);
});

test.each([
  { what: "without a matrix", lines: ["runs-on: ${{ matrix.os }}"] },
  {
    what: "with a strategy that has none",
    lines: ["strategy: {fail-fast: false}", "runs-on: ${{ matrix.os }}"],
  },
  { what: "with a strategy of a run", lines: ["strategy: ${{ x }}", "runs-on: ${{ matrix.os }}"] },
])("what the matrix says is unknown $what", ({ lines }) => {
  expect(runners(...lines)).toHaveLength(1);
});

test.each([
  { what: "a word", lines: ["runs-on: gpu"], at: [4, 4] },
  { what: "a list of several lines", lines: ["runs-on:", "- self-hosted", "- gpu"], at: [4, 6] },
  { what: "a map of several lines", lines: ["runs-on:", "  group: gpu"], at: [4, 5] },
  {
    what: "a value of the matrix",
    lines: [
      "runs-on: ${{ matrix.os }}",
      "strategy:",
      "  matrix:",
      "    os:",
      "    - ubuntu-latest",
      "    - gpu",
    ],
    at: [9, 9],
  },
  {
    what: "a value of a matrix above",
    lines: ["strategy: {matrix: {os: [gpu]}}", "runs-on: ${{ matrix.os }}"],
    at: [4, 4],
  },
  {
    what: "a value of include",
    lines: [
      "runs-on: ${{ matrix.os }}",
      "strategy:",
      "  matrix:",
      "    include:",
      "    - name: x",
      "      os: gpu",
    ],
    at: [9, 9],
  },
])("$what stands where it is written", ({ lines, at }) => {
  const [runner] = capabilitiesOf(RUNNER_KIND, job(...lines));
  expect([runner?.line, runner?.endLine]).toEqual(at);
});

test("a value of the matrix on the line of runs-on stands where runs-on does", () => {
  const body = '{strategy: {matrix: {os: [gpu]}}, runs-on: "${{\n    matrix.os }}"}';
  const [runner] = capabilitiesOf(RUNNER_KIND, `on: push\njobs:\n  a: ${body}\n`);
  expect([runner?.line, runner?.endLine]).toEqual([3, 4]);
});

test("a runner is told as github.workflow.runner", () => {
  expect(granted("github.workflow.runner", job("runs-on: gpu"))).toEqual(["jobs.a gpu custom 4"]);
});

test.each([
  ["self-hosted", "exact"],
  ["gpu", "heuristic"],
  ["${{ inputs.x }}", "heuristic"],
])("%s is told as %s", (runsOn, certainty) => {
  expect(capabilitiesOf(RUNNER_KIND, job(`runs-on: ${runsOn}`))).toMatchObject([{ certainty }]);
});

test("a job that calls a workflow has no runner of its own", () => {
  expect(granted(RUNNER_KIND, job("uses: ./.github/workflows/x.yml"))).toEqual([]);
});

const BASE = job("runs-on: [self-hosted, gpu]", "steps: [{run: x}]");

test.each([
  { what: "order", head: job("runs-on: [gpu, self-hosted]", "steps: [{run: x}]") },
  { what: "case and quotes", head: job("runs-on: ['GPU', \"self-hosted\"]", "steps: [{run: x}]") },
  { what: "form", head: job("steps:", "- run: x", "runs-on:", "- gpu", "- self-hosted") },
  {
    what: "way through the matrix",
    head: job(
      "strategy: {matrix: {kind: [gpu]}}",
      "runs-on: [self-hosted, '${{ matrix.kind }}']",
      "steps: [{run: x}]",
    ),
  },
])("another $what grants no runner", ({ head }) => {
  expect(changed(RUNNER_KIND, BASE, head)).toEqual([]);
});

test("a runner that comes is added, one that goes removed", () => {
  const found = changed(RUNNER_KIND, BASE, BASE.replace("gpu", "arm"));
  expect(found.map(({ delta, name }) => `${delta} ${name}`)).toEqual([
    "added arm, self-hosted",
    "removed gpu, self-hosted",
  ]);
});

test.each([
  { what: "more values than are followed", values: 51 },
  { what: "very many", values: 5_000 },
])("$what stay one expression", ({ values }) => {
  const labels = Array.from({ length: values }, (_, index) => `l${index}`).join(", ");
  const found = runners(`strategy: {matrix: {os: [${labels}]}}`, "runs-on: ${{ matrix.os }}");
  expect(found).toEqual(["${{ matrix.os }} custom"]);
});

test("as many values as are followed are told one by one", () => {
  const labels = Array.from({ length: 50 }, (_, index) => `l${index}`).join(", ");
  expect(
    runners(`strategy: {matrix: {os: [${labels}]}}`, "runs-on: ${{ matrix.os }}"),
  ).toHaveLength(50);
});

test("a template with more parts than are followed stays as it is written", () => {
  const template = (parts: number): string => `\${{ format('${"{0}".repeat(parts)}', 'a') }}`;
  expect(runners(`runs-on: ${template(9)}`)).toEqual(["aaaaaaaaa custom"]);
  expect(runners(`runs-on: ${template(10)}`)).toEqual([`${template(10)} custom`]);
});

test("as many combinations as are followed are told one by one", () => {
  const labels = Array.from({ length: 10 }, (_, index) => `l${index}`).join(", ");
  const matrix = `strategy: {matrix: {a: [${labels}], b: [${labels}]}}`;
  const [a, b] = ["${{ matrix.a }}", "${{ matrix.b }}"];
  expect(runners(matrix, `runs-on: ${a}-${b}`)).toHaveLength(100);
  expect(runners(matrix, `runs-on: ['${a}-', '${b}']`)).toHaveLength(100);
});

test("more combinations than are followed stay as they are written", () => {
  const labels = Array.from({ length: 11 }, (_, index) => `l${index}`).join(", ");
  const matrix = `strategy: {matrix: {a: [${labels}], b: [${labels}]}}`;
  const [a, b] = ["${{ matrix.a }}", "${{ matrix.b }}"];
  expect(runners(matrix, `runs-on: ${a}${b}`)).toEqual([`${a}${b} custom`]);
  expect(runners(matrix, `runs-on: ['${a}', '${b}']`)).toEqual([`${a}, ${b} custom`]);
});

test("a text too long to follow stays as it is written", () => {
  const [name] = runners(`runs-on: \${{ 'ubuntu-latest' }}${" ".repeat(2_000)}x`);
  expect(name).toMatch(/^\$\{\{ 'ubuntu-latest' \}\}/);
});

test("more runners than a run has jobs are not understood", () => {
  const words = Array.from({ length: 8 }, (_, index) => `x${index} && 'a${index}'`);
  const sets = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) => `["\${{ ${words.join(" || ")} }}", s${index}]`,
    ).join();
  const text = (count: number): string =>
    job(`strategy: {matrix: {os: [${sets(count)}]}}`, "runs-on: ${{ matrix.os }}");
  expect(granted(RUNNER_KIND, text(32))).toHaveLength(256);
  expect(readText(text(33))).toMatchObject({ understood: false, code: "too-many-runners" });
});
