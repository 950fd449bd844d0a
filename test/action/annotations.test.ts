import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fixture } from "../embedded-github/fixture.ts";
import {
  checkout,
  emptyWorkspace,
  jobToken,
  openChange,
  POLICY,
  pullStep,
  startShop,
  type Workspace,
  WORKFLOW,
} from "./change-in-github.ts";
import type { RunnerCommand } from "./runner/commands.ts";
import { runStep, type Step } from "./runner/run-step.ts";

/** The runner drops what goes beyond, of each level. */
const SHOWN = 10;

let fixture: Fixture;
let workspace: Workspace;

beforeAll(async () => {
  fixture = await startShop();
  workspace = await emptyWorkspace();
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

let branches = 0;

/** A step for so many jobs that raise a permission, and so many actions that are not pinned. */
async function stepOf({ denials, warnings }: { denials: number; warnings: number }): Promise<Step> {
  const jobs = Array.from({ length: denials }, (_, n) => `  j${n}:\n${RAISED}`).join("");
  const uses = Array.from({ length: warnings }, (_, n) => `      - uses: octo/a${n}@v1\n`).join("");
  const files = { [WORKFLOW]: `on: push\npermissions: {}\njobs:\n${jobs}${PLAIN}${uses}` };
  const { number } = await openChange(fixture, files, `topic-${(branches += 1)}`);
  const step = await pullStep(fixture, number, workspace.folder);
  return { ...step, token: jobToken(fixture, { contents: "read", "pull-requests": "read" }) };
}

const RAISED = `    permissions:
      contents: write
    runs-on: ubuntu-latest
    steps:
      - run: make
`;
const PLAIN = `  release:
    runs-on: ubuntu-latest
    steps:
      - run: make
`;

function ofLevel(commands: readonly RunnerCommand[], level: string): readonly RunnerCommand[] {
  return commands.filter(({ name }) => name === level);
}

/** What a level's annotations say, and how many more the last one counts. */
function counted(commands: readonly RunnerCommand[]): { placed: number; more: number } {
  const placed = commands.filter(({ properties }) => properties["file"] !== undefined).length;
  const last = commands.find(({ message }) => message.endsWith("are in the summary of this job."));
  return { placed, more: Number(last?.message.split(" ")[0] ?? 0) };
}

test.each([
  { denials: 9, placed: 9, more: 0 },
  { denials: 10, placed: 8, more: 2 },
  { denials: 30, placed: 8, more: 22 },
])(
  "of $denials denials $placed stand at their lines and $more are counted, so that the failure's own line is shown",
  async ({ denials, placed, more }) => {
    const result = await runStep(await stepOf({ denials, warnings: 0 }));
    const errors = ofLevel(result.commands, "error");
    expect(errors.length).toBeLessThanOrEqual(SHOWN);
    expect(counted(errors)).toEqual({ placed, more });
    expect(errors.at(-1)?.message).toBe("Denied by new-permissions");
    expect(result.summary.match(/^- \*\*DENY\*\*/gm)).toHaveLength(denials);
  },
);

test("a command that a denial stops says so among the errors that are shown", async () => {
  const step = await stepOf({ denials: 10, warnings: 0 });
  await using work = await checkout(fixture, (step.ref ?? "").replace("/merge", "/head"), "deep");
  const result = await runStep({ ...step, workspace: work.folder, with: { run: "true" } });
  const errors = ofLevel(result.commands, "error");
  expect(errors).toHaveLength(SHOWN);
  expect(counted(errors)).toEqual({ placed: 7, more: 3 });
});

test.each([
  { warnings: 10, placed: 10, more: 0 },
  { warnings: 30, placed: 9, more: 21 },
])(
  "of $warnings warnings $placed stand at their lines and $more are counted",
  async ({ warnings, placed, more }) => {
    const { commands } = await runStep(await stepOf({ denials: 0, warnings }));
    expect(counted(ofLevel(commands, "warning"))).toEqual({ placed, more });
  },
);

test.each<{ what: string; change: () => Partial<Step>; says: RegExp }>([
  {
    what: "why there is no comment",
    change: () => ({ with: { comment: "on" } }),
    says: /^The verdict stands/,
  },
  {
    what: "that reviews are unknown",
    change: () => ({ token: jobToken(fixture, { contents: "read" }) }),
    says: /^Reviews are unknown/,
  },
])("a warning that says $what has a place among those that are shown", async (row) => {
  const step = await stepOf({ denials: 0, warnings: 10 });
  const { commands } = await runStep({ ...step, ...row.change() });
  const shown = ofLevel(commands, "warning");
  expect(shown).toHaveLength(SHOWN);
  expect(shown.filter(({ message }) => row.says.test(message))).toHaveLength(1);
  expect(counted(shown)).toEqual({ placed: 8, more: 2 });
});

const CASES = ".github/bailiff.test.yml";
const EXTENDS = "version: 1\nextends: [bailiff:recommended@1]\n";
const DENIES = `${EXTENDS}policies:\n  - { id: code, decision: DENY, each: files, match: { path: "src/**" } }\n`;
const CASE =
  "version: 1\ncases:\n  - { name: code enters, files: { src/a: { head: a } }, want: ALLOW }\n";

async function bringing(files: Readonly<Record<string, string>>) {
  const { number } = await openChange(fixture, files, `topic-${(branches += 1)}`);
  return await runStep(await pullStep(fixture, number, workspace.folder));
}

test("policies that a change brings and that cannot be loaded fail the step at their lines", async () => {
  const broken = { [POLICY]: `${EXTENDS}policys: []\n` };
  const { succeeded, commands, outputs } = await bringing(broken);
  expect(succeeded).toBe(false);
  expect(outputs["policy-ids"]).toContain("bailiff/policy-candidate");
  expect(commands).toContainEqual({
    name: "error",
    properties: {
      ...{ file: POLICY, line: "3", endLine: "3" },
      title: "DENY: bailiff/policy-candidate",
    },
    message: expect.stringContaining("did you mean policies?") as string,
  });
});

test("what such policies would flip, and which cases are not as wanted, is told", async () => {
  await fixture.repository.commit({ branch: "main", files: { "src/old.ts": "a\n" }, by: "ann" });
  const { commands, summary } = await bringing({ [POLICY]: DENIES, [CASES]: CASE });
  expect(summary).toContain("### The policies that this change brings");
  expect(summary).toContain("- Cases: 0 of 1 as wanted");
  expect(summary).toMatch(
    /^\| `[0-9a-f]{12}` \| \d{4}-\d\d-\d\d \| ALLOW \| DENY \| code: code \|$/m,
  );
  expect(commands).toContainEqual({
    name: "warning",
    properties: expect.objectContaining({ file: CASES, line: "3" }) as object,
    message: expect.stringContaining("wanted ALLOW, got DENY") as string,
  });
});
