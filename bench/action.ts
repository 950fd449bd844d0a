import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFixtureRepository } from "../test/git/fixture-repository.ts";
import { showActionSize } from "./action-size.ts";
import { bundleToolkit } from "./bundled-toolkit.ts";
import { interleave, runCommand, timingLine } from "./measure.ts";
import { openPushStep } from "./push-step.ts";
import { manyFiles, WORKFLOW, workflow } from "./small-change.ts";

const RUNS = 15;
const FILES = 2_000;
const BOUND = 3;
const DENIED = 1;
const POLICIES = "version: 1\nextends: [bailiff:recommended@1]\n";

/** The Action's size, and steps of it from start to verdict: cold, the whole history checked out. */
export async function benchAction(): Promise<void> {
  await showActionSize();
  const scratch = await mkdtemp(join(tmpdir(), "bailiff-bench-"));
  try {
    await timeSteps(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function timeSteps(scratch: string): Promise<void> {
  await using repository = await createFixtureRepository();
  const before = { [WORKFLOW]: workflow("read"), ".github/bailiff.yml": POLICIES };
  const base = await repository.commit({ ...manyFiles(FILES), ...before });
  const push = { repository, base, scratch };
  const sources = await openPushStep({ ...push, files: manyFiles(3, "changed") });
  const permission = await openPushStep({ ...push, files: { [WORKFLOW]: workflow("write") } });
  const toolkit = await bundleToolkit(scratch);
  const times = interleave(
    {
      bare: () => {
        runCommand(process.execPath, ["-e", "0"]);
      },
      toolkit: () => {
        runCommand(process.execPath, [toolkit]);
      },
      sources: () => {
        sources.run(0);
      },
      permission: () => {
        permission.run(DENIED);
      },
    },
    RUNS,
  );
  const toBare = (name: keyof typeof times) => times[name].medianMs / times.bare.medianMs;
  const bound = (ratio: number) => `at most ${BOUND}: ${ratio <= BOUND ? "yes" : "no"}`;
  console.log(`action: a push among ${FILES} files, ${RUNS} interleaved runs`);
  console.log(timingLine("  node -e 0", times.bare));
  console.log(timingLine("  @actions/core + @actions/github alone", times.toolkit));
  console.log(timingLine("  a step on three changed sources", times.sources));
  console.log(timingLine("  a step on one raised permission", times.permission));
  console.log(`  ratio of medians to node -e 0: the toolkit ${toBare("toolkit").toFixed(2)}`);
  for (const name of ["sources", "permission"] as const) {
    console.log(`    ${name} ${toBare(name).toFixed(2)}, ${bound(toBare(name))}`);
  }
  console.log("");
}
