import { expect, test } from "vitest";
import { injectionsIn, injectionsInAction, injectionsOf, routes, TITLE } from "./injected.ts";

const SOURCE = "github.event.issue.title";

test.each([
  { when: "in `run`", step: { run: `echo ${TITLE}` } },
  { when: "in `shell`", step: { run: "x", shell: `${TITLE} {0}` } },
  {
    when: "in a script of github-script",
    step: { uses: "actions/github-script@v7", with: { script: TITLE } },
  },
  {
    when: "in an action and an input that are spelt in other letters",
    step: { uses: "Azure/CLI@main", with: { inlineScript: TITLE } },
  },
  ...["actions//github-script@v7", "actions\\github-script/@v7", "actions/github-script/.@v7"].map(
    (uses) => ({
      when: `in an action whose path is spelt ${uses}`,
      step: { uses, with: { script: TITLE } },
    }),
  ),
  {
    when: "in an action without a ref",
    step: { uses: "nick-fields/retry", with: { command: TITLE } },
  },
  {
    when: "in a script on another machine",
    step: { uses: "appleboy/ssh-action@v1", with: { script: TITLE } },
  },
])("a text of others is run as code $when", ({ step }) => {
  expect(injectionsOf([step])).toMatchObject([
    {
      kind: "github.step.injection",
      name: SOURCE,
      level: "outsider",
      certainty: "exact",
      holder: "jobs.a",
    },
  ]);
});

test("a text of others in the shell of all of a job's scripts is run as code", () => {
  const shell = `bash -c '${TITLE}' {0}`;
  const found = injectionsOf([{ run: "make" }], { defaults: { run: { shell } } });
  expect(found.map(({ name }) => name)).toEqual([SOURCE]);
  expect(injectionsOf([{ run: "make" }], { defaults: { run: { shell: "bash" } } })).toEqual([]);
});

test.each([
  { when: "it is a variable in the script", step: { env: { T: TITLE }, run: 'echo "$T"' } },
  {
    when: "it is an input that is no code",
    step: { uses: "actions/github-script@v7", with: { token: TITLE } },
  },
  { when: "the action is not known", step: { uses: "octo/script@v1", with: { script: TITLE } } },
  { when: "it is compared", step: { run: "echo ${{ github.event.issue.title == 'x' }}" } },
  { when: "it is a name", step: { name: TITLE, run: "x" } },
  { when: "the expression never ends", step: { run: "echo ${{ github.event.issue.title" } },
  {
    when: "it is of GitHub's making",
    step: { run: "echo ${{ github.sha }} ${{ github.event.issue.number }}" },
  },
  {
    when: "a property that every object has is asked for",
    step: { run: "echo ${{ constructor.x }} ${{ hasOwnProperty.y }}" },
  },
  {
    when: "an action is named like what every object has",
    step: { uses: "constructor", with: { script: TITLE } },
  },
])("nothing is run as code: $when", ({ step }) => {
  expect(injectionsOf([step])).toEqual([]);
});

test("an image's shell runs its arguments, whatever else it is given is data", () => {
  const found = (uses: string, inputs: object): string[] =>
    injectionsOf([{ uses, with: inputs }]).map(({ name }) => name);
  const args = `-c 'echo ${TITLE}'`;
  expect(found("docker://alpine:3", { entrypoint: "/bin/sh", args })).toEqual([SOURCE]);
  expect(found("docker://alpine:3", { entrypoint: `/bin/${TITLE}` })).toEqual([SOURCE]);
  expect(found("docker://alpine:3", { entrypoint: "/bin/echo", args })).toEqual([]);
  expect(found("docker://alpine:3", { args })).toEqual([]);
  expect(found("octo/alpine@v3", { entrypoint: "/bin/sh", args })).toEqual([]);
});

test.each([
  { args: `sh -c "echo ${TITLE}"` },
  { args: `/bin/bash\n-c\n"echo ${TITLE}"` },
  { args: `env "A=b c" B=d;e python3 -c '${TITLE}'` },
  { args: `"sh" -c ${TITLE}` },
  { entrypoint: "/usr/bin/env", args: `sh -c "echo ${TITLE}"` },
  { entrypoint: "env", args: `-S "sh -c" "echo ${TITLE}"` },
  { entrypoint: "timeout", args: `9 sh -c "echo ${TITLE}"` },
  { args: `chroot /mnt sh -c "echo ${TITLE}"` },
])("arguments that begin with a shell are run as code: $args", (inputs) => {
  const found = injectionsOf([{ uses: "docker://alpine:3", with: inputs }]);
  expect(found).toMatchObject([{ name: SOURCE, certainty: "exact" }]);
});

test.each([
  { args: `echo ${TITLE}` },
  { entrypoint: "/usr/bin/env", args: `echo ${TITLE}` },
  { entrypoint: "/usr/bin/env", args: `A=${TITLE} sh.txt` },
])("arguments of another program are data: $args", (inputs) => {
  expect(injectionsOf([{ uses: "docker://alpine:3", with: inputs }])).toEqual([]);
});

test("a script of an action is not in the language of the job's", () => {
  const step = {
    uses: "azure/cli@v2",
    env: { T: TITLE },
    with: { inlineScript: 'echo "exec($T)"' },
  };
  expect(injectionsOf([step], { defaults: { run: { shell: "python" } } })).toEqual([]);
});

test("insiders' texts count for less", () => {
  const [injection] = injectionsOf([{ run: "echo ${{ inputs.name }}" }]);
  expect(injection).toMatchObject({ name: "inputs.name", level: "insider" });
});

test("each source of each script is named once, where it stands first", () => {
  const workflow = `on: issues
jobs:
  a:
    steps:
      - run: |
          make
          echo \${{ github.event.issue.title }} \${{ github.head_ref }}
          echo \${{ github.event.issue['TITLE'] }}
      - run: "echo \${{ github.event.issue.title }}"
      - run: >
          echo
          \${{ github.event.issue.title }}
`;
  const places = injectionsIn(workflow).map(({ name, line, endLine }) => [name, line, endLine]);
  expect(places).toEqual([
    [SOURCE, 7, 7],
    ["github.head_ref", 7, 7],
    [SOURCE, 9, 9],
    [SOURCE, 10, 12],
  ]);
});

test("a variable that programs run stands where it is written, and a list of them is none", () => {
  const workflow = (value: string): string => `on: issues
jobs:
  a:
    steps:
      - run: npm test
        env:
          NODE_OPTIONS: ${value}
`;
  const found = injectionsIn(workflow(`>-\n            --require\n            ${TITLE}`));
  expect(found).toMatchObject([{ name: SOURCE, line: 7, endLine: 9 }]);
  expect(injectionsIn(workflow(`["${TITLE}"]`))).toEqual([]);
});

test("an alias stands at its own line", () => {
  const workflow = `on: issues
jobs:
  a:
    steps:
      - run: &script |
          echo
          echo ${TITLE}
      - run: *script
`;
  expect(injectionsIn(workflow).map(({ line }) => line)).toEqual([7, 8]);
});

test("what is read of a text is printable", () => {
  const [injection] = injectionsOf([{ run: "echo ${{ inputs['a\u202eb'] }}" }]);
  expect(injection?.name).toBe("inputs.a b");
});

test("the surest way to a source counts", () => {
  const steps = [
    { id: "x", env: { T: TITLE }, run: 'echo "t=$T" >> $GITHUB_OUTPUT' },
    { run: `echo \${{ steps.x.outputs.t }}\necho ${TITLE}` },
  ];
  expect(injectionsOf(steps)).toMatchObject([{ certainty: "exact", context: "on issues" }]);
});

test("more of them than any job has are not understood", () => {
  const steps = (count: number): object[] => Array.from({ length: count }, () => ({ run: TITLE }));
  expect(injectionsOf(steps(200))).toHaveLength(200);
  expect(() => injectionsOf(steps(201))).toThrow(
    expect.objectContaining({
      code: "too-many-injections",
      message: "more than 200 injections in one job",
    }),
  );
});

test("an `if` guards it before outsiders", () => {
  const [injection] = injectionsOf([{ run: TITLE, if: "github.actor == 'x'" }]);
  const causes = injection?.reach.filter(({ conditions }) => conditions.length > 0);
  expect(causes).toMatchObject([{ cause: "trigger:issues" }]);
});

test("an action's inputs are its callers'", () => {
  expect(routes(injectionsOf([{ run: "echo ${{ inputs.Version }}", shell: "bash" }]))).toEqual([
    "inputs.version",
  ]);
});

const OUTSIDERS = { default: TITLE };
const ECHO = [{ run: "echo ${{ inputs.Title }}", shell: "bash" }];

test.each([
  { of: "an action", found: injectionsInAction({ inputs: { title: OUTSIDERS }, steps: ECHO }) },
  { of: "a called workflow", found: injectionsInCalled({ Title: OUTSIDERS }, { steps: ECHO }) },
  {
    of: "a called workflow, by way of another input and a variable",
    found: injectionsInCalled(
      { first: OUTSIDERS, title: { default: "${{ inputs.first }}" } },
      { env: { T: "${{ inputs.title }}" }, steps: [{ run: "echo ${{ env.T }}" }] },
    ),
  },
])(
  "an input whose default is a text of outsiders is that text in a script: of $of",
  ({ found }) => {
    expect(found.filter(({ level }) => level === "outsider")).toMatchObject([
      { name: SOURCE, certainty: "exact" },
    ]);
  },
);

test.each([
  { when: "no expression", inputs: { title: { default: "github.event.issue.title" } } },
  { when: "another input's", inputs: { other: OUTSIDERS } },
  { when: "of insiders", inputs: { title: { default: "${{ github.ref }}" } } },
])("an input whose default is $when is not outsiders' text", ({ inputs }) => {
  const found = injectionsInCalled(inputs, { steps: ECHO });
  expect(found.filter(({ level }) => level === "outsider")).toEqual([]);
});

test("the defaults of a workflow that people start are text, and no expressions", () => {
  const on = { workflow_dispatch: { inputs: { title: OUTSIDERS } } };
  const found = injectionsIn(JSON.stringify({ on, jobs: { a: { steps: ECHO } } }));
  expect(routes(found)).toEqual(["inputs.title"]);
});

function injectionsInCalled(inputs: object, job: object): ReturnType<typeof injectionsIn> {
  return injectionsIn(JSON.stringify({ on: { workflow_call: { inputs } }, jobs: { a: job } }));
}
