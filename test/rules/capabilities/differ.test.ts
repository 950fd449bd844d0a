import { expect, test } from "vitest";
import { diffCapabilities } from "../../../rules/capabilities/differ.ts";
import { readCapabilities } from "../../../rules/capabilities/read-change.ts";
import type { DefaultTokenPermissions } from "../../../rules/facts/facts.ts";
import { changeOf, diffOf, shown, type Tree } from "./changes.ts";

const CI = ".github/workflows/ci.yml";
const RELEASE = ".github/workflows/release.yml";
const NEW = ".github/workflows/new.yml";

interface JobText {
  readonly permissions?: string;
  readonly run?: string;
  readonly more?: string;
}

function workflow(jobs: Record<string, JobText>, on = "push"): string {
  const lines = Object.entries(jobs).flatMap(([id, { permissions, run = id, more }]) => [
    `  ${id}:`,
    ...(permissions === undefined ? [] : [`    permissions: {${permissions}}`]),
    ...(more === undefined ? [] : [`    ${more}`]),
    `    steps: [{run: ${run}}]`,
  ]);
  return `on: ${on}\njobs:\n${lines.join("\n")}\n`;
}

function facts(base: Tree, head: Tree, setting?: DefaultTokenPermissions): string[] {
  return diffOf(base, head, setting).map(shown);
}

const build = { permissions: "contents: read" };
const release = { permissions: "contents: write" };

test.each<{ what: string; base: Tree; head: Tree }>([
  {
    what: "reformatting and comments",
    base: { [CI]: workflow({ release }) },
    head: {
      [CI]: "# c\n'on': [push]\n\njobs: {release: {steps: [ {'run': release} ], permissions: {contents: write}}}\n",
    },
  },
  {
    what: "the order of jobs",
    base: { [CI]: workflow({ build, release }) },
    head: { [CI]: workflow({ release, build }) },
  },
  {
    what: "a renamed job",
    base: { [CI]: workflow({ release }) },
    head: { [CI]: workflow({ publish: { ...release, run: "release" } }) },
  },
  {
    what: "a renamed file",
    base: { [CI]: workflow({ release }) },
    head: { [NEW]: workflow({ release }) },
  },
  {
    what: "a file renamed and edited",
    base: { [CI]: workflow({ release }) },
    head: { [NEW]: workflow({ release: { ...release, run: "other" } }) },
  },
  {
    what: "a job moved between workflows of one context",
    base: { [CI]: workflow({ build, release }), [RELEASE]: workflow({ other: build }) },
    head: { [CI]: workflow({ build }), [RELEASE]: workflow({ other: build, release }) },
  },
  {
    what: "a job moved and renamed",
    base: { [CI]: workflow({ build, release }), [RELEASE]: workflow({ other: build }) },
    head: {
      [CI]: workflow({ build }),
      [RELEASE]: workflow({ other: build, publish: { ...release, run: "release" } }),
    },
  },
  {
    what: "another spelling of an `if` and of filters before outsiders",
    base: {
      [CI]: workflow({ a: { ...release, more: "if: x == y" } }, "{issues: {types: [a, b]}}"),
    },
    head: {
      [CI]: workflow({ a: { ...release, more: "if: ${{ x == y }}" } }, "{issues: {types: [b, a]}}"),
    },
  },
  {
    what: "an `if` that goes where no outsider comes",
    base: { [CI]: workflow({ a: { ...release, more: "if: x" } }) },
    head: { [CI]: workflow({ a: release }) },
  },
  {
    what: "two jobs that swap their names",
    base: { [CI]: workflow({ a: release, b: release }) },
    head: {
      [CI]: workflow({ b: { ...release, run: "a" }, a: { ...release, run: "b" } }),
    },
  },
  {
    what: "a permission moved from the workflow to its only job",
    base: { [CI]: `permissions: {contents: write}\n${workflow({ a: {} })}` },
    head: { [CI]: workflow({ a: release }) },
  },
  {
    what: "a job edited in place",
    base: { [CI]: workflow({ release }) },
    head: { [CI]: workflow({ release: { ...release, run: "other" } }) },
  },
  {
    what: "a job without permissions on both sides",
    base: { [CI]: workflow({ a: {} }) },
    head: { [CI]: workflow({ a: { run: "other" } }) },
  },
  {
    what: "a guard that comes or goes",
    base: { [CI]: workflow({ a: { ...release, more: "if: x" } }) },
    head: { [CI]: workflow({ a: release }) },
  },
])("$what grant nothing new", ({ base, head }) => {
  expect(facts(base, head)).toEqual([]);
});

test.each<{ what: string; base: Tree; head: Tree; gives: string[] }>([
  {
    what: "a read that becomes a write",
    base: { [CI]: workflow({ release: build }) },
    head: { [CI]: workflow({ release }) },
    gives: ["raised jobs.release contents read→write ci.yml:4"],
  },
  {
    what: "a write that becomes a read",
    base: { [CI]: workflow({ release }) },
    head: { [CI]: workflow({ release: build }) },
    gives: ["lowered jobs.release contents write→read ci.yml:4"],
  },
  {
    what: "a new scope",
    base: { [CI]: workflow({ build }) },
    head: { [CI]: workflow({ build: { permissions: "contents: read, id-token: write" } }) },
    gives: ["added jobs.build id-token -→write ci.yml:4"],
  },
  {
    what: "a scope that goes",
    base: { [CI]: workflow({ build: { permissions: "contents: read, issues: write" } }) },
    head: { [CI]: workflow({ build }) },
    gives: ["removed jobs.build issues write→- ci.yml:4"],
  },
  {
    what: "a harmless job deleted and a hostile one added with the same scope",
    base: { [CI]: workflow({ build, release }) },
    head: { [CI]: workflow({ build, hostile: release }) },
    gives: [
      "added jobs.hostile contents -→write ci.yml:7",
      "removed jobs.release contents write→- ci.yml:7",
    ],
  },
  {
    what: "a job that is copied",
    base: { [CI]: workflow({ release }) },
    head: { [CI]: workflow({ release, again: { ...release, run: "release" } }) },
    gives: ["added jobs.again contents -→write ci.yml:7"],
  },
  {
    what: "a job moved to where outsiders reach it",
    base: { [CI]: workflow({ build, release }), [RELEASE]: workflow({ build }, "[push, fork]") },
    head: { [CI]: workflow({ build }), [RELEASE]: workflow({ build, release }, "[push, fork]") },
    gives: [
      "removed jobs.release contents write→- ci.yml:7",
      "added jobs.release contents -→write release.yml:7",
    ],
  },
  {
    what: "a renamed file with more events",
    base: { [CI]: workflow({ release }) },
    head: { [NEW]: workflow({ release }, "[push, fork]") },
    gives: [
      "removed jobs.release contents write→- ci.yml:4",
      "added on fork -→privileged new.yml:1",
      "added jobs.release contents -→write new.yml:4",
    ],
  },
  {
    what: "a deleted file whose job's name another file's new job takes",
    base: { [CI]: workflow({ release }), [RELEASE]: workflow({ build }) },
    head: { [RELEASE]: workflow({ build, release: { ...release, run: "hostile" } }) },
    gives: [
      "removed on push ordinary→- ci.yml:1",
      "removed jobs.release contents write→- ci.yml:4",
      "added jobs.release contents -→write release.yml:7",
    ],
  },
  {
    what: "a moved job never vouches for another one of its name",
    base: { [CI]: workflow({ release }) },
    head: {
      [NEW]: workflow({
        moved: { ...release, run: "release" },
        release: { ...release, run: "evil" },
      }),
    },
    gives: ["added jobs.release contents -→write new.yml:7"],
  },
  {
    what: "a privileged event that one workflow loses and another gains",
    base: { [CI]: workflow({ build }, "[push, fork]"), [RELEASE]: workflow({ release }) },
    head: { [CI]: workflow({ build }), [RELEASE]: workflow({ release }, "[push, fork]") },
    gives: [
      "removed on fork privileged→- ci.yml:1",
      "lowered jobs.build contents read→read ci.yml:4",
      "raised jobs.release contents write→write release.yml:1",
      "added on fork -→privileged release.yml:1",
    ],
  },
  {
    what: "a job renamed while outsiders come to reach it",
    base: { [CI]: workflow({ release }) },
    head: { [CI]: workflow({ publish: { ...release, run: "release" } }, "[push, fork]") },
    gives: [
      "raised jobs.publish contents write→write ci.yml:1",
      "added on fork -→privileged ci.yml:1",
    ],
  },
  {
    what: "two like jobs that move and swap their grants",
    base: {
      [CI]: workflow({ a: { ...release, run: "x" }, b: { ...build, run: "x" } }),
      [RELEASE]: workflow({ build }),
    },
    head: {
      [RELEASE]: workflow({ build, a: { ...build, run: "x" }, b: { ...release, run: "x" } }),
    },
    gives: [
      "removed on push ordinary→- ci.yml:1",
      "lowered jobs.a contents write→read release.yml:7",
      "raised jobs.b contents read→write release.yml:10",
    ],
  },
  {
    what: "an environment that goes",
    base: { [CI]: workflow({ a: { ...release, more: "environment: prod" } }) },
    head: { [CI]: workflow({ a: release }) },
    gives: ["raised jobs.a contents write→write ci.yml:3"],
  },
  {
    what: "an environment that comes",
    base: { [CI]: workflow({ a: release }) },
    head: { [CI]: workflow({ a: { ...release, more: "environment: prod" } }) },
    gives: ["lowered jobs.a contents write→write ci.yml:4"],
  },
  {
    what: "an environment that becomes another",
    base: { [CI]: workflow({ a: { ...release, more: "environment: prod" } }) },
    head: { [CI]: workflow({ a: { ...release, more: "environment: other" } }) },
    gives: ["raised jobs.a contents write→write ci.yml:5"],
  },
  {
    what: "an `if` that goes before outsiders",
    base: { [CI]: workflow({ a: { ...release, more: "if: github.actor == 'ann'" } }, "issues") },
    head: { [CI]: workflow({ a: release }, "issues") },
    gives: ["raised jobs.a contents write→write ci.yml:3"],
  },
  {
    what: "an `if` that becomes another before outsiders",
    base: { [CI]: workflow({ a: { ...release, more: "if: github.actor == 'ann'" } }, "issues") },
    head: { [CI]: workflow({ a: { ...release, more: "if: true" } }, "issues") },
    gives: ["raised jobs.a contents write→write ci.yml:5"],
  },
  {
    what: "an `if` that comes before outsiders",
    base: { [CI]: workflow({ a: release }, "issues") },
    head: { [CI]: workflow({ a: { ...release, more: "if: github.actor == 'ann'" } }, "issues") },
    gives: ["lowered jobs.a contents write→write ci.yml:4"],
  },
  {
    what: "an `if` that asks for more besides",
    base: { [CI]: workflow({ a: { ...release, more: "if: github.actor == 'ann'" } }, "issues") },
    head: {
      [CI]: workflow(
        { a: { ...release, more: "if: github.repository == 'a/b' && github.actor == 'ann'" } },
        "issues",
      ),
    },
    gives: ["lowered jobs.a contents write→write ci.yml:4"],
  },
  {
    what: "an `if` that has a way around it",
    base: { [CI]: workflow({ a: { ...release, more: "if: github.actor == 'ann'" } }, "issues") },
    head: {
      [CI]: workflow({ a: { ...release, more: "if: github.actor == 'ann' || true" } }, "issues"),
    },
    gives: ["raised jobs.a contents write→write ci.yml:5"],
  },
  {
    what: "an `if` that no longer waits for the jobs before",
    base: { [CI]: workflow({ a: { ...release, more: "if: github.actor == 'ann'" } }, "issues") },
    head: {
      [CI]: workflow(
        { a: { ...release, more: "if: always() && github.actor == 'ann'" } },
        "issues",
      ),
    },
    gives: ["raised jobs.a contents write→write ci.yml:5"],
  },
  {
    what: "a filter that goes before outsiders",
    base: { [CI]: workflow({ build }, "{workflow_run: {workflows: [x], branches: [main]}}") },
    head: { [CI]: workflow({ build }, "{workflow_run: {workflows: [x], branches: }}") },
    gives: ["raised on workflow_run privileged→privileged ci.yml:1"],
  },
  {
    what: "a filter that becomes another before outsiders",
    base: { [CI]: workflow({ build }, "{workflow_run: {workflows: [x], branches: [main]}}") },
    head: { [CI]: workflow({ build }, "{workflow_run: {workflows: [x], branches: ['**']}}") },
    gives: ["raised on workflow_run privileged→privileged ci.yml:1"],
  },
  {
    what: "a filter that comes before outsiders",
    base: { [CI]: workflow({ build }, "{workflow_run: {workflows: [x]}}") },
    head: { [CI]: workflow({ build }, "{workflow_run: {workflows: [x], branches: [main]}}") },
    gives: ["lowered on workflow_run privileged→privileged ci.yml:1"],
  },
  {
    what: "a lower level with more reach",
    base: { [CI]: workflow({ a: { ...release, more: "environment: prod" } }) },
    head: { [CI]: workflow({ a: build }) },
    gives: ["raised jobs.a contents write→read ci.yml:4"],
  },
  {
    what: "a workflow that was broken",
    base: { [CI]: "on: push\njobs: broken\n" },
    head: { [CI]: workflow({ build }) },
    gives: ["added on push -→ordinary ci.yml:1", "added jobs.build contents -→read ci.yml:4"],
  },
  {
    what: "of two equal jobs the weaker one that goes",
    base: { [CI]: workflow({ a: { ...release, run: "x" }, b: { ...build, run: "x" } }) },
    head: { [NEW]: workflow({ c: { ...release, run: "x" } }) },
    gives: ["removed jobs.b contents read→- ci.yml:7"],
  },
])("$what is seen", ({ base, head, gives }) => {
  expect(facts(base, head)).toEqual(gives);
});

test.each([
  { when: "the base took it back", baseTip: null, gives: ["added jobs.release contents -→write"] },
  { when: "the base still has it", gives: [] },
])("a grant that moves where $when gives $gives", ({ gives, ...since }) => {
  const { listing, contents } = changeOf(
    { [CI]: workflow({ release }) },
    { [NEW]: workflow({ release }) },
  );
  const files = listing.files.map((file) => (file.path === CI ? { ...file, ...since } : file));
  const later = { ...listing, files };
  const repository = { defaultTokenPermissions: "unknown" } as const;
  const sides = { ...readCapabilities(later, contents), listing: later, repository };
  const seen = diffCapabilities(sides).filter(({ name }) => name === "contents");
  expect(seen.map((fact) => shown(fact).replace(/ [^ ]*$/, ""))).toEqual(gives);
});

/** One job with its keys on lines of their own: `permissions` from line 6 on, more below them. */
function spread(more: readonly string[], level = "write", events: readonly string[] = ["push"]) {
  const on = events.map((event) => `  - ${event}`).join("\n");
  const job = [
    `    permissions:`,
    `      contents: ${level}`,
    ...more.map((line) => `    ${line}`),
  ];
  return { [CI]: `on:\n${on}\njobs:\n  a:\n${job.join("\n")}\n    steps: []\n` };
}

const outsiders = ["push", "fork"];

test.each<{ what: string; base: Tree; head: Tree; line: number }>([
  {
    what: "a new event: at the event",
    base: spread([]),
    head: spread([], "write", outsiders),
    line: 3,
  },
  {
    what: "of two new events the first by name: at that event",
    base: spread([]),
    head: spread([], "write", ["watch", "fork"]),
    line: 3,
  },
  {
    what: "an environment that becomes another: at the environment",
    base: spread(["environment: prod"]),
    head: spread(["environment: other"]),
    line: 7,
  },
  {
    what: "an environment that is no longer certain: at the environment",
    base: spread(["environment: prod"]),
    head: spread(["environment: ${{ inputs.where }}"]),
    line: 7,
  },
  {
    what: "an environment that goes: at the job",
    base: spread(["environment: prod"]),
    head: spread([]),
    line: 4,
  },
  {
    what: "an `if` that becomes another: at the `if`",
    base: spread(["name: n", "if: a == b"], "write", outsiders),
    head: spread(["name: n", "if: c == d"], "write", outsiders),
    line: 9,
  },
  {
    what: "an `if` that asks for less: at the `if`",
    base: spread(["if: a == b && c == d"], "write", outsiders),
    head: spread(["if: a == b"], "write", outsiders),
    line: 8,
  },
  {
    what: "an `if` that goes: at the job",
    base: spread(["if: a == b"], "write", outsiders),
    head: spread([], "write", outsiders),
    line: 5,
  },
  {
    what: "an `if` that goes while another event comes: at the event",
    base: spread(["if: a == b"], "write", ["push"]),
    head: spread([], "write", outsiders),
    line: 3,
  },
  {
    what: "a level besides: at the grant itself",
    base: spread(["environment: prod"], "read"),
    head: spread(["environment: other"], "write"),
    line: 6,
  },
  {
    what: "a lower level: at the grant itself",
    base: spread(["environment: prod"], "write"),
    head: spread(["environment: other"], "read"),
    line: 6,
  },
])("a raise stands where it was opened; $what", ({ base, head, line }) => {
  const raised = diffOf(base, head).filter(({ delta }) => delta === "raised");
  expect(raised.map((fact) => [fact.line, fact.endLine])).toEqual([[line, line]]);
});

test.each([
  ["${{ secrets.T }}", "${{secrets.T}}"],
  ["${{ github.actor == 'x' }}", "${{GitHub.Actor=='x'}}"],
])("a job that is renamed and reformatted is the same: %s", (before, after) => {
  const text = (id: string, run: string): Tree => ({
    [CI]: workflow({ [id]: { ...release, run: JSON.stringify(`echo ${run}`) } }, "issues"),
  });
  expect(facts(text("a", before), text("z", after))).toEqual([]);
  expect(facts(text("a", before), text("z", "${{ secrets.U }}"))).not.toEqual([]);
});

test("an `if` that comes stands at the grant itself, which is lowered", () => {
  const base = spread([], "write", outsiders);
  const head = spread(["if: a == b"], "write", outsiders);
  expect(facts(base, head)).toEqual(["lowered jobs.a contents write→write ci.yml:7"]);
});

test.each([
  { what: "one line", on: "[push]", seen: { line: 1, endLine: 1, context: "unfiltered" } },
  {
    what: "its lines",
    on: "\n  push:\n    branches:\n      - a",
    seen: { line: 2, endLine: 4, context: "branches a" },
  },
])("a new event stands on $what, in the context of its own side alone", ({ on, seen }) => {
  const added = diffOf({}, { [CI]: workflow({ a: { permissions: "" } }, on) });
  expect(added).toMatchObject([{ name: "push", ...seen }]);
});

test("a submodule's fact, which has no last line of its own, ends where it begins", () => {
  const [fact] = diffOf({}, { ".gitmodules": '[submodule "a"]\nurl = ../a\n' });
  expect(fact).toMatchObject({ kind: "git.submodule", line: 2, endLine: 2 });
});

test("a changed context is shown with both sides", () => {
  const base = { [CI]: workflow({ release }) };
  const head = { [CI]: workflow({ release }, "[push, issue_comment]") };
  const raised = diffOf(base, head).find((fact) => fact.delta === "raised");
  expect(raised?.context).toBe("on push → on issue_comment, push");
});

test("a removed capability stands on the base side, all else at head", () => {
  const sides = diffOf({ [CI]: workflow({ a: build }) }, { [CI]: workflow({ b: release }) }).map(
    ({ delta, side }) => `${delta} ${side}`,
  );
  expect(sides.sort()).toEqual(["added head", "removed base"]);
});

const defaults = { [CI]: workflow({ a: {} }) };
const reads = { [CI]: workflow({ a: { permissions: "contents: read, packages: read" } }) };

test.each<{
  setting: DefaultTokenPermissions;
  what: string;
  base: Tree;
  head: Tree;
  gives: string[];
}>([
  { setting: "read", what: "permissions that go", base: reads, head: defaults, gives: [] },
  { setting: "read", what: "permissions that come", base: defaults, head: reads, gives: [] },
  { setting: "unknown", what: "permissions that come", base: defaults, head: reads, gives: [] },
  {
    setting: "unknown",
    what: "a write that comes",
    base: defaults,
    head: {
      [CI]: workflow({ a: { permissions: "contents: write, packages: read, issues: write" } }),
    },
    gives: ["raised jobs.a contents read→write ci.yml:4", "added jobs.a issues -→write ci.yml:4"],
  },
  {
    setting: "write",
    what: "a write that comes",
    base: { [CI]: workflow({ a: {}, b: {} }) },
    head: { [CI]: workflow({ a: {}, b: {} }, "[push, push]") },
    gives: [],
  },
  {
    setting: "read",
    what: "a new job",
    base: {},
    head: defaults,
    gives: [
      "added on push -→ordinary ci.yml:1",
      "added jobs.a contents -→read ci.yml:3",
      "added jobs.a packages -→read ci.yml:3",
    ],
  },
])("with a default of $setting: $what", ({ setting, base, head, gives }) => {
  expect(facts(base, head, setting)).toEqual(gives);
});

test.each<{ setting: DefaultTokenPermissions; raised: string[]; added: number }>([
  { setting: "unknown", raised: ["contents read→write", "packages read→write"], added: 16 },
  { setting: "write", raised: ["contents read→write", "packages read→write"], added: 16 },
])(
  "permissions that go count as write where the default is $setting",
  ({ setting, raised, added }) => {
    const found = diffOf(reads, defaults, setting);
    const rises = found.filter((fact) => fact.delta === "raised");
    expect(
      rises.map(({ name, before, after }) => `${name} ${before ?? ""}→${after ?? ""}`),
    ).toEqual(raised);
    expect(found.filter((fact) => fact.delta === "added")).toHaveLength(added);
    expect(found.some((fact) => fact.name === "id-token")).toBe(false);
  },
);

test("a default that outsiders now reach is raised by what it may be", () => {
  const head = { [CI]: workflow({ a: {} }, "[push, fork]") };
  const rises = diffOf(defaults, head, "unknown").filter((fact) => fact.delta === "raised");
  expect(rises.find((fact) => fact.name === "contents")).toMatchObject({
    before: "write",
    after: "write",
  });
  expect(rises.some((fact) => fact.name === "id-token")).toBe(false);
});

const TITLE = "${{ github.event.issue.title }}";

/** A job with a step for each script. */
function scripts(...texts: readonly string[]): Tree {
  const steps = texts.map((text) => `      - run: ${JSON.stringify(text)}\n`).join("");
  const head = "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";
  return { ".github/workflows/a.yml": `${head}${steps}` };
}

test.each([
  { what: "swap places", head: [`b ${TITLE}`, `a ${TITLE}`], deltas: [] },
  {
    what: "get another before them",
    head: [`c ${TITLE}`, `a ${TITLE}`, `b ${TITLE}`],
    deltas: ["added"],
  },
  { what: "lose the first", head: [`b ${TITLE}`], deltas: ["removed"] },
  { what: "change in one", head: [`a ${TITLE} more`, `b ${TITLE}`], deltas: ["raised"] },
])("equal injections of one job that $what: $deltas", ({ head, deltas }) => {
  const found = diffOf(scripts(`a ${TITLE}`, `b ${TITLE}`), scripts(...head));
  const injections = found.filter(({ kind }) => kind === "github.step.injection");
  expect(injections.map(({ delta }) => delta)).toEqual(deltas);
});

function role(rule: string, kind = "ClusterRole"): Tree {
  const head = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: a, namespace: n }\n`;
  return { "k8s/role.yaml": `${head}rules:\n- ${rule}\n` };
}

test.each([
  { when: "as strong and as easily reached", kind: "ClusterRole", base: "verbs: ['*']", added: 0 },
  { when: "but not so strong", kind: "Role", base: "verbs: ['*']", added: 1 },
  {
    when: "but only for one object",
    kind: "ClusterRole",
    base: "verbs: ['*'], resourceNames: [x]",
    added: 1,
  },
])("a holder had a wider name, $when: $added added", ({ kind, base, added }) => {
  const before = role(`{ apiGroups: [apps], resources: ['*'], ${base} }`, kind);
  const after = role("{ apiGroups: [apps], resources: [deployments], verbs: [patch] }");
  expect(facts(before, after).filter((fact) => fact.startsWith("added"))).toHaveLength(added);
});
