import { expect, test } from "vitest";
import {
  readActionImage,
  readActions,
} from "../../../../rules/capabilities/github-step/actions.ts";
import { stepScopesOf } from "../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { findWorkflow } from "../../../../rules/capabilities/github-workflow/workflow.ts";
import type { DataScalar } from "../../../../rules/capabilities/data/data-node.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";
import { diffOf, shown } from "../changes.ts";
import { grantedIn, jobWith, shortly } from "./granted.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";

const foundIn = (job: string): string[] => grantedIn(jobWith(job), readActions).map(shortly);

test("each step's action counts at its line", () => {
  const steps = `steps:\n  - uses: a/b@v1\n  - run: x\n  - name: n\n    uses: C/d@${SHA} # v2\n  - uses: ./e`;
  expect(foundIn(steps)).toEqual(["a/b mutable 5", "c/d pinned 8"]);
});

test("an action that is taken is told exactly", () => {
  const found = grantedIn(jobWith("steps:\n  - uses: a/b@v1"), readActions);
  expect(found).toMatchObject([{ certainty: "exact" }]);
});

test("a comment that is a SHA pretends a pin", () => {
  expect(foundIn(`steps:\n  - uses: a/b@v1 # ${SHA}`)).toEqual(["a/b pretended 5"]);
});

test("a reusable workflow counts as an action does", () => {
  expect(foundIn("uses: o/ci/.github/workflows/x.yml@v1")).toEqual([
    "o/ci/.github/workflows/x.yml mutable 4",
  ]);
  expect(foundIn("uses: ./.github/workflows/x.yml")).toEqual([]);
});

test.each([
  ["container: node:20", ["image node mutable 4"]],
  ["container: {image: node:20}", ["image node mutable 4"]],
  ["container: {options: --cpus 1}", []],
  ["container: docker://node:20", ["image node mutable 4"]],
  ["container: ''", []],
  ["container:", []],
  ["container: ~", []],
  ["container: [node]", []],
  [
    `services:\n  db: {image: postgres}\n  cache:\n    image: redis@sha256:${SHA}${"0".repeat(24)}`,
    ["image postgres mutable 5", "image redis pinned 7"],
  ],
  ["container: ${{ Matrix['image'] }}", ["image ${{matrix.image}} mutable 4"]],
])("%s takes images", (job, found) => {
  expect(foundIn(job)).toEqual(found);
});

test("an action's own image counts where it is not built from a file", () => {
  const root = parseYaml(new TextEncoder().encode("on: push\njobs: {a: {}}"), 100);
  const [scope] = stepScopesOf(findWorkflow(root));
  const image = (text: string): DataScalar => ({
    ...{ type: "scalar", resolved: "string", text, style: "flow", comment: "" },
    ...{ line: 2, column: 1, endLine: 2 },
  });
  if (!scope) throw new Error("no job");
  const taken = (text: string): string[] => readActionImage(scope, image(text)).map(shortly);
  expect(taken("docker://alpine:3")).toEqual(["docker://alpine mutable 2"]);
  expect(taken(" Docker://alpine ")).toEqual(["docker://alpine mutable 2"]);
  expect(taken("Dockerfile")).toEqual([]);
  expect(taken("folder/docker://alpine")).toEqual([]);
});

test.each([
  ["a tag to another tag", "v1", "v2", []],
  ["a SHA to another SHA", SHA, SHA.replace("0", "1"), []],
  ["a SHA to a tag", SHA, "v1", ["raised jobs.a a/b pinned→mutable x.yml:5"]],
  [
    "a tag to a pretended pin",
    "v1",
    `v1 # ${SHA}`,
    ["raised jobs.a a/b mutable→pretended x.yml:5"],
  ],
  ["a tag to a SHA", "v1", SHA, ["lowered jobs.a a/b mutable→pinned x.yml:5"]],
])("from %s", (_what, before, after, facts) => {
  const tree = (ref: string): Record<string, string> => ({
    ".github/workflows/x.yml": jobWith(`steps:\n  - uses: a/b@${ref}\npermissions: {}`),
  });
  const found = diffOf(tree(before), tree(after)).filter(
    ({ kind }) => kind === "github.step.action",
  );
  expect(found.map(shown)).toEqual(facts);
});
