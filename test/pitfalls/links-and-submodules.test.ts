import { afterAll, beforeAll, expect, test } from "vitest";
import * as workflows from "../cli/workflows.ts";
import {
  createFixtureRepository,
  type FixtureFile,
  type FixtureRepository,
} from "../git/fixture-repository.ts";
import { check, PACK } from "./checked.ts";

const RELEASE = ".github/workflows/release.yml";
const link = (content: string): FixtureFile => ({ mode: "120000", content });

let repository: FixtureRepository;
let base: string;

beforeAll(async () => {
  repository = await createFixtureRepository();
  base = await repository.commit({
    [RELEASE]: workflows.RELEASE,
    "elsewhere/release.yml": workflows.RAISED,
    "changed.txt": "what a gate would list\n",
  });
});
afterAll(() => repository.dispose());

test.each([
  {
    what: "a link to /dev/null in the place of a gate's file list",
    files: { "changed.txt": link("/dev/null"), [RELEASE]: workflows.RAISED },
    policyIds: ["changed-type", "hidden-content", "new-permissions"],
  },
  {
    what: "a link in the place of a workflow",
    files: { [RELEASE]: link("../../elsewhere/release.yml") },
    policyIds: ["bailiff/incomplete-evidence", "changed-type"],
  },
  {
    what: "a link in the place of the workflows' folder",
    files: { [RELEASE]: null, ".github/workflows": link("../elsewhere") },
    policyIds: ["bailiff/incomplete-evidence"],
  },
  {
    what: "a link that leads out of the repository by its parents",
    files: { "a/b": link("../../../etc/passwd") },
    policyIds: ["hidden-content"],
  },
  {
    what: "a link into git's own folder",
    files: { hook: link(".git/hooks/pre-commit") },
    policyIds: ["hidden-content"],
  },
  {
    what: "a submodule that nobody declares",
    files: { vendored: { submodule: "1".repeat(40) } },
    policyIds: ["supply-chain"],
  },
  {
    what: "a submodule in the place of the workflows' folder",
    files: { [RELEASE]: null, ".github/workflows": { submodule: "1".repeat(40) } },
    policyIds: ["supply-chain"],
  },
])("$what is denied", async ({ files, policyIds }) => {
  await repository.commit(files, { branch: "topic", parents: [base] });
  const { status, verdict } = await check(repository, "topic", "--policy", PACK);
  expect(status).toBe(1);
  expect(verdict.policyIds).toEqual(expect.arrayContaining(policyIds));
});
