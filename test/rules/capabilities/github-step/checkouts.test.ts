import { expect, test } from "vitest";
import type { Capability } from "../../../../rules/capabilities/capability.ts";
import { readCheckouts } from "../../../../rules/capabilities/github-step/checkouts.ts";
import { grantedIn, jobWith, shortly } from "./granted.ts";

/** `name line certainty` of what a step takes; its first line is line 5. */
function takenBy(step: string, on = "pull_request_target", job = ""): string[] {
  return takenIn(step, on, job).map(
    (found) => `${shortly({ ...found, level: "" })} ${found.certainty}`,
  );
}

/** The level of each thing that a step takes. */
function levelsOf(step: string, on: string, job = ""): (string | undefined)[] {
  return takenIn(step, on, job).map(({ level }) => level);
}

function takenIn(step: string, on: string, job: string): Capability[] {
  const steps = `steps:\n  - ${step.replace(/\n/g, "\n    ")}`;
  return grantedIn(jobWith(job === "" ? steps : `${steps}\n${job}`, on), readCheckouts);
}

const checkout = (inputs: string): string => `uses: actions/checkout@v4\nwith: {${inputs}}`;
const run = (line: string, env = ""): string => `run: ${JSON.stringify(line)}\nenv: {${env}}`;

test.each([
  "${{ github.event.pull_request.head.sha }}",
  "${{ github.event.pull_request.head.ref }}",
  "${{github.event['pull_request'].Head.SHA}}",
  "${{ github.head_ref }}",
  "${{ github.head_ref || github.ref_name }}",
  "${{ github.event_name == 'push' && github.sha || github.event.pull_request.head.sha }}",
  "${{ github.event.pull_request.merge_commit_sha }}",
  "${{ github.event.workflow_run.head_sha }}",
  "${{ github.event.workflow_run.head_branch }}",
  "${{ github.event.workflow_run.head_commit.id }}",
  "${{ github.event.workflow_run.pull_requests[0].head.sha }}",
  "${{ github.event.after }}",
  "refs/pull/${{ github.event.issue.number }}/merge",
  "refs/pull/7/head",
  "${{ format('refs/pull/{0}/merge', github.event.number) }}",
])("a checkout of %s takes outsiders' code", (ref) => {
  expect(takenBy(checkout(`ref: "${ref}"`))).toEqual(["checkout 6 exact"]);
});

test.each([
  "${{ steps.pr.outputs.head_sha }}",
  "${{ steps.x.outputs.head-ref }}",
  "${{ needs.find.outputs.pr_ref }}",
  "${{ steps.get-pr.outputs.sha }}",
  "${{ steps.comment-branch.outputs.ref }}",
  "${{ fromJSON(steps.pr.outputs.data).head.sha }}",
  "${{ join(github.event.*.head.sha) }}",
  "${{ github.event[format('pull_{0}', 'request')].head.sha }}",
  "${{ fromJSON(toJSON(github.event)).pull_request.head.sha }}",
])("a checkout of %s sounds like it", (ref) => {
  expect(takenBy(checkout(`ref: "${ref}"`))).toEqual(["checkout 6 heuristic"]);
});

test.each([
  ["main"],
  ["${{ github.sha }}"],
  ["${{ github.ref }}"],
  ["${{ github.base_ref }}"],
  ["${{ github.event.pull_request.base.sha }}"],
  ["${{ github.event.pull_request.base.repo.full_name }}"],
  ["${{ github.event.workflow_run.id }}"],
  ["${{ github.event.pull_request.head.repo.fork && 'main' || 'next' }}"],
  ["${{ steps.version.outputs.ref }}"],
  ["${{ steps.x.outputs.sha }}"],
  ["${{ steps.prepare.outputs.ref }}"],
  ["${{ fromJSON(steps.pr.outputs.data).base.sha }}"],
  ["features/pullover"],
  ["${{ inputs.ref }}"],
])("a checkout of %s takes no outsiders' code", (ref) => {
  expect(takenBy(checkout(`ref: "${ref}"`))).toEqual([]);
});

test("the head's repository counts as its ref does", () => {
  const repository = 'repository: "${{ github.event.pull_request.head.repo.full_name }}"';
  expect(takenBy(checkout(repository))).toEqual(["checkout 6 exact"]);
  expect(takenBy(checkout("fetch-depth: 0"))).toEqual([]);
  expect(takenBy("uses: actions/checkout@v4")).toEqual([]);
  expect(takenBy("uses: actions/setup-node@v4\nwith: {ref: refs/pull/7/head}")).toEqual([]);
});

test.each([
  ['ref: "${{ github.event.comment.body }}"', "issue_comment"],
  ['ref: "${{ github.event.issue.title }}"', "issues"],
  ["ref: \"${{ format('{0}', github.event.comment.body) }}\"", "issue_comment"],
  ['ref: "feature/${{ github.event.pull_request.title }}"', "pull_request_target"],
  ['repository: "${{ github.event.issue.body }}"', "issues"],
  ['repository: "${{ github.event.pull_request.user.login }}/proj"', "pull_request_target"],
  ['repository: "${{ github.event.comment.user.login }}/proj"', "issue_comment"],
  ['repository: "${{ github.event.sender.login }}/proj"', "pull_request_target"],
  ['repository: "${{ github.actor }}/proj"', "pull_request_target"],
  ['repository: "${{ github.triggering_actor }}/proj"', "workflow_run"],
  ['repository: "${{ github.event.workflow_run.actor.login }}/proj"', "workflow_run"],
  ['repository: "${{ github.event.forkee.full_name }}"', "fork"],
  ['ref: "${{ env.REF }}"', "issue_comment"],
])("a checkout of whatever ref a comment names takes code of outsiders: %s", (inputs, on) => {
  const env = "env: {REF: '${{ github.event.comment.body }}'}";
  expect(takenBy(checkout(inputs), on, env)).toEqual(["checkout 6 exact"]);
});

test.each([
  [
    run(
      'git fetch origin "$REF" && git checkout FETCH_HEAD',
      "REF: '${{ github.event.comment.body }}'",
    ),
  ],
  [run("git clone https://github.com/${{ github.actor }}/proj")],
  [run("git clone https://github.com/$GITHUB_ACTOR/proj")],
  ["uses: actions/checkout@v4\nwith: {ref: '${{ steps.s.outputs.v }}'}"],
])("%s takes what a text or a name of outsiders leads to", (step) => {
  const before = "{id: s, run: echo v=$B, env: {B: '${{ github.event.comment.body }}'}}";
  const steps = `steps:\n  - ${before}\n  - ${step.replace(/\n/g, "\n    ")}`;
  expect(grantedIn(jobWith(steps, "issue_comment"), readCheckouts)).toHaveLength(1);
});

test.each([
  [checkout('ref: "${{ github.event.issue.number }}"')],
  [checkout('ref: "${{ github.actor }}"')],
  [checkout('repository: "${{ github.repository_owner }}/proj"')],
  [checkout('repository: "${{ github.event.repository.owner.login }}/proj"')],
  [checkout('path: "${{ github.event.issue.title }}"')],
  [checkout('ref: "${{ steps.s.outputs.v }}"')],
  [run("git clone https://${{ github.actor }}:$T@github.com/octo/x")],
  [run("git config user.name $GITHUB_ACTOR && git pull")],
  ["uses: ./label\nwith: {title: '${{ github.event.issue.title }}', by: '${{ github.actor }}'}"],
])("%s takes nothing that outsiders choose", (step) => {
  expect(takenBy(step, "issues")).toEqual([]);
});

test.each([
  { what: "a diff that is applied", step: run("gh pr diff 7 | git apply") },
  {
    what: "a patch by its address",
    step: run("curl -sL ${{ github.event.pull_request.patch_url }} | git am"),
  },
  {
    what: "a diff by its address in env",
    step: run(
      'curl -sL "$U" -o x && git apply x',
      "U: '${{ github.event.pull_request.diff_url }}'",
    ),
  },
  {
    what: "an archive from the API",
    step: run('gh api "repos/o/r/tarball/$S"', "S: '${{ github.event.pull_request.head.sha }}'"),
  },
])("$what takes a head", ({ step }) => {
  expect(takenBy(step)).toEqual(["git 5 heuristic"]);
});

test.each([
  [run("gh pr diff 7 --name-only")],
  [run("git apply fix.patch")],
  [run("curl https://x.example/a.patch | git apply")],
  [run("gh api repos/o/r/tarball/main")],
])("%s takes no head", (step) => {
  expect(takenBy(step)).toEqual([]);
});

test.each(["Octo/My-Checkout", "octo/checkout-head", "checkout-it/now", "octo/ci/checkout/head"])(
  "another action that checks out counts, less surely: %s",
  (action) => {
    const step = `uses: ${action}@v1\nwith: {REF: refs/pull/7/head}`;
    expect(takenBy(step)).toEqual(["checkout 6 heuristic"]);
  },
);

test("a ref is followed through env, the step's before the job's", () => {
  const step = `${checkout('ref: "${{ env.REF }}"')}\nenv: {REF: main}`;
  const job = "env: {REF: '${{ github.head_ref }}'}";
  expect(takenBy(checkout('ref: "${{ env.REF }}"'), "pull_request_target", job)).toEqual([
    "checkout 6 exact",
  ]);
  expect(takenBy(step, "pull_request_target", job)).toEqual([]);
});

test.each([
  ["pull_request_target", true],
  ["[push, Workflow_Run]", true],
  ["issue_comment", true],
  ["pull_request", false],
  ["push", false],
  ["workflow_dispatch", false],
])("on %s a head's code is outsiders': %s", (on, taken) => {
  expect(takenBy(checkout("ref: refs/pull/7/head"), on)).toHaveLength(taken ? 1 : 0);
});

test.each([
  [
    "uses: actions/download-artifact@v4\nwith: {run-id: '${{ github.event.workflow_run.id }}'}",
    "6 exact",
  ],
  ["uses: dawidd6/action-download-artifact@v6\nwith: {workflow: ci.yml}", "5 exact"],
  ["uses: Dawidd6/Action-Download-Artifact@v6\nwith: {run_id: 1}", "6 exact"],
  [run("gh run download 7 -n dist"), "5 heuristic"],
  [run("gh api repos/o/r/actions/artifacts/7/zip > a.zip"), "5 heuristic"],
  [run("curl -L https://api.github.com/repos/o/r/actions/artifacts/$ID/zip"), "5 heuristic"],
  [
    "uses: actions/github-script@v7\nwith:\n  script: |\n    const a = 1;\n    await github.rest.actions.downloadArtifact({})",
    "9 heuristic",
  ],
])("another run's artifact is taken: %s", (step, rest) => {
  expect(takenBy(step, "workflow_run")).toEqual([`artifact ${rest}`]);
});

test.each([
  ["uses: actions/download-artifact@v4\nwith: {name: dist}"],
  ["uses: actions/download-artifact@v4\nwith: {run-id: '${{ github.run_id }}'}"],
  ["uses: actions/github-script@v7\nwith: {script: listArtifacts()}"],
  [run("gh run list")],
  [run("gh api repos/o/r/actions/artifacts")],
  [run("echo gh run download")],
])("no other run's artifact is taken: %s", (step) => {
  expect(takenBy(step, "workflow_run")).toEqual([]);
});

test.each([
  [run("gh pr checkout 7")],
  [run("hub pr checkout 7")],
  [run("git fetch origin pull/7/head:pr && git checkout pr")],
  [run("git fetch origin +refs/pull/${{ github.event.number }}/merge")],
  [run("git checkout ${{ github.event.pull_request.head.sha }}")],
  [run("git -C x -c a=b switch --detach $SHA", "SHA: '${{ github.event.pull_request.head.sha }}'")],
  [run('git checkout "origin/${GITHUB_HEAD_REF}"')],
  [run("git reset --hard $PR_HEAD_SHA")],
  [run("git clone ${{ github.event.pull_request.head.repo.clone_url }}")],
  [run("git fetch origin $GITHUB_HEAD_REF; git checkout FETCH_HEAD")],
])("a script takes outsiders' code: %s", (step) => {
  expect(takenBy(step)).toEqual(["git 5 heuristic"]);
});

test.each([
  [run("git fetch origin main && git checkout main")],
  [run("git fetch origin $GITHUB_HEAD_REF; git diff FETCH_HEAD")],
  [run("git fetch origin main; git checkout FETCH_HEAD")],
  [run("git checkout $SHA", "SHA: '${{ github.sha }}'")],
  [run("git checkout $PR_SHA", "PR_SHA: '${{ github.sha }}'")],
  [run("git push origin HEAD:$GITHUB_HEAD_REF")],
  [run("gh pr list && gh pr view 7")],
  [run("echo git checkout $GITHUB_HEAD_REF")],
  [run("# gh pr checkout 7")],
])("a script takes no outsiders' code: %s", (step) => {
  expect(takenBy(step)).toEqual([]);
});

/** The causes that what a step takes is given. */
function causesOf(step: string): string[] {
  const reach = takenIn(step, "issue_comment", "").flatMap((found) => found.reach);
  return reach.map(({ cause }) => cause).filter((cause) => cause.startsWith("code:"));
}

test.each(["actions/checkout@v4", "./build"])("to %s another ref is another cause", (uses) => {
  const causes = (ref: string): string[] => causesOf(`uses: ${uses}\nwith: {ref: "${ref}"}`);
  const first = causes("${{ github.head_ref }}");
  expect(first).toHaveLength(1);
  expect(causes("${{github['HEAD_REF']}}")).toEqual(first);
  expect(causes("${{ github.event.pull_request.head.sha }}")).not.toEqual(first);
});

test("a head that is handed to another action has another cause", () => {
  const causes = (path: string): string[] => causesOf(`uses: ${path}\nwith: {x: refs/pull/7/head}`);
  expect(causes("./build")).not.toEqual(causes("./test"));
  expect(causes("./build")).toEqual(causes("' ./build'"));
});

test.each([
  [
    "a variable of another variable",
    "env: {R: '${{ env.H }}'}",
    "env: {H: '${{ github.head_ref }}'}",
  ],
  ["a variable whose name is computed", "env: {R: '${{ github.head_ref }}'}", "name: x"],
  ["variables that an expression gives", "env: ${{ github.event.pull_request.head }}", "name: x"],
])("a checkout of %s takes outsiders' code", (_what, env, job) => {
  const ref = "${{ env[format('R')] || env.R }}";
  const step = `${checkout(`ref: "${ref}"`)}\n${env}`;
  expect(takenBy(step, "pull_request_target", job)).toHaveLength(1);
});

const ON_BOTH = "[pull_request, pull_request_target]";

test.each([
  ["github.event_name == 'pull_request'", 0],
  ["${{ github.event_name=='Pull_Request' && github.actor == 'a' }}", 0],
  ["github.event_name != 'pull_request_target'", 0],
  ["github.event_name == 'pull_request_target'", 1],
  ["github.event_name != 'push'", 1],
  ["github.event_name == 'pull_request' || github.actor == 'a'", 1],
  ["always() && github.event_name == 'pull_request'", 1],
  // With as little as a blank beside it, an expression is a text, which always holds.
  ["${{ github.event_name == 'pull_request' }} ", 1],
  ["${{ github.event_name == 'pull_request' }}\n", 1],
  ["x${{ github.event_name == 'pull_request' }}", 1],
])("where if is %s, an event of outsiders comes in: %i", (condition, count) => {
  const step = `${checkout("ref: refs/pull/7/head")}\nif: ${JSON.stringify(condition)}`;
  expect(takenBy(step, ON_BOTH)).toHaveLength(count);
  const job = `if: ${JSON.stringify(condition)}`;
  expect(takenBy(checkout("ref: refs/pull/7/head"), ON_BOTH, job)).toHaveLength(count);
});

const ref = (text: string): string => checkout(`ref: "${text}"`);
const matrix = (values: string): string => `strategy: {matrix: ${values}}`;

test.each([
  ["${{ matrix.r }}", "{r: [main, 'refs/pull/7/head']}"],
  ["${{ matrix.r }}", "{r: ['${{ github.head_ref }}']}"],
  ["${{ matrix.at.r }}", "{include: [{at: {r: refs/pull/7/head}}]}"],
  ["${{ matrix.r || 'main' }}", "{include: [{r: refs/pull/7/head}]}"],
  ["refs/${{ matrix.kind }}/7/head", "{kind: [heads, pull]}"],
  ["${{ matrix.a }}${{ matrix.b }}/7/head", "{a: [refs/pu], b: [ll]}"],
])("a checkout of %s with the matrix %s takes outsiders' code", (text, values) => {
  expect(takenBy(ref(text), "issue_comment", matrix(values))).toEqual(["checkout 6 exact"]);
});

test.each([
  ["with: ${{ matrix.with }}", "exact"],
  ["with: {ref: '${{ matrix.with[vars.NAME] }}'}", "heuristic"],
  ["with: {ref: '${{ join(matrix.*) }}'}", "heuristic"],
  ["with: ${{ matrix }}", "heuristic"],
])("a checkout %s takes the head that the matrix holds", (inputs, certainty) => {
  const job = matrix("{with: [{ref: refs/pull/7/head}]}");
  const step = `uses: actions/checkout@v4\n${inputs}`;
  expect(takenBy(step, "issue_comment", job)).toEqual([`checkout 6 ${certainty}`]);
});

test("a checkout of the matrix's inputs takes no head by another name", () => {
  const job = matrix("{with: [{path: refs/pull/7/head}]}");
  const step = "uses: actions/checkout@v4\nwith: ${{ matrix.with }}";
  expect(takenBy(step, "issue_comment", job)).toEqual([]);
});

test("a head among more values of a matrix than are put together is found", () => {
  const heads = Array.from({ length: 80 }, (_, at) => `v${at}`);
  const job = matrix(`{r: [${heads.join(", ")}, refs/pull/7/head]}`);
  expect(takenBy(ref("${{ matrix.r }}"), "issue_comment", job)).toEqual(["checkout 6 exact"]);
});

test("a matrix without a head gives none", () => {
  const job = matrix("{r: [main, next], s: [refs/pull/7/head]}");
  expect(takenBy(ref("${{ matrix.r }}"), "issue_comment", job)).toEqual([]);
  expect(takenBy(ref("refs/heads/${{ matrix.r }}"), "issue_comment", job)).toEqual([]);
});

test("past a hundred paths of a matrix each further one is a guess", () => {
  const steps = Array.from({ length: 102 }, (_, at) => ref(`\${{ matrix.a${at} }}`));
  const text = steps.map((step) => `  - ${step.replace(/\n/g, "\n    ")}`).join("\n");
  const found = grantedIn(jobWith(`steps:\n${text}`, "issues"), readCheckouts);
  expect(found.map(({ certainty }) => certainty)).toEqual(["heuristic", "heuristic"]);
});

test.each([
  ["refs/${{ 'pull' }}/${{ github.event.issue.number }}/head"],
  ["${{ format('refs/{0}/{1}/head', 'pull', github.event.issue.number) }}"],
  ["${{ format('refs/{0}{1}/7/head', 'pu', 'll') }}"],
  ["${{ 'refs/pu' }}ll/7/merge"],
])("a checkout of %s, put together, takes outsiders' code", (text) => {
  expect(takenBy(ref(text))).toEqual(["checkout 6 exact"]);
});

test.each([
  ["refs/${{ vars.KIND }}/7/head"],
  ["${{ join(fromJSON(format('[{0}]', vars.PARTS)), 'pull') }}"],
  [`\${{ format('{0}', '${"x".repeat(500)}') }}`],
])("a checkout of %s may be put together to be a head", (text) => {
  expect(takenBy(ref(text))).toEqual(["checkout 6 heuristic"]);
});

test("a job whose refs come out in more ways than anybody writes is not believed", () => {
  const choice = `\${{ ${Array.from({ length: 9 }, (_, at) => `x.a${at}`).join(" || ")} }}`;
  const steps = Array.from({ length: 40 }, (_, at) => ref(`${choice}${choice}/${at}`));
  const text = steps.map((step) => `  - ${step.replace(/\n/g, "\n    ")}`).join("\n");
  const found = grantedIn(jobWith(`steps:\n${text}`, "issues"), readCheckouts);
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(40);
});

test.each([
  ['${{ fromJSON(\'{"ref":"refs/pull/7/head"}\') }}', "exact"],
  ['${{ fromJSON(format(\'{{"ref":"{0}"}}\', github.head_ref)) }}', "exact"],
  ["${{ fromJSON(steps.pr.outputs.head_ref) }}", "heuristic"],
])("a checkout with: %s takes outsiders' code", (inputs, certainty) => {
  const step = `uses: actions/checkout@v4\nwith: ${inputs}`;
  expect(takenBy(step)).toEqual([`checkout 6 ${certainty}`]);
});

test("an inserted map of inputs is read, and what names no head gives none", () => {
  const step = (inputs: string): string => `uses: actions/checkout@v4\nwith: ${inputs}`;
  expect(takenBy(step("{'${{ insert }}': {ref: refs/pull/7/head}}"))).toEqual(["checkout 6 exact"]);
  expect(takenBy(step("{'${{ insert }}': {path: refs/pull/7/head}}"))).toEqual([]);
  expect(takenBy(step(`\${{ fromJSON('{"ref":"main"}') }}`))).toEqual([]);
  expect(takenBy(step("${{ fromJSON(vars.INPUTS) }}"))).toEqual([]);
});

/** What a checkout of this ref takes behind another step. */
function takenBehind(before: string, text: string): string[] {
  const steps = [before, ref(text)].map((step) => `  - ${step.replace(/\n/g, "\n    ")}`);
  const found = grantedIn(jobWith(`steps:\n${steps.join("\n")}`, "issue_comment"), readCheckouts);
  return found.map(({ name, certainty }) => `${name} ${certainty}`);
}

const OUTPUT = "${{ steps.q.outputs.v }}";
const VARIABLE = "${{ env.V }}";

test.each([
  [`id: Q\n${run('echo "v=$GITHUB_HEAD_REF" >> $GITHUB_OUTPUT')}`, OUTPUT],
  [`id: q\n${run('echo "v=$X" >> $GITHUB_OUTPUT', "X: '${{ github.head_ref }}'")}`, OUTPUT],
  [`id: q\n${run("gh pr view 7 --json headRefName >> $GITHUB_OUTPUT")}`, OUTPUT],
  ["id: q\nuses: octo/echo@v1\nwith: {v: '${{ github.event.pull_request.head.sha }}'}", OUTPUT],
  [run('echo "V=$GITHUB_HEAD_REF" >> $GITHUB_ENV'), VARIABLE],
  [run('{ echo "V=$GITHUB_HEAD_REF"; cat x\n} >> $GITHUB_ENV'), VARIABLE],
  [run("jq .pull_request.head.sha $GITHUB_EVENT_PATH | make >> $GITHUB_ENV"), VARIABLE],
  [run('echo "::set-env name=V::$GITHUB_HEAD_REF"'), VARIABLE],
  [
    "uses: actions/github-script@v7\nwith: {script: 'core.exportVariable(\"V\", context.payload.pull_request.head.sha)'}",
    VARIABLE,
  ],
])("a head that goes through %s is followed to %s", (before, text) => {
  expect(takenBehind(before, text)).toEqual(["checkout heuristic"]);
});

test.each([
  [`id: q\n${run('echo "v=main" >> $GITHUB_OUTPUT')}`, OUTPUT],
  [`id: p\n${run('echo "v=$GITHUB_HEAD_REF" >> $GITHUB_OUTPUT')}`, OUTPUT],
  [run('echo "W=$GITHUB_HEAD_REF" >> $GITHUB_ENV'), VARIABLE],
  [run('echo "V=main" >> $GITHUB_ENV'), VARIABLE],
  [run('V=$GITHUB_HEAD_REF; echo "$V"'), VARIABLE],
])("of %s nothing of a head comes to %s", (before, text) => {
  expect(takenBehind(before, text)).toEqual([]);
});

test("a head that goes through two steps is followed", () => {
  const first = `id: p\n${run('echo "v=$GITHUB_HEAD_REF" >> $GITHUB_OUTPUT')}`;
  const second = "id: q\nuses: octo/echo@v1\nwith: {v: '${{ steps.p.outputs.v }}'}";
  const text = [first, second, ref(OUTPUT)]
    .map((step) => `  - ${step.replace(/\n/g, "\n    ")}`)
    .join("\n");
  expect(grantedIn(jobWith(`steps:\n${text}`, "issue_comment"), readCheckouts)).toHaveLength(1);
});

test("a script takes what another step left in a variable", () => {
  const steps = [run('echo "V=$GITHUB_HEAD_REF" >> $GITHUB_ENV'), run("git checkout $V")];
  const text = steps.map((step) => `  - ${step.replace(/\n/g, "\n    ")}`).join("\n");
  const found = grantedIn(jobWith(`steps:\n${text}`, "issues"), readCheckouts);
  expect(found.map(({ name }) => name)).toEqual(["git"]);
});

const HEAD = checkout("ref: refs/pull/7/head");

test.each([
  ["workflow_call", "true", ["called"]],
  ["[workflow_call, push]", "true", ["called"]],
  ["[workflow_call, issue_comment]", "true", ["privileged"]],
  ["[workflow_call, issue_comment]", "github.event_name != 'issue_comment'", ["called"]],
  ["workflow_call", "github.event_name == 'pull_request_target'", ["called"]],
  ["workflow_call", "github.event_name == 'pull_request'", []],
  ["[push, pull_request]", "true", []],
  ["pull_request_target", "true", ["privileged"]],
])("on %s, if %s, outsiders' code is taken at the levels %j", (on, condition, levels) => {
  expect(levelsOf(`${HEAD}\nif: ${condition}`, on)).toEqual(levels);
  expect(levelsOf(HEAD, on, `if: ${condition}`)).toEqual(levels);
});

test("a workflow that is only called is as sure of its text as any", () => {
  expect(takenBy(HEAD, "workflow_call")).toEqual(["checkout 6 exact"]);
  expect(takenBy(run("gh pr checkout 7"), "workflow_call")).toEqual(["git 5 heuristic"]);
  expect(takenBy(ref("${{ inputs.ref }}"), "workflow_call")).toEqual([]);
});

test.each([
  ["an action", "uses: ./.github/actions/build\nwith: {commit: '${{ github.head_ref }}'}"],
  ["an action in other spelling", "uses: ' .\\build'\nwith: {x: refs/pull/7/head}"],
  ["an action, by computed inputs", "uses: ./build\nwith: ${{ github.event.pull_request.head }}"],
])("a head that is handed to %s of the repository is taken there", (_what, step) => {
  expect(takenBy(step)).toEqual(["checkout 6 heuristic"]);
  expect(takenBy(step, "pull_request")).toEqual([]);
});

test.each([
  ["uses: ./build\nwith: {ref: main}"],
  ["uses: ./build"],
  ["uses: octo/build@v1\nwith: {ref: refs/pull/7/head}"],
  ["uses: octo/actions/./build@v1\nwith: {ref: refs/pull/7/head}"],
  ["uses: octo/checkouts@v1\nwith: {ref: refs/pull/7/head}"],
])("no head is handed on: %s", (step) => {
  expect(takenBy(step)).toEqual([]);
});

test("a head that is handed to a workflow of the repository is taken there", () => {
  const called = (uses: string, input: string, on = "issue_comment"): Capability[] =>
    grantedIn(jobWith(`uses: ${uses}\nwith: {x: "${input}"}`, on), readCheckouts);
  const [found, ...others] = called("./.github/workflows/b.yml", "refs/pull/7/head");
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    name: "checkout",
    level: "privileged",
    line: 5,
    certainty: "heuristic",
  });
  expect(found?.context).toMatch(/; handed to \.\/\.github\/workflows\/b\.yml$/);
  expect(called("./b.yml", "main")).toEqual([]);
  expect(called("octo/ci/.github/workflows/b.yml@v1", "refs/pull/7/head")).toEqual([]);
  expect(called("./b.yml", "refs/pull/7/head", "push")).toEqual([]);
});
