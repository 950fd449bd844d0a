import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { prepareStep } from "../test/action/runner/run-step.ts";
import type { FixtureRepository } from "../test/git/fixture-repository.ts";
import { runCommand } from "./measure.ts";

interface Pull {
  readonly repository: FixtureRepository;
  readonly base: string;
  /** What the pull request changes on top of `base`. */
  readonly files: Readonly<Record<string, string>>;
  /** Where the step's folder is made. */
  readonly scratch: string;
}

interface PullStep {
  /** Runs the built Action's step to its end; throws where it exits with another status. */
  run(expected: number): void;
}

/** A pull request, and a step on it that finds all that it needs in the workspace. */
export async function openPullStep({ repository, base, ...pull }: Pull): Promise<PullStep> {
  const head = await repository.commit(pull.files, { branch: "topic", parents: [base] });
  const folder = join(pull.scratch, head);
  await mkdir(folder);
  const place = { id: 1, full_name: "acme/shop", default_branch: "main" };
  const step = {
    event: "pull_request",
    payload: {
      pull_request: {
        ...{ number: 1, title: "Topic", body: null, labels: [] },
        user: { id: 2, login: "ann", type: "User" },
        base: { ref: "main", sha: base, repo: place },
        head: { ref: "topic", sha: head, repo: place },
      },
    },
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
