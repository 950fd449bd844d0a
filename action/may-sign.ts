import { type Runner, workflowOwner } from "./runner.ts";

/**
 * Why a run signs nothing, whatever it is given; null where it may. Only a run whose workflow file
 * is the default branch's may: every other file is, or can be, what somebody proposes.
 */
export function whyUnsigned(runner: Runner, defaultBranch: string): string | null {
  const { event, ref, workflowRef } = runner;
  const branch = `refs/heads/${defaultBranch}`;
  const owner = workflowOwner(runner);
  const isDefaults = owner === "this repository" && workflowBranch(workflowRef) === branch;
  switch (event) {
    case "push":
      return isDefaults && ref === branch ? null : `it is no push to ${defaultBranch}`;
    case "workflow_run":
      return isDefaults ? null : `its workflow is not the one on ${defaultBranch}`;
    case "merge_group":
      // A workflow that is required comes from another repository.
      return owner === "another repository"
        ? null
        : "its workflow is the merge group's own; one that an organisation requires signs";
    default:
      return `a run on ${event} can be of a workflow that its change has edited`;
  }
}

/** A branch may be called `x@refs/heads/main`, the file before it may not. */
function workflowBranch(workflowRef: string): string | null {
  return /@(refs\/.*)$/s.exec(workflowRef)?.[1] ?? null;
}
