import { join } from "node:path";
import { createFixtureRepository } from "../test/git/fixture-repository.ts";
import { interleave, runCommand, timingLine } from "./measure.ts";
import { manyFiles, WORKFLOW, workflow } from "./small-change.ts";

const RUNS = 15;
const FILES = 2_000;
const DENIED = 1;

/** `check` of one raised permission among 2,000 files: the built CLI, cold, against node and git alone. */
export async function benchCheck(): Promise<void> {
  await using repository = await createFixtureRepository();
  const base = await repository.commit({ ...manyFiles(FILES), [WORKFLOW]: workflow("read") });
  const head = await repository.commit({ [WORKFLOW]: workflow("write") });
  await repository.git("repack", "-adq");

  const bailiff = join(import.meta.dirname, "../dist/bailiff.js");
  const range = ["--base", base, "--head", head, "--policy", "bailiff:recommended"];
  const check = ["check", "--repo", repository.directory, ...range, "--format", "json"];
  const times = interleave(
    {
      baseline: () => {
        runCommand(process.execPath, ["-e", "0"]);
        runCommand("git", ["-C", repository.directory, "diff-tree", "-r", base, head]);
      },
      check: () => {
        runCommand(process.execPath, [bailiff, ...check], { expected: DENIED });
      },
    },
    RUNS,
  );
  console.log(`check: one changed workflow in ${FILES} files, ${RUNS} interleaved runs`);
  console.log(timingLine("  node -e 0 + git diff-tree", times.baseline));
  console.log(timingLine("  bailiff check (built, cold)", times.check));
  console.log(
    `  ratio ${(times.check.medianMs / times.baseline.medianMs).toFixed(2)} of medians\n`,
  );
}
