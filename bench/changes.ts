import { createFixtureRepository } from "../test/git/fixture-repository.ts";
import { BAILIFF, median, runMeasured } from "./measured-run.ts";
import { realisticWorkflow } from "./realistic-workflow.ts";

const RUNS = 5;
const MAX_SECONDS = 3;
const MAX_MEGABYTES = 300;
/** Then a workflow has 2.9 KB: over 28 repositories their mean is 2.6 KB, their median 1.9 KB. */
const JOBS = 2;

/** Changed files, and how many of them are workflows. */
const SIZES = [
  { files: 1, workflows: 1 },
  { files: 100, workflows: 17 },
  { files: 3_000, workflows: 500 },
];

/** `check` of small and large changes by the recommended pack: the built CLI, cold. */
export async function benchChanges(): Promise<void> {
  console.log(`changes: \`check\` of the built CLI, cold, ${RUNS} runs each`);
  for (const size of SIZES) {
    await using repository = await createFixtureRepository();
    const base = await repository.commit(filesOf(size, "before"));
    const head = await repository.commit(filesOf(size, "after"));
    await repository.git("repack", "-adq");
    const range = ["--base", base, "--head", head, "--policy", "bailiff:recommended"];
    const args = ["check", "--repo", repository.directory, ...range, "--format", "json"];
    const runs = Array.from({ length: RUNS }, () => runMeasured(BAILIFF, args));
    const seconds = median(runs.map((run) => run.seconds));
    const workSeconds = median(runs.map((run) => run.workSeconds));
    const megabytes = median(runs.map((run) => run.megabytes));
    const columns = [
      `${String(size.files).padStart(6)} files, ${String(size.workflows).padStart(4)} workflows`,
      `median ${seconds.toFixed(2)} s (${workSeconds.toFixed(2)} s of work)`,
      `peak ${megabytes.toFixed(0)} MB`,
      seconds < MAX_SECONDS && megabytes < MAX_MEGABYTES ? "" : "OVER THE TARGET",
    ];
    console.log(`  ${columns.join("  ").trimEnd()}`);
  }
  console.log(`  target: 3,000 files under ${MAX_SECONDS} s and ${MAX_MEGABYTES} MB\n`);
}

type Size = (typeof SIZES)[number];

function filesOf({ files, workflows }: Size, state: "before" | "after"): Record<string, string> {
  const numbers = Array.from({ length: files }, (_, number) => number);
  return Object.fromEntries(
    numbers.map((n) =>
      n < workflows
        ? [`.github/workflows/workflow-${n}.yml`, realisticWorkflow(JOBS, `${state}-${n}`)]
        : [`src/${n % 50}/file-${n}.ts`, source(n, state)],
    ),
  );
}

function source(number: number, state: string): string {
  const lines = Array.from(
    { length: 120 },
    (_, n) => `export const value${n} = "${number} ${n}";\n`,
  );
  return `// ${state}\n${lines.join("")}`;
}
