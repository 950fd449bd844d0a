import type { Capability } from "../../../../../rules/capabilities/capability.ts";
import { readCheckouts } from "../../../../../rules/capabilities/github-step/checkouts.ts";
import { grantedIn } from "../granted.ts";

interface Around {
  readonly on?: string | readonly string[];
  readonly env?: object;
  readonly job?: object;
}

/** What a job with these steps takes; around it stand the workflow's `env` and what else the job has. */
export function takenIn(
  steps: readonly object[],
  { on = "issue_comment", env = {}, job = {} }: Around = {},
): Capability[] {
  return grantedIn(JSON.stringify({ on, env, jobs: { a: { ...job, steps } } }), readCheckouts);
}

/** `name certainty` of each thing that is taken. */
export function takenBy(steps: readonly object[], around: Around = {}): string[] {
  return takenIn(steps, around).map(({ name, certainty }) => `${name} ${certainty}`);
}

export function checkout(ref: string): object {
  return { uses: "actions/checkout@v4", with: { ref } };
}
