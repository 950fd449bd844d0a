import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { prepareStep } from "../test/action/runner/run-step.ts";
import type { FixtureRepository } from "../test/git/fixture-repository.ts";
import { runCommand } from "./measure.ts";

interface Push {
  readonly repository: FixtureRepository;
  readonly base: string;
  /** What is pushed on top of `base`. */
  readonly files: Readonly<Record<string, string>>;
  /** Where the step's folder is made. */
  readonly scratch: string;
}

interface PushStep {
  /** Runs the built Action's step to its end; throws where it exits with another status. */
  run(expected: number): void;
}

/** A push to the default branch, and a step on it that finds all that it needs in the workspace. */
export async function openPushStep({ repository, base, ...push }: Push): Promise<PushStep> {
  const head = await repository.commit(push.files, { branch: "topic", parents: [base] });
  const folder = join(push.scratch, head);
  await mkdir(folder);
  const place = { id: 1, full_name: "acme/shop", default_branch: "main" };
  const step = {
    event: "push",
    payload: { ref: "refs/heads/main", before: base, after: head, repository: place },
    repository: { id: place.id, fullName: place.full_name },
    sha: head,
    workspace: repository.directory,
  };
  const action = join(import.meta.dirname, "..");
  const { main, env } = await prepareStep(step, { action, folder });
  return {
    run: (expected) => {
      runCommand(process.execPath, [main], { cwd: repository.directory, env, expected });
    },
  };
}
