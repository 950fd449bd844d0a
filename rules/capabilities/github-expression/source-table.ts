/** Who chooses a text. `outsider`: also people without write access. `insider`: who may write, or the caller. */
export type SourceLevel = "insider" | "outsider";

/**
 * Values whose text people choose, with all that is below them. `*` is any key, `#` any place in
 * a list, `a|b` are two keys. What is not named is of GitHub's making (numbers, ids, SHAs, logins,
 * URLs, names of repositories) or belongs to the base repository, which only its own people set.
 *
 * Source: docs.github.com, "Webhook events and payloads", "Contexts" and "Script injections".
 */
export const SOURCES: Readonly<Record<SourceLevel, readonly string[]>> = {
  outsider: [
    "github.head_ref",
    // Issues, pull requests and discussions, and what is said in them.
    "github.event.issue|sub_issue|parent_issue|discussion|pull_request.title|body",
    "github.event.comment|review|answer|review_comment.body|path|diff_hunk",
    "github.event.thread.comments.#.body|path|diff_hunk",
    "github.event.changes.title|body.from",
    "github.event.changes.old_issue|new_issue.title|body",
    "github.event.pull_request.head.ref|label",
    "github.event.pull_request.head.repo.default_branch|description|homepage",
    "github.event.pull_request.head.user.name|email",
    "github.event.issue|pull_request|comment|review|discussion.user.name|email",
    // Branches are a contributor's, as are the texts and file names of commits that are merged.
    "github.event.commits.#.message|author|committer|added|modified|removed",
    "github.event.head_commit.message|author|committer|added|modified|removed",
    "github.event.merge_group.head_commit.message|author|committer",
    "github.event.commit.commit.message|author|committer",
    "github.event.check_suite.head_branch",
    "github.event.check_suite.head_commit.message|author|committer",
    "github.event.check_suite|check_run.pull_requests.#.head.ref",
    "github.event.check_run.check_suite.head_branch",
    "github.event.check_run.check_suite.pull_requests.#.head.ref",
    "github.event.check_run.name|output",
    "github.event.workflow_run.head_branch|display_title",
    "github.event.workflow_run.head_commit.message|author|committer",
    "github.event.workflow_run.head_repository.default_branch|description|homepage",
    "github.event.workflow_run.pull_requests.#.head.ref",
    "github.event.workflow_job.head_branch",
    "github.event.pages.#.page_name|title|summary",
    "github.event.forkee.default_branch|description|homepage",
  ],
  insider: [
    "inputs.*",
    "github.ref|ref_name",
    "github.event.inputs|client_payload.*",
    "github.event.ref|base_ref|master_branch",
    "github.event.release.name|body|tag_name|target_commitish",
    "github.event.release.assets.#.name|label",
    "github.event.label|milestone.name|title|description",
    "github.event.issue|pull_request|discussion.labels.#.name|description",
    "github.event.issue|pull_request.milestone.title|description",
    "github.event.pull_request.auto_merge.commit_title|commit_message",
    "github.event.discussion.category.name|description",
    "github.event.deployment.ref|task|environment|description|payload",
    "github.event.deployment_status.description|environment",
    "github.event.merge_group.head_ref",
    "github.event.description|context",
    "github.event.branches.#.name",
    "github.event.package|registry_package.name|description|package_version",
    "github.event.pusher.email",
    "github.event.project|project_card|project_column.name|body|note",
  ],
};

// The values of a path that is open can be any of these.
const WITH_LINES =
  /(?:^|[._ -])(?:body|body\.from|message|diff_hunk)$|\.output\.(?:summary|text)$|[. ]\*$/;

/** Whether the text at a path can have several lines. Titles, refs, names and logins have one. */
export function canHaveLines(path: string): boolean {
  return WITH_LINES.test(path);
}
