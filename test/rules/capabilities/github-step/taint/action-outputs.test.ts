import { expect, test } from "vitest";
import { actionOutput } from "../../../../../rules/capabilities/github-step/taint/action-outputs.ts";
import type { Taint } from "../../../../../rules/capabilities/github-step/taint/taint.ts";
import { stepScopesOf } from "../../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { findWorkflow } from "../../../../../rules/capabilities/github-workflow/workflow.ts";
import { parseYaml } from "../../../../../rules/capabilities/data/yaml.ts";

function handedOn(uses: string, output: string | null): readonly Taint[] {
  const workflow = JSON.stringify({ on: "push", jobs: { a: { steps: [{ uses }] } } });
  const root = parseYaml(new TextEncoder().encode(workflow), 4 * 1024);
  const steps = stepScopesOf(findWorkflow(root)).flatMap((scope) => scope.steps);
  return steps.flatMap((step) => actionOutput(step, output));
}

test.each([
  ["ana06/get-changed-files", "all"],
  ["dorny/paths-filter", "docs_files"],
  ["jitterbit/get-changed-files", "added"],
  ["lots0logs/gh-action-get-changed-files", "all"],
  ["tj-actions/changed-files", "all_changed_files"],
  ["trilom/file-changes-action", "files"],
  ["8bitjony/gh-get-current-pr", "pr"],
  ["8bitjony/gh-get-current-pr", "pr_body"],
  ["8bitjony/gh-get-current-pr", "pr_title"],
  ["actions-ecosystem/action-get-merged-pull-request", "body"],
  ["actions-ecosystem/action-get-merged-pull-request", "title"],
  ["jwalton/gh-find-current-pr", "body"],
  ["jwalton/gh-find-current-pr", "title"],
  ["peter-evans/find-comment", "comment-body"],
  ["peter-murray/issue-body-parser-action", "payload"],
  ["potiuk/get-workflow-origin", "sourceheadbranch"],
  ["stefanbuck/github-issue-parser", "jsonstring"],
  ["stefanbuck/github-issue-parser", "issueparser_what"],
  ["tj-actions/branch-names", "current_branch"],
  ["tj-actions/branch-names", "head_ref_branch"],
  ["xt0rted/pull-request-comment-branch", "head_ref"],
  ["xt0rted/pull-request-comment-branch", "ref"],
])("%s hands on a text of outsiders in `%s`, a guess that is named after it", (action, output) => {
  expect(handedOn(`${action}@v1`, output)).toEqual([
    { path: `${action} ${output}`, level: "outsider", through: "", certainty: "heuristic" },
  ]);
});

test.each([
  ["8bitjony/gh-get-current-pr", ["no_pr", "pr_number", "old_pr_title", "pr_title_length"]],
  ["actions-ecosystem/action-get-merged-pull-request", ["subtitle", "title_id", "number"]],
  ["jwalton/gh-find-current-pr", ["subtitle", "title_id", "number"]],
  ["peter-evans/find-comment", ["comment-id", "comment-body-id", "no-comment-body"]],
  ["peter-murray/issue-body-parser-action", ["payload_size", "has_payload"]],
  ["potiuk/get-workflow-origin", ["sourceheadbranchid", "nosourceheadbranch", "sourceevent"]],
  ["tj-actions/branch-names", ["is_current_branch", "current_branch_id", "is_tag"]],
  ["xt0rted/pull-request-comment-branch", ["head_sha", "no_ref", "ref_id", "base_ref"]],
  ["dorny/paths-filter", ["docs", "docs_files_count", "changes"]],
])("%s hands on no text in %s", (action, outputs) => {
  expect(outputs.flatMap((output) => handedOn(`${action}@v1`, output))).toEqual([]);
});

test.each([
  "any_changed",
  "only_modified",
  "any_deleted",
  "docs_any_changed",
  "docs_only_changed",
  "changed_keys",
  "modified_keys",
  "all_changed_files_count",
  "docs_all_changed_files_count",
])("what is told of files in `%s` names none", (output) => {
  expect(handedOn("tj-actions/changed-files@v44", output)).toEqual([]);
});

test.each([
  "any_docs_all_changed_files",
  "only_docs_all_changed_files",
  "changed_keys_all_changed_files",
  "my_count_all_changed_files",
  "only_changed_all_changed_files",
])("files keep their names whatever their key is called: `%s`", (output) => {
  expect(handedOn("tj-actions/changed-files@v44", output)).toHaveLength(1);
});

test("any output of an action is one that holds a text, of an unknown action or none no output is", () => {
  expect(handedOn("Dorny/Paths-Filter@v3", null)).toMatchObject([{ path: "dorny/paths-filter *" }]);
  expect(handedOn("octo/paths-filter@v3", null)).toEqual([]);
  expect(handedOn("./paths-filter", "docs_files")).toEqual([]);
});
