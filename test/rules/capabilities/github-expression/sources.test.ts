import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExpression } from "../../../../rules/capabilities/github-expression/parse-expression.ts";
import { type Source, sourceAt } from "../../../../rules/capabilities/github-expression/sources.ts";
import { yieldedPaths } from "../../../../rules/capabilities/github-expression/yielded-paths.ts";
import { anyExpression, respelt } from "./expressions.ts";

/** Each once, sorted by path; what does not parse has none. */
function sourcesOf(text: string): Source[] {
  const expression = parseExpression(text);
  const sources = expression ? yieldedPaths(expression).map(sourceAt) : [];
  const byPath = new Map(sources.flatMap((source) => (source ? [[source.path, source]] : [])));
  return [...byPath.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}

test.each([
  "github.head_ref",
  "github.event.issue.title",
  "github.event.issue.body",
  "github.event.pull_request.title",
  "github.event.pull_request.body",
  "github.event.pull_request.head.ref",
  "github.event.pull_request.head.label",
  "github.event.pull_request.head.repo.default_branch",
  "github.event.pull_request.head.repo.description",
  "github.event.comment.body",
  "github.event.review.body",
  "github.event.discussion.title",
  "github.event.pages.*.page_name",
  "github.event.commits.*.message",
  "github.event.commits.0.author.email",
  "github.event.head_commit.message",
  "github.event.head_commit.committer.name",
  "github.event.workflow_run.head_branch",
  "github.event.workflow_run.display_title",
  "github.event.workflow_run.head_commit.message",
  "github.event.workflow_run.head_repository.description",
  "github.event.workflow_run.pull_requests.*.head.ref",
])("%s is an outsider's", (path) => {
  const text = path.replace(".0.", "[0].");
  expect(sourcesOf(text)).toEqual([{ path, level: "outsider" }]);
});

test.each([
  "inputs.name",
  "github.event.inputs.name",
  "github.event.client_payload.any.thing",
  "github.ref",
  "github.ref_name",
  "github.event.ref",
  "github.event.release.tag_name",
  "github.event.label.name",
])("%s is an insider's", (path) => {
  expect(sourcesOf(path)).toEqual([{ path, level: "insider" }]);
});

test.each([
  "github.sha",
  "github.actor",
  "github.repository",
  "github.base_ref",
  "github.event.number",
  "github.event.action",
  "github.event.issue.number",
  "github.event.issue.user.login",
  "github.event.pull_request.head.sha",
  "github.event.pull_request.head.repo.full_name",
  "github.event.pull_request.base.ref",
  "github.event.pull_request.base.repo.description",
  "github.event.pull_request.html_url",
  "github.event.repository.description",
  "github.event.sender.login",
  "github.event.workflow_run.id",
  "github.event.workflow_run.head_sha",
  "secrets.TOKEN",
  "vars.NAME",
  "runner.temp",
  "steps.a.outputs.b",
  "env.A",
])("%s is nobody's", (path) => {
  expect(sourcesOf(path)).toEqual([]);
});

test.each([
  { expression: "toJSON(github)", path: "github", level: "outsider" },
  { expression: "toJSON(github.event)", path: "github.event", level: "outsider" },
  {
    expression: "toJSON(github.event.pull_request)",
    path: "github.event.pull_request",
    level: "outsider",
  },
  { expression: "github.event.*.title", path: "github.event.*.title", level: "outsider" },
  { expression: "github.event.*.tag_name", path: "github.event.*.tag_name", level: "insider" },
  { expression: "github.event[inputs.x].body", path: "github.event.*.body", level: "outsider" },
  { expression: "github[inputs.x]", path: "github.*", level: "outsider" },
  { expression: "github.*.*.*.no", path: "github.*.*.*.no", level: "outsider" },
  { expression: "toJSON(inputs)", path: "inputs", level: "insider" },
  {
    expression: "github.event.head_commit.author",
    path: "github.event.head_commit.author",
    level: "outsider",
  },
])("$expression holds texts of an $level", ({ expression, path, level }) => {
  expect(sourcesOf(expression)).toEqual([{ path, level }]);
});

test("each source is named once, in order", () => {
  const text = "format('{0}', inputs.b, github.head_ref, inputs.a, inputs['B'])";
  expect(sourcesOf(text).map(({ path }) => path)).toEqual([
    "github.head_ref",
    "inputs.a",
    "inputs.b",
  ]);
});

test("another spelling of an expression has the same sources", () => {
  fc.assert(
    fc.property(anyExpression, fc.nat(), (text, seed) => {
      expect(parseExpression(text)).not.toBeNull();
      expect(sourcesOf(respelt(text, seed))).toEqual(sourcesOf(text));
    }),
  );
});
