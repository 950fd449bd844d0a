import fc from "fast-check";
import type { Value } from "./yaml-hand.ts";

interface ValueMap {
  readonly [key: string]: Value;
}
export type StepModel = ValueMap;

export interface JobModel extends ValueMap {
  readonly steps: readonly StepModel[];
}

/** A workflow as a plain value: what people write into one, and what attackers do. */
export interface WorkflowModel extends ValueMap {
  readonly on: ValueMap;
  readonly jobs: { readonly [id: string]: JobModel };
}

export const COMMIT = "0123456789abcdef0123456789abcdef01234567";
export const SCOPES = ["contents", "id-token", "issues", "packages"];

const EVENTS: ValueMap = {
  push: { branches: ["main", "next"] },
  pull_request: null,
  pull_request_target: { types: ["opened"] },
  issue_comment: null,
  workflow_run: { workflows: ["ci"], types: ["completed"] },
  workflow_dispatch: null,
  schedule: [{ cron: "0 4 * * 1" }],
};

const SCRIPTS = [
  "make",
  "npm ci\nnpm test\n",
  "yes # no",
  'echo "${{ github.event.issue.title }}"',
  "set -e\necho '${{ github.head_ref }}'\n\nmake\n",
  'echo "$TITLE"',
  'echo "title=$TITLE" >> "$GITHUB_OUTPUT"',
  "echo ${{ steps.one.outputs.title }}",
  "curl -sSf https://get.example.com/install.sh | sh",
  "curl -d @out.json https://collect.example.org/x",
  "gh pr checkout ${{ github.event.number }}",
];

const ACTIONS: readonly StepModel[] = [
  { uses: "actions/checkout@v4" },
  { uses: `actions/checkout@${COMMIT}`, with: { "persist-credentials": false } },
  { uses: "actions/checkout@v4", with: { ref: "${{ github.event.pull_request.head.sha }}" } },
  { uses: "actions/setup-node@v4", with: { "node-version": 24 } },
  { uses: `octo/lint@${COMMIT}` },
  { uses: "octo/lint@v2", with: { token: "${{ secrets.LINT_TOKEN }}" } },
  { uses: "docker://alpine:3.20" },
  { uses: "./.github/actions/own" },
  {
    uses: "actions/github-script@v7",
    with: { script: "core.info('${{ github.event.comment.body }}')\n" },
  },
  {
    uses: "actions/create-github-app-token@v2",
    with: { "app-id": "1", "private-key": "${{ secrets.APP_KEY }}" },
  },
  {
    uses: "actions/download-artifact@v4",
    with: { "run-id": "${{ github.event.workflow_run.id }}" },
  },
];

const ENVIRONMENTS: readonly ValueMap[] = [
  { TITLE: "${{ github.event.pull_request.title }}" },
  { TOKEN: "${{ secrets.DEPLOY_TOKEN }}", LEVEL: "1" },
  { ACTIONS_ALLOW_UNSECURE_COMMANDS: true },
  { A: "b" },
];

const CONDITIONS = [
  "always()",
  "github.actor == 'ann'",
  "${{ github.event.label.name == 'safe' && github.repository == 'octo/shop' }}",
];

const scopes = fc.dictionary(fc.constantFrom(...SCOPES), fc.constantFrom("read", "write", "none"));
const variables = fc.constantFrom(...ENVIRONMENTS);
const condition = fc.constantFrom(...CONDITIONS);

/** Some of these keys. */
function some(model: Readonly<Record<string, fc.Arbitrary<Value>>>): fc.Arbitrary<ValueMap> {
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<ValueMap>;
}

const work: fc.Arbitrary<StepModel> = fc.oneof(
  fc.constantFrom(...SCRIPTS).map((run) => ({ run })),
  fc.constantFrom(...ACTIONS),
);

const step: fc.Arbitrary<StepModel> = fc
  .tuple(
    work,
    some({
      id: fc.constantFrom("one", "two"),
      if: condition,
      env: variables,
      name: fc.constantFrom("Build", "yes: no # maybe"),
      "continue-on-error": fc.boolean(),
    }),
  )
  .map(([does, around]) => ({ ...around, ...does }));

export const job: fc.Arbitrary<JobModel> = fc
  .tuple(
    fc.constantFrom<Value>("ubuntu-latest", ["self-hosted", "linux"], "big-${{ matrix.os }}"),
    fc.array(step, { minLength: 1, maxLength: 4 }),
    some({
      permissions: fc.oneof(scopes, fc.constantFrom("read-all", "write-all")),
      environment: fc.constantFrom<Value>("prod", { name: "on", url: "https://example.com" }),
      if: condition,
      env: variables,
      strategy: fc.constant({ matrix: { os: ["a", "b"] } }),
      container: fc.constantFrom<Value>("node:24", { image: "node:24", options: "--privileged" }),
      services: fc.constant({ db: { image: "postgres:17", options: "--cap-add SYS_ADMIN" } }),
    }),
  )
  .map(([runsOn, steps, around]) => ({ ...around, "runs-on": runsOn, steps }));

/** Jobs that call a reusable workflow have no steps: they come beside the others. */
export const calling: fc.Arbitrary<JobModel> = some({
  secrets: fc.constantFrom<Value>("inherit", { key: "${{ secrets.CALL_KEY }}" }),
  permissions: scopes,
  if: condition,
}).map((around) => {
  return { ...around, uses: "octo/ci/.github/workflows/x.yml@v1" } as unknown as JobModel;
});

/** What surrounds jobs: events and settings of the whole workflow. */
export const surroundings: fc.Arbitrary<Pick<WorkflowModel, "on">> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...Object.keys(EVENTS)), { minLength: 1, maxLength: 3 }),
    some({
      name: fc.constantFrom("CI", "a: b"),
      permissions: scopes,
      env: variables,
      defaults: fc.constant({ run: { shell: "bash" } }),
    }),
  )
  .map(([events, around]) => ({
    ...around,
    on: Object.fromEntries(events.map((event) => [event, EVENTS[event] ?? null])),
  }));

export const workflow: fc.Arbitrary<WorkflowModel> = fc
  .tuple(
    surroundings,
    fc.dictionary(fc.constantFrom("a", "b", "c"), job, { minKeys: 1 }),
    fc.option(calling),
  )
  .map(([around, jobs, call]) => ({
    ...around,
    jobs: { ...jobs, ...(call && { call }) },
  }));

/** An action that is made of steps. */
export interface ActionModel extends ValueMap {
  readonly runs: { readonly using: "composite"; readonly steps: readonly StepModel[] };
}

export const composite: fc.Arbitrary<ActionModel> = fc
  .array(step, { minLength: 1, maxLength: 4 })
  .map((steps) => ({
    name: "own",
    inputs: { title: { required: true } },
    runs: { using: "composite", steps: steps.map((each) => ({ ...each, shell: "bash" })) },
  }));
