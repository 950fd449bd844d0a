import { expect, test } from "vitest";
import { canHaveLines } from "../../../../rules/capabilities/github-expression/source-table.ts";
import { sourceAt } from "../../../../rules/capabilities/github-expression/sources.ts";

/** `github.event.commits.0.message`: keys with dots between, `*` for a key that nobody knows. */
function levelAt(path: string) {
  const keys = path.split(".").map((key) => (key === "*" ? null : key));
  return sourceAt(keys)?.level ?? null;
}

test.each([
  "github.event.sub_issue.title",
  "github.event.parent_issue.body",
  "github.event.answer.body",
  "github.event.review_comment.diff_hunk",
  "github.event.comment.path",
  "github.event.thread.comments.0.body",
  "github.event.changes.title.from",
  "github.event.changes.body.from",
  "github.event.changes.old_issue.title",
  "github.event.changes.new_issue.body",
  "github.event.pull_request.head.repo.homepage",
  "github.event.pull_request.head.user.name",
  "github.event.comment.user.email",
  "github.event.commits.12.removed",
  "github.event.head_commit.added",
  "github.event.merge_group.head_commit.message",
  "github.event.commit.commit.author",
  "github.event.check_suite.head_branch",
  "github.event.check_suite.head_commit.committer",
  "github.event.check_suite.pull_requests.0.head.ref",
  "github.event.check_run.pull_requests.0.head.ref",
  "github.event.check_run.check_suite.head_branch",
  "github.event.check_run.check_suite.pull_requests.0.head.ref",
  "github.event.check_run.output.title",
  "github.event.workflow_run.head_repository.homepage",
  "github.event.workflow_job.head_branch",
  "github.event.pages.0.summary",
  "github.event.forkee.description",
])("%s is an outsider's", (path) => {
  expect(levelAt(path)).toBe("outsider");
});

test.each([
  "inputs",
  "github.event.inputs",
  "github.event.base_ref",
  "github.event.master_branch",
  "github.event.release.assets.0.label",
  "github.event.milestone.description",
  "github.event.pull_request.labels.0.name",
  "github.event.issue.milestone.title",
  "github.event.pull_request.auto_merge.commit_message",
  "github.event.discussion.category.name",
  "github.event.deployment.payload.any",
  "github.event.deployment_status.environment",
  "github.event.merge_group.head_ref",
  "github.event.context",
  "github.event.branches.0.name",
  "github.event.registry_package.package_version",
  "github.event.pusher.email",
  "github.event.project_card.note",
])("%s is an insider's", (path) => {
  expect(levelAt(path)).toBe("insider");
});

test.each([
  { when: "a place that is no number", path: "github.event.commits.1st.message" },
  { when: "a number with a sign", path: "github.event.commits.-1.message" },
  { when: "a context of another name", path: "github2.head_ref" },
])("$when is nobody's", ({ path }) => {
  expect(levelAt(path)).toBeNull();
});

test("of three unknown keys only the first two are followed: what they lead to counts", () => {
  expect(levelAt("inputs.*.*.*")).toBe("insider");
  expect(levelAt("github.event.*.pull_requests.*.*.nothing")).toBe("outsider");
  expect(levelAt("github.event.*.pull_requests.*.nothing")).toBe("insider");
});

test.each([
  "body",
  "github.event.issue.body",
  "github.event.changes.body.from",
  "github.event.head_commit.message",
  "github.event.pull_request.auto_merge.commit_message",
  "github.event.comment.diff_hunk",
  "github.event.check_run.output.summary",
  "github.event.check_run.output.text",
  "github.event.*",
])("%s can have lines", (path) => {
  expect(canHaveLines(path)).toBe(true);
});

test.each([
  "github.head_ref",
  "github.event.issue.title",
  "github.event.changes.title.from",
  "github.event.issue.body_sha",
  "github.event.issue.somebody",
  "github.event.check_run.output.title",
  "github.event.check_run.output.text_count",
  "github.event.pages.*.title",
])("%s has one line", (path) => {
  expect(canHaveLines(path)).toBe(false);
});
