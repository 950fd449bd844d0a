import { expect, test } from "vitest";
import { artifactTaken } from "../../../../../rules/capabilities/github-step/heads/artifact-downloads.ts";
import type { Taken } from "../../../../../rules/capabilities/github-step/heads/taken.ts";
import { stepScopesOf } from "../../../../../rules/capabilities/github-workflow/step-scopes.ts";
import { workflowOf } from "../../github-workflow/read-workflow.ts";
import { jobWith } from "../granted.ts";

/** What a job's only step takes. */
function takenBy(step: object): Taken | null {
  const [scope] = stepScopesOf(workflowOf(jobWith(`steps: [${JSON.stringify(step)}]`)));
  const [only] = scope?.steps ?? [];
  if (!scope || !only) throw new Error("no step");
  return artifactTaken(scope, only);
}

const OFFICIAL = "actions/download-artifact@v4";
const DOWNLOADER = "dawidd6/action-download-artifact@v6";

test.each(["branch", "commit", "event", "pr", "repo", "repository", "run-id", "workflow"])(
  "%s says which run's artifact is taken",
  (input) => {
    const step = { uses: DOWNLOADER, with: { [input]: "7", path: "x" } };
    expect(takenBy(step)).toMatchObject({ which: [`${input} 7`], certainty: "exact" });
  },
);

test("an artifact is the same in whatever order it is told which", () => {
  const takenWith = (inputs: object): Taken | null => takenBy({ uses: OFFICIAL, with: inputs });
  const first = takenWith({ Run_ID: "${{ inputs.run }}", repository: "o/r" });
  expect(first?.which).toEqual(["repository o/r", "run-id ${{inputs.run}}"]);
  expect(takenWith({ repository: "o/r", "run-id": "${{inputs.run}}" })).toEqual(first);
});

test.each([
  "aochmann/actions-download-artifact@v1",
  "bettermarks/action-artifact-download@v1",
  "levonet/action-download-last-artifact@v1",
])("%s takes artifacts, whatever it is told", (uses) => {
  expect(takenBy({ uses })).toMatchObject({ which: [], certainty: "exact" });
});

test("a run is asked of the actions alone that take artifacts", () => {
  expect(takenBy({ uses: OFFICIAL, with: { "run-id": 7 } })).not.toBeNull();
  expect(takenBy({ uses: "octo/rerun@v1", with: { "run-id": 7 } })).toBeNull();
  expect(takenBy({ with: { "run-id": 7 } })).toBeNull();
});

test.each(["downloadArtifact({})", "fetch('/repos/o/r/actions/artifacts/7')"])(
  "the script %s takes one",
  (script) => {
    const step = { uses: "actions/github-script@v7", with: { script } };
    expect(takenBy(step)).toMatchObject({ which: [], certainty: "heuristic" });
  },
);

test.each([
  { run: "gh run download 7", written: ["gh", "run", "download", "7"] },
  { run: "gh api repos/o/r/actions/artifacts/7/zip" },
  { run: "curl https://api.github.com/repos/o/r/actions/artifacts/7/zip" },
  { run: "wget https://api.github.com/repos/o/r/actions/artifacts/7/zip" },
])("$run takes one", ({ run, written = run.split(" ") }) => {
  expect(takenBy({ run: `date\n${run}` })).toMatchObject({
    which: written,
    certainty: "heuristic",
  });
});

test.each([
  "gh release download v1",
  "gh run list download",
  "docker run download",
  "echo https://api.github.com/repos/o/r/actions/artifacts/7/zip",
])("%s takes none", (run) => {
  expect(takenBy({ run })).toBeNull();
});
