import { emptyTreeId } from "../git/store.ts";
import { thisEvaluator } from "../maestro/evaluator.ts";
import { govern, type Governed } from "../maestro/govern.ts";
import type { Gate } from "../maestro/ports.ts";
import { changeOf, type EventChange } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import { changeSource, openObjects, type Objects } from "./objects.ts";
import { readPolicies } from "./policies.ts";
import type { Runner } from "./runner.ts";

/** Judges the change that a run's event is about, and concludes the gate. */
export async function judgeEvent(
  runner: Runner,
  inputs: Inputs,
  { gate, at }: { readonly gate: Gate; readonly at: Date },
): Promise<Governed> {
  const event = changeOf(runner, at);
  await using objects = await openObjects(runner, inputs.token);
  const range = await resolveRange(objects, event, inputs);
  const { repository } = event.action;
  return await govern(
    { ...event.action, range },
    {
      change: changeSource(objects),
      gate,
      ledger: null,
      evaluator: thisEvaluator,
      policies: () =>
        objects.ask(async (place) =>
          readPolicies(place, {
            repositoryId: repository.id ?? "",
            branch: event.defaultBranch,
            commit: movesDefaultBranch(event)
              ? orNone(range.base)
              : await place.tipOf(event.defaultBranch),
            added: inputs.policies,
          }),
        ),
      external: () => Promise.resolve({ reviews: null, statuses: null }),
    },
  );
}

/** A push to the default branch is judged by what stood there before it. */
function movesDefaultBranch({ action, defaultBranch }: EventChange): boolean {
  return action.facts.kind === "push" && action.facts.baseBranch === defaultBranch;
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
