import { expect, test } from "vitest";
import { diffOf, shown } from "../changes.ts";
import { TITLE } from "./injected.ts";

function workflowWith(steps: string): string {
  return `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gm, "      ")}\n`;
}

function changeOf(before: string, after: string): string[] {
  const path = ".github/workflows/ci.yml";
  return diffOf({ [path]: before }, { [path]: after })
    .filter(({ kind }) => kind === "github.step.injection")
    .map(shown);
}

function delta(before: string, after: string): string[] {
  return changeOf(workflowWith(before), workflowWith(after));
}

test.each([
  {
    when: "the expression is respelt",
    before: "- run: echo ${{ inputs.name }}",
    after: "- run: |\n    echo ${{inputs['NAME']}}\n",
  },
  {
    when: "the step is named and moved",
    before: "- run: echo ${{ inputs.name }}",
    after: "- run: make\n- name: echo\n  run: echo ${{ inputs.name }}",
  },
  {
    when: "what it comes through is renamed",
    before: "- env: { A: '${{ inputs.name }}' }\n  run: echo ${{ env.A }}",
    after: "- env: { B: '${{ inputs.name }}' }\n  run: echo ${{ env.B }}",
  },
  {
    when: "what it comes through holds the same in other order",
    before: "- env: { A: '${{ inputs.a }}${{ inputs.b }}' }\n  run: echo ${{ env.A }}",
    after: "- env: { A: '${{ inputs.b }}${{ inputs.a }}' }\n  run: echo ${{ env.A }}",
  },
  {
    when: "a variable that is evaluated holds the same in other order",
    before: "- env: { A: '${{ inputs.a }}${{ inputs.b }}' }\n  run: eval \"$A\"",
    after: "- env: { A: '${{ inputs.b }}${{ inputs.a }}' }\n  run: eval \"$A\"",
  },
])("nothing new is granted when $when", ({ before, after }) => {
  expect(delta(before, after)).toEqual([]);
});

test.each([
  {
    when: "a source is added",
    before: "- run: echo ${{ inputs.name }}",
    after: "- run: echo ${{ inputs.name }} ${{ github.head_ref }}",
    facts: [
      "added jobs.a github.head_ref -→outsider ci.yml:7",
      "raised jobs.a inputs.name insider→insider ci.yml:7",
    ],
  },
  {
    when: "the script around it is edited",
    before: "- run: echo '${{ inputs.name }}'",
    after: "- run: eval '${{ inputs.name }}'",
    facts: ["raised jobs.a inputs.name insider→insider ci.yml:7"],
  },
  {
    when: "another value stands in the script",
    before: "- run: echo ${{ inputs.name }} ${{ github.sha }}",
    after: "- run: echo ${{ inputs.name }} ${{ github.run_id }}",
    facts: ["raised jobs.a inputs.name insider→insider ci.yml:7"],
  },
  {
    when: "more is made of it",
    before: "- run: echo ${{ inputs.name }}",
    after: "- run: echo ${{ format('$({0})', inputs.name) }}",
    facts: ["raised jobs.a inputs.name insider→insider ci.yml:7"],
  },
  {
    when: "what it comes through takes another's place",
    before:
      "- env: { A: '${{ inputs.a }}', B: '${{ inputs.b }}' }\n  run: a ${{ env.A }} ${{ env.B }}",
    after:
      "- env: { A: '${{ inputs.a }}', B: '${{ inputs.b }}' }\n  run: a ${{ env.B }} ${{ env.A }}",
    facts: [
      "raised jobs.a inputs.a insider→insider ci.yml:8",
      "raised jobs.a inputs.b insider→insider ci.yml:8",
    ],
  },
  {
    when: "a variable that is evaluated takes another's place",
    before: "- env: { A: '${{ inputs.a }}', B: '${{ inputs.b }}' }\n  run: eval \"a $A $B\"",
    after: "- env: { A: '${{ inputs.a }}', B: '${{ inputs.b }}' }\n  run: eval \"a $B $A\"",
    facts: [
      "raised jobs.a inputs.a insider→insider ci.yml:8",
      "raised jobs.a inputs.b insider→insider ci.yml:8",
    ],
  },
  {
    when: "the script around a variable that is evaluated is edited",
    before: "- env: { A: '${{ inputs.a }}' }\n  run: eval \"echo $A\"",
    after: "- env: { A: '${{ inputs.a }}' }\n  run: eval \"bash $A\"",
    facts: ["raised jobs.a inputs.a insider→insider ci.yml:8"],
  },
  {
    when: "the text around it in a variable that programs run is edited",
    before: "- env: { NODE_OPTIONS: '--title=${{ inputs.a }}' }\n  run: make",
    after: "- env: { NODE_OPTIONS: '--require=${{ inputs.a }}' }\n  run: make",
    facts: ["raised jobs.a inputs.a insider→insider ci.yml:7"],
  },
  {
    when: "it is run once more",
    before: "- run: echo ${{ inputs.name }}",
    after: "- run: echo ${{ inputs.name }}\n- run: eval ${{ inputs.name }}",
    facts: ["added jobs.a inputs.name -→insider ci.yml:8"],
  },
  {
    when: "it becomes data",
    before: "- run: echo ${{ inputs.name }}",
    after: "- run: echo $NAME\n  env: { NAME: '${{ inputs.name }}' }",
    facts: ["removed jobs.a inputs.name insider→- ci.yml:7"],
  },
])("the change is seen when $when", ({ before, after, facts }) => {
  expect(delta(before, after)).toEqual(facts);
});

test("an input is itself in a script, whatever its default", () => {
  const called = (text: string): string =>
    JSON.stringify({
      on: { workflow_call: { inputs: { title: { default: text } } } },
      permissions: {},
      jobs: { a: { "runs-on": "ubuntu-latest", steps: [{ run: "echo ${{ inputs.Title }}" }] } },
    });
  const found = changeOf(called(TITLE), called(`${TITLE}\${{ github.head_ref }}`));
  expect(found).toEqual(["added jobs.a github.head_ref -→outsider ci.yml:1"]);
});
