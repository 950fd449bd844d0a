import fc from "fast-check";
import { expect, test } from "vitest";
import type { Capability, Reading } from "../../../rules/capabilities/capability.ts";
import { githubWorkflow } from "../../../rules/capabilities/github-workflow.ts";
import { reachTexts } from "../../../rules/capabilities/reach.ts";
import { contentDigest } from "../../../rules/capabilities/holder-content.ts";

const PATH = ".github/workflows/ci.yml";

function read(text: string): Reading {
  return githubWorkflow.read(PATH, new TextEncoder().encode(text));
}

function capabilitiesOf(text: string): readonly Capability[] {
  const reading = read(text);
  if (!reading.understood) throw new Error(`${reading.code}: ${reading.why}`);
  return reading.capabilities;
}

/** `holder name level line` of each capability of a kind. */
function granted(text: string, kind = "github.workflow.permission"): string[] {
  return capabilitiesOf(text)
    .filter((capability) => capability.kind === kind)
    .map(({ holder, name, level, line }) => `${holder} ${name} ${level ?? ""} ${line}`);
}

const triggersOf = (text: string): string[] => granted(text, "github.workflow.trigger");

/** Its first permission, which stands for its job. */
function jobOf(text: string): Capability {
  const found = capabilitiesOf(text).find(({ kind }) => kind === "github.workflow.permission");
  if (!found) throw new Error("no permission");
  return found;
}

function workflow(permissions: string, job = "runs-on: x"): string {
  return `on: push\n${permissions}\njobs:\n  a:\n    ${job}\n`;
}

test.each([
  [".github/workflows/ci.yml", "grants"],
  [".github/workflows/ci.yaml", "grants"],
  [".github/workflows/.yml", null],
  [".github/workflows/sub/ci.yml", null],
  [".github/Workflows/ci.yml", null],
  [".github/workflows/ci.YML", null],
  [".github/workflows/ci.yml.txt", null],
  ["x/.github/workflows/ci.yml", null],
  ["workflows/ci.yml", null],
])("%s is claimed as %s", (path, claim) => {
  expect(githubWorkflow.claims(path)).toBe(claim);
});

test.each([
  {
    when: "the workflow has a map",
    text: workflow("permissions:\n  contents: read\n  issues: write"),
    grants: ["jobs.a contents read 3", "jobs.a issues write 4"],
  },
  {
    when: "the job has a map: it replaces the workflow's as a whole",
    text: workflow("permissions: write-all", "permissions: {issues: read}"),
    grants: ["jobs.a issues read 5"],
  },
  { when: "the map is empty", text: workflow("permissions: {}"), grants: [] },
  { when: "the level is none", text: workflow("permissions: {contents: none}"), grants: [] },
  {
    when: "the job's map is empty under a workflow's",
    text: workflow("permissions: write-all", "permissions: {}"),
    grants: [],
  },
  {
    when: "a scope is not known yet",
    text: workflow("permissions: {quantum: write, Contents: read}"),
    grants: ["jobs.a quantum write 2", "jobs.a Contents read 2"],
  },
  {
    when: "a map is an alias",
    text: "on: push\npermissions: &p\n  issues: write\njobs:\n  a: {permissions: *p}\n  b: {}\n",
    grants: ["jobs.a issues write 3", "jobs.b issues write 3"],
  },
])("permissions are the effective ones where $when", ({ text, grants }) => {
  expect(granted(text)).toEqual(grants);
});

test("read-all reads all that can be read", () => {
  const grants = granted(workflow("permissions: read-all"));
  expect(grants).toContain("jobs.a contents read 2");
  expect(grants).toContain("jobs.a models read 2");
  expect(grants.join()).not.toMatch(/write|id-token|workflows/);
  expect(grants).toHaveLength(16);
});

test("write-all gives each scope the most that it knows, an OpenID token among them", () => {
  const grants = granted(workflow("permissions:\n  write-all"));
  expect(grants).toContain("jobs.a contents write 3");
  expect(grants).toContain("jobs.a id-token write 3");
  expect(grants).toContain("jobs.a models read 3");
  expect(grants).toHaveLength(19);
});

test("a job without permissions has each known scope at the default level, at its own line", () => {
  const grants = granted("on: push\njobs:\n  a: {}\n  b: {permissions: {contents: read}}\n");
  expect(grants).toContain("jobs.a contents default 3");
  expect(grants).toContain("jobs.a id-token default 3");
  expect(grants).toContain("jobs.b contents read 4");
  expect(grants).toHaveLength(20);
});

test.each([
  { setting: "read", side: "head", name: "contents", level: "read" },
  { setting: "read", side: "head", name: "packages", level: "read" },
  { setting: "read", side: "head", name: "issues", level: null },
  { setting: "write", side: "base", name: "contents", level: "write" },
  { setting: "write", side: "base", name: "models", level: "read" },
  { setting: "write", side: "head", name: "id-token", level: null },
  { setting: "unknown", side: "base", name: "contents", level: "read" },
  { setting: "unknown", side: "base", name: "issues", level: null },
  { setting: "unknown", side: "head", name: "issues", level: "write" },
  { setting: "unknown", side: "head", name: "id-token", level: null },
] as const)(
  "a default of $setting gives $name $level at $side",
  ({ setting, side, name, level }) => {
    const permission = capabilitiesOf("on: push\njobs:\n  a: {}\n").find(
      (capability) => capability.name === name,
    );
    if (!permission) throw new Error(`no ${name}`);
    const settings = { defaultTokenPermissions: setting };
    expect(githubWorkflow.resolve?.(permission, side, settings)).toBe(level);
    expect(githubWorkflow.resolve?.({ ...permission, level: "read" }, side, settings)).toBe("read");
  },
);

test.each([
  { form: "a word", text: "on: push", triggers: ["on push ordinary 1"] },
  {
    form: "a list",
    text: "on:\n  - push\n  - issues",
    triggers: ["on push ordinary 2", "on issues privileged 3"],
  },
  {
    form: "a map",
    text: "on:\n  push:\n    branches: [main]\n  pull_request_target:",
    triggers: ["on push ordinary 2", "on pull_request_target privileged 4"],
  },
  { form: "a word twice", text: "on: [push, push]", triggers: ["on push ordinary 1"] },
  { form: "a quoted key", text: "'on': \"push\"", triggers: ["on push ordinary 1"] },
  { form: "an event not known yet", text: "on: comet", triggers: ["on comet ordinary 1"] },
])("events are found in $form", ({ text, triggers }) => {
  expect(triggersOf(`${text}\njobs: {a: {}}\n`)).toEqual(triggers);
});

test.each([
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "issue_comment",
  "issues",
  "pull_request_comment",
  "pull_request_target",
  "watch",
  "workflow_run",
  "Pull_Request_TARGET",
])("%s is privileged, and lets its outsiders reach each job", (event) => {
  const text = `on: ${event}\njobs: {a: {environment: prod}}\n`;
  expect(triggersOf(text)).toEqual([`on ${event} privileged 1`]);
  expect(reachTexts(jobOf(text).reach)).toContain(`trigger:${event}`);
});

test.each([
  "push",
  "pull_request",
  "pull_request_review",
  "schedule",
  "workflow_call",
  "workflow_dispatch",
  "constructor",
])("%s is ordinary", (event) => {
  expect(triggersOf(`on: ${event}\njobs: {a: {}}\n`)).toEqual([`on ${event} ordinary 1`]);
});

test.each([
  { job: "{}", context: "on fork, push", reach: ["run", "trigger:fork"] },
  {
    job: "{environment: prod}",
    context: "on fork, push; environment prod",
    reach: [`run; environment ${contentDigest("prod")}`, "trigger:fork"],
  },
  {
    job: "{environment: {name: prod, url: x}}",
    context: "on fork, push; environment prod",
    reach: [`run; environment ${contentDigest("prod")}`, "trigger:fork"],
  },
  {
    job: "{environment: '${{ inputs.where }}'}",
    context: "on fork, push; environment ${{ inputs.where }}",
    reach: ["run", "trigger:fork"],
  },
  {
    job: "{environment: ''}",
    context: "on fork, push",
    reach: ["run", "trigger:fork"],
  },
  {
    job: "{if: github.actor == 'ann', uses: ./.github/workflows/b.yml}",
    context: "on fork, push; if guarded; calls ./.github/workflows/b.yml",
    reach: ["run", `trigger:fork; if ${contentDigest("github.actor == 'ann'")}`],
  },
])("the context of $job is $context", ({ job, context, reach }) => {
  const held = jobOf(`on: [push, fork]\npermissions: {issues: read}\njobs:\n  a: ${job}\n`);
  expect(held.context).toBe(context);
  expect(reachTexts(held.reach)).toEqual(reach);
});

test("where no permissions are declared, the context says so", () => {
  expect(jobOf("on: push\njobs: {a: {}}\n").context).toBe("on push; permissions not declared");
});

test("what a context quotes is one short printable line", () => {
  const environment = `"a\\n::error::b\\x1b[31m\\u202e${"x".repeat(1000)}"`;
  const { context } = jobOf(
    `on: push\npermissions: {issues: read}\njobs:\n  a: {environment: ${environment}}\n`,
  );
  expect(context).toMatch(/^on push; environment a ::error::b \[31m x+…$/);
  expect(context.length).toBeLessThan(300);
});

test.each([
  {
    filters: "{branches: [main, next], types: opened}",
    context: "branches main, next; types opened",
  },
  {
    filters: "{types: opened, branches: [main, next]}",
    context: "branches main, next; types opened",
  },
  { filters: "[{cron: 1 2 3 4 5}]", context: "cron 1 2 3 4 5" },
  { filters: "", context: "unfiltered" },
])("an event's context shows its filters: $filters", ({ filters, context }) => {
  const [trigger] = capabilitiesOf(`on:\n  push: ${filters}\njobs: {a: {}}\n`);
  expect(trigger).toMatchObject({ kind: "github.workflow.trigger", context });
});

const STEPS = "steps: [{run: make, env: {A: 1, B: 'x'}}], if: always()";

test.each([
  { what: "its order of keys", job: "if: always(), steps: [{env: {B: 'x', A: 1}, run: make}]" },
  { what: "its quoting", job: "steps: [{run: 'make', env: {A: 1, \"B\": x}}], if: 'always()'" },
  { what: "its name", job: `name: other, ${STEPS}` },
  { what: "its permissions", job: `permissions: write-all, ${STEPS}` },
])("a job's content stays the same whatever $what", ({ job }) => {
  expect(contentOf(job)).toBe(contentOf(STEPS));
});

test.each([
  { what: "a command", job: STEPS.replace("make", "make all") },
  { what: "a guard", job: "steps: [{run: make, env: {A: 1, B: 'x'}}]" },
  { what: "the type of a value", job: STEPS.replace("1", "'1'") },
  { what: "an inner name", job: STEPS.replace("run:", "name: x, run:") },
  { what: "the order of a list", job: `needs: [a, b], ${STEPS}` },
])("a job's content differs with $what", ({ job }) => {
  expect(contentOf(job)).not.toBe(contentOf(STEPS));
  expect(contentOf(`needs: [b, a], ${STEPS}`)).not.toBe(contentOf(`needs: [a, b], ${STEPS}`));
});

function contentOf(job: string): string {
  return jobOf(`on: push\npermissions: {issues: read}\njobs:\n  a: {${job}}\n`).holderContent;
}

test.each([
  { what: "what it runs", text: "on: fork\njobs: {a: {steps: [{run: evil}]}}\n" },
  { what: "its filters", text: "on: {fork: {types: x}}\njobs: {a: {}}\n" },
  { what: "the workflow's settings", text: "on: fork\nenv: {A: b}\njobs: {a: {}}\n" },
])("a trigger's content differs with $what", ({ text }) => {
  const [plain] = capabilitiesOf("on: fork\njobs: {a: {}}\n");
  const [other] = capabilitiesOf(text);
  expect(other?.holderContent).not.toBe(plain?.holderContent);
});

test("a trigger's content stays the same whatever grants, names and other events", () => {
  const [plain] = capabilitiesOf("on: fork\njobs: {a: {}}\n");
  const [same] = capabilitiesOf(
    "name: x\non: [fork, push]\npermissions: {}\njobs: {b: {permissions: {issues: read}, name: y}}\n",
  );
  expect(same?.holderContent).toBe(plain?.holderContent);
});

test.each([
  { what: "an empty file", text: "", code: "no-workflow", line: 1 },
  { what: "a list", text: "- a", code: "no-workflow", line: 1 },
  { what: "no on", text: "# c\njobs: {a: {}}", code: "no-triggers", line: 2 },
  { what: "an empty on", text: "jobs: {a: {}}\non: []", code: "no-triggers", line: 2 },
  { what: "an on of null", text: "jobs: {a: {}}\non:", code: "trigger-form", line: 2 },
  { what: "an on of true", text: "on: true\njobs: {a: {}}", code: "trigger-form", line: 1 },
  {
    what: "an event twice, in other letters",
    text: "jobs: {a: {}}\non: [fork, Fork]",
    code: "trigger-form",
    line: 2,
  },
  {
    what: "an expression as on",
    text: "on: ${{ x }}\njobs: {a: {}}",
    code: "trigger-form",
    line: 1,
  },
  {
    what: "a map among events",
    text: "on:\n- push\n- {fork: }\njobs: {a: {}}",
    code: "trigger-form",
    line: 3,
  },
  { what: "very many events", text: manyTriggers(101), code: "too-many-triggers", line: 1 },
  { what: "no jobs", text: "on: push", code: "no-jobs", line: 1 },
  { what: "empty jobs", text: "on: push\njobs: {}", code: "no-jobs", line: 2 },
  { what: "jobs that are a list", text: "on: push\njobs: [a]", code: "no-jobs", line: 2 },
  { what: "very many jobs", text: manyJobs(1001), code: "too-many-jobs", line: 2 },
  { what: "a job that is a word", text: "on: push\njobs:\n  a: b", code: "job-form", line: 3 },
  {
    what: "a job id that holds more",
    text: "on: push\njobs:\n  a b: {}",
    code: "job-form",
    line: 3,
  },
  {
    what: "a job id too long",
    text: `on: push\njobs: {${"a".repeat(101)}: {}}`,
    code: "job-form",
    line: 2,
  },
  { what: "null permissions", text: workflow("permissions:"), code: "permission-form", line: 2 },
  {
    what: "unknown permissions",
    text: workflow("permissions: all"),
    code: "permission-form",
    line: 2,
  },
  {
    what: "a list of permissions",
    text: workflow("permissions: [contents]"),
    code: "permission-form",
    line: 2,
  },
  {
    what: "an expression as permissions",
    text: workflow("permissions: ${{ x }}"),
    code: "permission-form",
    line: 2,
  },
  {
    what: "an unknown level",
    text: workflow("permissions:\n  contents: admin"),
    code: "permission-form",
    line: 3,
  },
  {
    what: "a level in capitals",
    text: workflow("permissions: {contents: WRITE}"),
    code: "permission-form",
    line: 2,
  },
  {
    what: "a null level",
    text: workflow("permissions: {contents: }"),
    code: "permission-form",
    line: 2,
  },
  {
    what: "an expression as a level",
    text: workflow("permissions: {contents: '${{ x }}'}"),
    code: "permission-form",
    line: 2,
  },
  {
    what: "an expression as a scope",
    text: workflow("permissions: {'${{ x }}': read}"),
    code: "permission-form",
    line: 2,
  },
  {
    what: "a job's unknown permissions",
    text: workflow("", "permissions: x"),
    code: "permission-form",
    line: 5,
  },
  {
    what: "unknown permissions that each job replaces",
    text: workflow("permissions: x", "permissions: {}"),
    code: "permission-form",
    line: 2,
  },
  { what: "very many scopes", text: workflow(manyScopes(101)), code: "too-many-scopes", line: 2 },
  { what: "broken YAML", text: "on: push\njobs: {a: {}\n", code: "not-yaml", line: 3 },
])("$what is not understood", ({ text, code, line }) => {
  expect(read(text)).toMatchObject({ understood: false, code, line });
});

test("a workflow of 5 MB is not understood", () => {
  const text = `${workflow("permissions: {}")}# ${"x".repeat(5_000_000)}\n`;
  expect(read(text)).toMatchObject({ understood: false, code: "too-large" });
});

test("what is just within the caps is understood", () => {
  for (const text of [manyTriggers(100), manyJobs(1000), workflow(manyScopes(100))]) {
    expect(read(text)).toMatchObject({ understood: true });
  }
});

test("reading is total: any bytes are understood or not", () => {
  const words = fc.constantFrom(
    "on: ",
    "push\n",
    "jobs:\n",
    "  a:\n",
    "    permissions: ",
    "write-all\n",
    "{}",
    "[]",
    "&x ",
    "*x",
    "\n",
  );
  const texts = fc
    .array(words, { maxLength: 12 })
    .map((parts) => new TextEncoder().encode(parts.join("")));
  fc.assert(
    fc.property(fc.oneof(texts, fc.uint8Array({ maxLength: 64 })), (bytes) => {
      expect(typeof githubWorkflow.read(PATH, bytes).understood).toBe("boolean");
    }),
    { numRuns: 500 },
  );
});

function manyTriggers(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `e${index}`);
  return `on: [${names.join()}]\njobs: {a: {}}\n`;
}

function manyJobs(count: number): string {
  const jobs = Array.from({ length: count }, (_, index) => `j${index}: {permissions: {}}`);
  return `on: push\njobs: {${jobs.join()}}\n`;
}

function manyScopes(count: number): string {
  const scopes = Array.from({ length: count }, (_, index) => `s${index}: read`);
  return `permissions: {${scopes.join()}}`;
}
