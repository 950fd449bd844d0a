import { expect, test } from "vitest";
import {
  enterFile,
  enterScope,
  NO_ENV,
} from "../../../../../rules/capabilities/github-step/taint/scope-taints.ts";
import { scriptSourcesOf } from "../../../../../rules/capabilities/github-step/taint/step-writes.ts";
import { scopeAndStep } from "../granted.ts";
import { injectionsOf, TITLE } from "../injected.ts";

const USES_ALL = { run: "echo ${{ toJSON(steps) }}" };

test.each([
  ["GITHUB_HEAD_REF", "github.head_ref", "outsider"],
  ["GITHUB_REF", "github.ref", "insider"],
  ["GITHUB_REF_NAME", "github.ref_name", "insider"],
])("the runner's own %s holds %s, of an %s", (name, path, level) => {
  const { scope } = scopeAndStep("{run: x}");
  const sources = scriptSourcesOf(enterScope(scope, enterFile([scope])), {
    env: NO_ENV,
    contexts: {},
  });
  expect(sources.variable(name)).toEqual([{ path, level, through: "", certainty: "exact" }]);
});

test.each([
  ["a script", { env: { T: TITLE }, run: 'echo "t=$T" >> $GITHUB_OUTPUT' }],
  ["an action", { uses: "tj-actions/changed-files@v44" }],
])("what %s hands on is an output of its step where that has an id", (_what, step) => {
  expect(injectionsOf([{ id: "x", ...step }, USES_ALL])).toHaveLength(1);
  expect(injectionsOf([step, USES_ALL])).toEqual([]);
});

test("what an action hands on is no other step's", () => {
  const steps = [
    { id: "x", uses: "tj-actions/changed-files@v44" },
    { id: "y", run: "make" },
    { run: "echo ${{ steps.y.outputs.all_changed_files }}" },
  ];
  expect(injectionsOf(steps)).toEqual([]);
});
