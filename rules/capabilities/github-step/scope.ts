import type { Capability } from "../capability.ts";
import { conditionsOf } from "../github-expression/conditions.ts";
import { successAskedBy } from "../github-expression/status.ts";
import type { Way } from "../reach.ts";
import type { DataEntry, DataMap, DataScalar } from "../data/data-node.ts";
import type { Step } from "./step.ts";

/** What steps stand in, a job or a composite action: the holder of what they grant. */
export interface StepScope extends Pick<
  Capability,
  "holder" | "context" | "reach" | "holderContent"
> {
  /** The job's id; "" for an action. */
  readonly id: string;
  /** The job, or the action's `runs`. */
  readonly body: DataMap;
  readonly steps: readonly Step[];
  /**
   * Each `env` around the steps, the outermost first: the workflow's, which is one list for all of
   * its jobs, then the job's.
   */
  readonly env: readonly EnvLayer[];
  /** What a job's container adds to the environment of its steps, but not to the `env` context. */
  readonly containerEnv: EnvLayer;
  /** The `inputs` that its caller may give, each with what it is declared to be. */
  readonly inputs: readonly DataEntry[];
  /** The reusable workflow that a job calls, and what it hands on. */
  readonly calls: DataScalar | null;
  /** The events that start it, in lower case; none for an action. */
  readonly events: readonly string[];
}

/** The entries of one `env`: what is worked out for a list can be kept for all that it is around. */
export type EnvLayer = readonly DataEntry[];

/** What one step of a scope grants. Without `reach` it is reached as the step is. */
export type StepGrant = Pick<Capability, "kind" | "name" | "line" | "certainty"> &
  Partial<Pick<Capability, "level" | "endLine" | "context">> & {
    /** What it does, in front of the scope's own reach: another cause is a raise. */
    readonly does?: readonly Way[];
  };

/** A capability of one step: held by its scope, and before outsiders only where its `if` lets them. */
export function stepCapability(scope: StepScope, step: Step | null, grant: StepGrant): Capability {
  const { does = [], context, ...own } = grant;
  const { holder, holderContent } = scope;
  return {
    ...own,
    holder,
    holderContent,
    context: context === undefined ? scope.context : `${scope.context}; ${context}`,
    reach: [...does, ...guardedBy(scope.reach, step?.condition)],
  };
}

/** What a step asks of those before it, where its `if` does not take that back. */
const SUCCESS = "success";

/** The ways of a job that a step's `if` leaves: an outsider has to pass it as well. */
export function guardedBy(reach: readonly Way[], condition: DataEntry | undefined): Way[] {
  const success = successAskedBy(condition).ofAll ? [SUCCESS] : [];
  const asked = [...conditionsOf(condition), ...success];
  return reach.map((way) => {
    if (asked.length === 0 || !way.cause.startsWith("trigger:")) return way;
    const conditions = [...new Set([...way.conditions, ...asked])].sort();
    return { ...way, conditions, guardLine: condition?.key.line ?? way.guardLine };
  });
}
