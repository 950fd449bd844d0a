/**
 * `bailiff:recommended@1`: what nearly every repository wants to know before it is merged.
 *
 * Only what writes is stopped: a new job with `contents: read` is daily work. A job that keeps its
 * write permission and becomes reachable from an event of outsiders counts as raised.
 */
export const RECOMMENDED_1 = `version: 1
policies:
  - id: new-permissions
    title: A workflow that may write more needs an approval
    decision: DENY
    each: capabilities
    match:
      kind: github.workflow.permission
      delta: [added, raised]
      after: write
    unless: { approved_by: { count: 1 } }
    message: "{{item.holder}}: {{item.name}} {{item.before}} → {{item.after}} ({{item.context}})"
    remedy: "declare permissions for {{item.holder}} without {{item.name}}: write"

  - id: untrusted-code
    title: A workflow that outsiders can start with the repository's token and secrets needs an approval
    decision: DENY
    each: capabilities
    match:
      kind: github.workflow.trigger
      delta: [added, raised]
      after: privileged
    unless: { approved_by: { count: 1 } }
    message: "{{item.name}} lets outsiders start this workflow with the repository's token and secrets"
    remedy: "start the workflow by another event than {{item.name}}, for example pull_request"
`;
