import { emptyTreeId } from "../git/store.ts";
import type { Ledger } from "../ledger/record.ts";
import { thisEvaluator } from "../maestro/evaluator.ts";
import { govern, type Governed } from "../maestro/govern.ts";
import type { Gate } from "../maestro/ports.ts";
import type { EventChange } from "./event.ts";
import { openExternal } from "./external.ts";
import { type Inputs, isCommit } from "./inputs.ts";
import { changeSource, type Objects, pastChanges } from "./objects.ts";
import { readPolicies } from "./policies.ts";
import type { Step } from "./step.ts";

/** What one change of a step's event is judged with. */
export interface Judging {
  readonly step: Step;
  readonly objects: Objects;
  readonly ledger: Ledger | null;
  readonly gate: Gate;
}

/** Judges a change by the default branch's policies, records it where the run may, and gates it. */
export async function judgeChange(change: EventChange, judging: Judging): Promise<Governed> {
  const { step, objects, ledger, gate } = judging;
  const { runner, inputs, now } = step;
  const { action, defaultBranch: branch } = change;
  const range = await resolveRange(objects, change, inputs);
  return await govern(
    { ...action, range },
    {
      change: changeSource(objects),
      // A command is judged beside its event, which has tried them.
      ...(action.facts.kind !== "command" && { past: pastChanges(objects) }),
      gate,
      ledger,
      evaluator: thisEvaluator,
      policies: async () => {
        const commit = await policyCommit(change, judging);
        const repositoryId = action.repository.id ?? "";
        return await objects.ask((place) =>
          readPolicies(place, { repositoryId, branch, commit, added: inputs.policies }),
        );
      },
      external: openExternal(runner, inputs.token, now),
    },
  );
}

/**
 * The default branch as it is; a push to it is judged by what stood there before, null for nothing.
 * No input chooses it.
 */
function policyCommit(
  { action, range, defaultBranch: branch }: EventChange,
  { step: { runner }, objects }: Judging,
): Promise<string | null> {
  const movesIt = runner.event === "push" && action.facts.baseBranch === branch;
  return movesIt ? Promise.resolve(range.base) : objects.tipOf(branch);
}

const NOTHING = emptyTreeId("sha1");

async function resolveRange(
  objects: Objects,
  { range }: EventChange,
  inputs: Inputs,
): Promise<{ readonly base: string; readonly head: string }> {
  const base = inputs.base ?? range.base;
  return {
    base: base === null ? NOTHING : await commitOf(base, objects),
    head: await commitOf(inputs.head ?? range.head, objects),
  };
}

/** An id is itself; a name is a branch of the server's. */
function commitOf(revision: string, { tipOf }: Objects): Promise<string> {
  return isCommit(revision) ? Promise.resolve(revision) : tipOf(revision);
}
