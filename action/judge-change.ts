import { emptyTreeId } from "../git/store.ts";
import type { Ledger } from "../ledger/record.ts";
import { thisEvaluator } from "../maestro/evaluator.ts";
import { govern, type Governed } from "../maestro/govern.ts";
import type { Gate } from "../maestro/ports.ts";
import type { EventChange } from "./event.ts";
import { openExternal } from "./external.ts";
import type { Inputs } from "./inputs.ts";
import { changeSource, type Objects } from "./objects.ts";
import { readPolicies } from "./policies.ts";
import type { Runner } from "./runner.ts";
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
      gate,
      ledger,
      evaluator: thisEvaluator,
      policies: () =>
        objects.ask(async (place) =>
          readPolicies(place, {
            repositoryId: action.repository.id ?? "",
            branch,
            commit: movesDefaultBranch(change, runner)
              ? orNone(range.base)
              : await place.tipOf(branch),
            added: inputs.policies,
          }),
        ),
      external: openExternal(runner, inputs.token, now),
    },
  );
}

/** A push to the default branch is judged by what stood there before it. */
function movesDefaultBranch({ action, defaultBranch }: EventChange, { event }: Runner): boolean {
  return event === "push" && action.facts.baseBranch === defaultBranch;
}

const NOTHING = emptyTreeId("sha1");

function orNone(commit: string): string | null {
  return commit === NOTHING ? null : commit;
}

function resolveRange(
  { ask }: Objects,
  { range }: EventChange,
  inputs: Inputs,
): Promise<{ readonly base: string; readonly head: string }> {
  const base = inputs.base ?? range.base;
  return ask(async (place) => ({
    base: base === null ? NOTHING : await place.resolve(base),
    head: await place.resolve(inputs.head ?? range.head),
  }));
}
