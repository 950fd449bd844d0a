import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckRun } from "../embedded-github/state/check-runs.ts";
import { openPull, openScene, POLICIES, type Scene } from "./scene.ts";

const CASES = ".github/bailiff.test.yml";

const policy = (decision: string, match = "match") =>
  `version: 1\npolicies:\n  - { id: code, decision: ${decision}, each: files, ${match}: { path: "src/**" } }\n`;
const CASE =
  "version: 1\ncases:\n  - name: code warns\n    files: { src/a: { head: a } }\n    want: WARN\n";

const BROUGHT = {
  broken: { [POLICIES]: policy("DENY", "macht") },
  otherwise: { [POLICIES]: policy("DENY"), "src/new.ts": "a\n" },
  untrue: { [POLICIES]: policy("DENY"), [CASES]: CASE },
  none: { [POLICIES]: null, "src/new.ts": "a\n" },
};

let scene: Scene;
let checked: (brought: keyof typeof BROUGHT) => CheckRun;

/** A repository whose policy warns of code, and a pull request for each. */
beforeAll(async () => {
  scene = await openScene();
  const repository = await scene.repository("shop", { [POLICIES]: policy("WARN") });
  await repository.commit({ branch: "main", files: { "src/old.ts": "a\n" }, by: "ann" });
  const heads = new Map<string, string>();
  for (const [head, files] of Object.entries(BROUGHT)) {
    heads.set(head, (await openPull(repository, files, { head })).head);
  }
  await scene.settled();
  checked = (brought) => {
    const [run] = repository.checkRuns(heads.get(brought) ?? "");
    if (run === undefined) throw new Error("there is no check");
    return run;
  };
});

afterAll(() => scene[Symbol.asyncDispose]());

test("policies that cannot be loaded fail the check, annotated at their lines", () => {
  const run = checked("broken");
  expect(run).toMatchObject({ conclusion: "failure" });
  expect(run.annotations).toMatchObject([
    { path: POLICIES, startLine: 3, level: "failure", title: "DENY: bailiff/policy-candidate" },
  ]);
  expect(run.text).toContain("did you mean match?");
  expect(run.text).toContain("### The policies that this change brings");
});

test("policies that decide otherwise judge nothing yet: what would flip is told", () => {
  const run = checked("otherwise");
  expect(run).toMatchObject({ conclusion: "success" });
  expect(run.text).toContain("- Lint: no problem");
  expect(run.text).toMatch(/- This change: WARN by the present policies, DENY by these/);
  expect(run.text).toMatch(/- Back-test: 1 verdict would flip over the last 2 commits of the base/);
  expect(run.text).toMatch(
    /^\| `[0-9a-f]{12}` \| \d{4}-\d\d-\d\d \| WARN \| DENY \| code: code \|$/m,
  );
});

test("cases that are not as wanted warn at their line", () => {
  const run = checked("untrue");
  expect(run).toMatchObject({ conclusion: "success" });
  expect(run.annotations).toMatchObject([{ path: CASES, startLine: 3, level: "warning" }]);
  expect(run.text).toContain("- Cases: 0 of 1 as wanted");
});

test("a pull request that takes the policies away is judged by them, and told what that leaves", () => {
  const run = checked("none");
  expect(run.title).toContain("code");
  expect(run.text).toContain("none are left");
});
