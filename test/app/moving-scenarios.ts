import { execFileSync } from "node:child_process";
import type { FaultOrder } from "../embedded-github/http/faults.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { ENFORCED, openPull, POLICIES, type Scene, WORKFLOW, workflow } from "./scene.ts";

export const HARMLESS = { "README.md": "hello\n" };
export const RAISED = { [WORKFLOW]: workflow("write") };

/** A request of an evaluation. */
export type Step = Pick<FaultOrder, "method" | "route">;

/** The requests of one evaluation, in their order, by what came before them. */
export const STEPS = {
  "after the pull request was read": {
    method: "POST",
    route: "/repos/{owner}/{repo}/check-runs",
  },
  "before the change is listed": { route: "git-upload-pack" },
  "between the listing and the contents": {
    method: "GET",
    route: "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  },
  "after the contents were judged": { method: "GET", route: "/repos/{owner}/{repo}/pulls" },
  "as the check run is concluded": {
    method: "PATCH",
    route: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;

let names = 0;

export function newRepository(scene: Scene): Promise<RepositoryHandle> {
  names += 1;
  return scene.repository(`moving-${names}`, { [POLICIES]: ENFORCED });
}

/** Does something before the next such request is answered. */
export function before(scene: Scene, step: Step, act: () => unknown): void {
  scene.github.fail({ ...step, fault: { kind: "meanwhile", act } });
}

/** The conclusions of a commit's check runs, newest first. */
export function conclusionsAt(repository: RepositoryHandle, head: string) {
  return repository.checkRuns(head).map(({ conclusion }) => conclusion);
}

/** Forces the branch `topic` to a commit of its own on top of `main`. */
export function force(
  repository: RepositoryHandle,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  return repository.commit({ branch: "topic", files, by: "ann", parent: "main" });
}

/** Forces the branch `topic` back to a commit that was there before. */
export async function forceBack(repository: RepositoryHandle, commit: string): Promise<void> {
  const ref = ["update-ref", "refs/heads/topic", commit];
  execFileSync("git", ["-C", repository.gitFolder, ...ref]);
  await repository.commit({ branch: "elsewhere", files: HARMLESS, by: "ann" });
}

/** A harmless head, replaced at a step by one that raises a permission: both heads' conclusions. */
export async function replaceHeadAt(scene: Scene, name: StepName) {
  const repository = await newRepository(scene);
  let raising = "";
  before(scene, STEPS[name], async () => {
    raising = await force(repository, RAISED);
  });
  const { head } = await openPull(repository, HARMLESS);
  await scene.settled();
  return {
    harmless: conclusionsAt(repository, head),
    raising: conclusionsAt(repository, raising),
  };
}

/** A head that changes nothing against its base, which at a step becomes one that it raises: its conclusions. */
export async function changeBaseAt(scene: Scene, name: StepName) {
  const repository = await newRepository(scene);
  await repository.commit({ branch: "raised", files: RAISED, by: "ann" });
  before(scene, STEPS[name], () => repository.editPull(1, { by: "ann", base: "main" }));
  const { head } = await openPull(repository, HARMLESS, { base: "raised" });
  await scene.settled();
  return conclusionsAt(repository, head);
}
