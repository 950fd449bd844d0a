import fc from "fast-check";
import { expect, test } from "vitest";
import type { Capability, Reading } from "../../../rules/capabilities/capability.ts";
import { githubAction } from "../../../rules/capabilities/github-action.ts";
import { diffOf } from "./changes.ts";

const PATH = ".github/actions/setup/action.yml";
const SHA = "0123456789abcdef0123456789abcdef01234567";

function read(text: string): Reading {
  return githubAction.read(PATH, new TextEncoder().encode(text));
}

function capabilitiesOf(text: string): readonly Capability[] {
  const reading = read(text);
  if (!reading.understood) throw new Error(`${reading.code}: ${reading.why}`);
  return reading.capabilities;
}

/** `kind holder name level line` of each capability. */
function granted(text: string): string[] {
  return capabilitiesOf(text).map(({ kind, holder, name, level, line }) =>
    [kind, holder, name, level, line].filter((part) => part !== undefined).join(" "),
  );
}

test.each([
  ["action.yml", "grants"],
  ["action.yaml", "grants"],
  [".github/action.yml", "grants"],
  [".github/actions/a/action.yml", "grants"],
  ["setup/action.yml", "resembles"],
  ["x/.github/actions/a/action.yaml", "resembles"],
  ["my-action.yml", null],
  ["action.yml.md", null],
  ["action.yml/x", null],
  [".github/actions", null],
])("%s is claimed as %s", (path, claim) => {
  expect(githubAction.claims(path)).toBe(claim);
});

test.each([
  ["ACTION.YML", "grants"],
  ["Action.yaml", "grants"],
  [".github/actions/x/ACTION.YML", "grants"],
  [".GitHub/actions/x/action.yml", "grants"],
  ["setup/Action.yml", "resembles"],
])("a manifest in other letters, which Windows and macOS runners take: %s", (path, claim) => {
  expect(githubAction.claims(path)).toBe(claim);
});

test.each(["DOCKER", "Docker"])(
  "an action's image is one whatever the letters of docker://: %s",
  (scheme) => {
    const text = (image: string): Uint8Array =>
      new TextEncoder().encode(`runs: {using: docker, image: '${image}://evil/x:latest'}\n`);
    const found = githubAction.read("action.yml", text(scheme));
    expect(found).toMatchObject({ capabilities: [{ name: "docker://evil/x", level: "mutable" }] });
  },
);

test.each([
  { what: "a javascript action", runs: "{using: node24, main: dist/index.js}" },
  { what: "means in another case", runs: "{using: Node24, main: dist/index.js}" },
  { what: "a docker action of a file", runs: "{using: docker, image: Dockerfile, args: [x]}" },
  { what: "a docker action without an image", runs: "{using: Docker}" },
  { what: "an image that only a run knows, by a name", runs: "{using: docker, image: [x]}" },
  { what: "a composite action without steps", runs: "{using: composite}" },
  { what: "a composite action that runs a command", runs: "{using: composite, steps: [{run: x}]}" },
  { what: "an empty hook", runs: "{using: node24, main: x, pre: '', post: }" },
  { what: "hooks of other means", runs: "{using: node24, main: x, pre-entrypoint: x}" },
  { what: "steps of other means", runs: `{using: node24, main: x, steps: [{uses: a/b@v1}]}` },
  { what: "an image of other means", runs: "{using: node24, main: x, image: 'docker://a:b'}" },
])("$what grants nothing", ({ runs }) => {
  expect(granted(`name: x\nruns: ${runs}\n`)).toEqual([]);
});

test.each([
  {
    what: "a step's action",
    runs: `{using: composite, steps: [{uses: a/b@v1}]}`,
    found: ["github.step.action runs a/b mutable 2"],
  },
  {
    what: "a pinned action",
    runs: `{using: Composite, steps: [{uses: a/b@${SHA}}]}`,
    found: ["github.step.action runs a/b pinned 2"],
  },
  {
    what: "an image",
    runs: "{using: docker, image: 'docker://alpine:3'}",
    found: ["github.step.action runs docker://alpine mutable 2"],
  },
  {
    what: "hooks of javascript",
    runs: "{using: node24, main: a.js, pre: b.js, post: c.js}",
    found: ["github.action.hook runs pre 2", "github.action.hook runs post 2"],
  },
  {
    what: "hooks of docker",
    runs: "{using: docker, image: Dockerfile, pre-entrypoint: a.sh, post-entrypoint: b.sh}",
    found: [
      "github.action.hook runs pre-entrypoint 2",
      "github.action.hook runs post-entrypoint 2",
    ],
  },
])("an action grants $what", ({ runs, found }) => {
  expect(granted(`name: x\nruns: ${runs}\n`)).toEqual(found);
});

test("what is found stands at its line", () => {
  const text = `runs:\n  using: composite\n  steps:\n  - uses: a/b@v1\n  - id: x\n    uses: c/d@v1\n`;
  expect(capabilitiesOf(text).map(({ line }) => line)).toEqual([4, 6]);
  const hooks = "runs:\n  using: node24\n  main: x\n  pre: |\n    y\n";
  expect(capabilitiesOf(hooks)).toMatchObject([
    { line: 4, endLine: 5, certainty: "exact", context: "action" },
  ]);
});

test("what a composite action's steps do, they do in its context", () => {
  const text = "runs: {using: composite, steps: [{uses: a/b@v1}]}";
  expect(capabilitiesOf(text)).toMatchObject([{ context: "composite action" }]);
});

test.each([
  { what: "an empty file", text: "", line: 1 },
  { what: "a list", text: "- a", line: 1 },
  { what: "no runs", text: "name: x\n", line: 1 },
  { what: "runs that are a word", text: "name: x\nruns: y\n", line: 2 },
  { what: "no means", text: "runs:\n  main: x\n", line: 2 },
  { what: "unknown means", text: "runs:\n  main: x\n  using: wasm\n", line: 3 },
  { what: "a version with letters", text: "runs: {using: node20x}", line: 1 },
  { what: "letters before node", text: "runs: {using: a-node20}", line: 1 },
  { what: "node without a version", text: "runs: {using: node}", line: 1 },
  { what: "means of null", text: "runs: {using: }", line: 1 },
  { what: "means that are a list", text: "runs: {using: [composite]}", line: 1 },
  { what: "means by expression", text: "runs: {using: '${{ x }}'}", line: 1 },
])("$what is not understood", ({ text, line }) => {
  expect(read(text)).toMatchObject({ understood: false, code: "no-action", line });
});

test.each([
  {
    what: "steps that are a map",
    text: "runs: {using: composite, steps: {a: b}}",
    code: "steps-form",
  },
  {
    what: "a step that is a word",
    text: "runs: {using: composite, steps: [a]}",
    code: "steps-form",
  },
  { what: "broken YAML", text: "runs: {", code: "not-yaml" },
  { what: "too large a file", text: `# ${"x".repeat(1024 * 1024)}`, code: "too-large" },
])("$what is not understood", ({ text, code }) => {
  expect(read(text)).toMatchObject({ understood: false, code });
});

const SETUP = `name: x
runs:
  using: composite
  steps:
  - uses: a/b@v1
  - uses: c/d@v1
`;

const HOOKED = `runs:
  using: node24
  main: a.js
  pre: b.js
  pre-if: runner.os == 'Linux' && x
  post: d.js
  post-if: y
`;

test.each([
  {
    what: "another layout",
    base: SETUP,
    head: "runs: {steps: [{uses: c/d@v1}, {'uses': \"a/b@v1\"}], using: 'Composite'}\n# c\n",
  },
  { what: "another name", base: SETUP, head: SETUP.replace("name: x", "name: y") },
  {
    what: "another spelling of a hook's condition",
    base: HOOKED,
    head: HOOKED.replace("runner.os == 'Linux' && x", "${{ X && runner['os']=='Linux' }}"),
  },
])("$what grants nothing new", ({ base, head }) => {
  expect(diffOf({ [PATH]: base }, { [PATH]: head })).toEqual([]);
});

test("an action that is moved as it is grants nothing new", () => {
  expect(diffOf({ [PATH]: SETUP }, { "action.yaml": SETUP })).toEqual([]);
});

test.each([
  {
    what: "another action",
    base: SETUP,
    head: SETUP.replace("c/d", "e/f"),
    found: ["removed c/d 6", "added e/f 6"],
  },
  {
    what: "a hook that comes",
    base: HOOKED.replace(/ {2}post.*\n/g, ""),
    head: HOOKED,
    found: ["added post 6"],
  },
  {
    what: "other code in a hook",
    base: HOOKED,
    head: HOOKED.replace("b.js", "c.js"),
    found: ["raised pre 4"],
  },
  {
    what: "a hook that asks for less",
    base: HOOKED,
    head: HOOKED.replace(" && x", ""),
    found: ["raised pre 5"],
  },
  {
    what: "a hook that asks for nothing",
    base: HOOKED,
    head: HOOKED.replace(/ {2}pre-if.*\n/, ""),
    found: ["raised pre 4"],
  },
  {
    what: "a last hook that asks for nothing",
    base: HOOKED,
    head: HOOKED.replace(/ {2}post-if.*\n/, ""),
    found: ["raised post 6"],
  },
  {
    what: "a hook of docker that asks for nothing",
    base: "runs:\n  using: docker\n  image: x\n  pre-entrypoint: b.sh\n  pre-if: y\n",
    head: "runs:\n  using: docker\n  image: x\n  pre-entrypoint: b.sh\n",
    found: ["raised pre-entrypoint 4"],
  },
  {
    what: "a hook that asks for more",
    base: HOOKED,
    head: HOOKED.replace("&& x", "&& x && y"),
    found: ["lowered pre 4"],
  },
])("$what is seen", ({ base, head, found }) => {
  const seen = diffOf({ [PATH]: base }, { [PATH]: head });
  const texts = seen.map(({ delta, name, line }) => `${delta} ${name} ${line}`);
  expect(texts.sort()).toEqual(found.sort());
});

test("any bytes give a reading", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(typeof githubAction.read(PATH, bytes).understood).toBe("boolean");
    }),
  );
});

test("a composite action that takes a head takes it for whoever calls it", () => {
  const steps =
    "[{uses: actions/checkout@v4, with: {ref: refs/pull/7/head}}, {run: gh pr checkout 7}]";
  const taken = capabilitiesOf(`name: x\nruns: {using: composite, steps: ${steps}}\n`).filter(
    ({ kind }) => kind === "github.step.untrusted-code",
  );
  expect(taken.map(({ name, level, certainty }) => [name, level, certainty])).toEqual([
    ["checkout", "called", "exact"],
    ["git", "called", "heuristic"],
  ]);
});

test("a checkout that moves from a privileged workflow into an action is seen there", () => {
  const step = "{uses: actions/checkout@v4, with: {ref: refs/pull/7/head}}";
  const workflow = (steps: string): string =>
    `on: issue_comment\npermissions: {}\njobs: {a: {runs-on: ubuntu-24.04, steps: [${steps}]}}\n`;
  const facts = diffOf(
    { ".github/workflows/a.yml": workflow(step) },
    {
      ".github/workflows/a.yml": workflow("{uses: ./.github/actions/setup}"),
      [PATH]: `name: x\nruns: {using: composite, steps: [${step}]}\n`,
    },
  ).filter(({ kind }) => kind === "github.step.untrusted-code");
  expect(facts.map(({ delta, before, after }) => [delta, before, after])).toEqual([
    ["added", null, "called"],
    ["removed", "privileged", null],
  ]);
});
