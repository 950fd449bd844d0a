import { emptyTreeId } from "../git/store.ts";
import { thisEvaluator } from "../maestro/evaluator.ts";
import { govern, type Governed } from "../maestro/govern.ts";
import { changeOf, type EventChange } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import { whyUnsigned } from "./may-sign.ts";
import { changeSource, openObjects, type Objects } from "./objects.ts";
import { openLedger } from "./open-ledger.ts";
import { readPolicies } from "./policies.ts";
import type { Runner } from "./runner.ts";
import { openStepGate } from "./step-gate.ts";

/** Judges the change that a run's event is about, records it where that run may, and gates the step. */
export async function judgeEvent(runner: Runner, inputs: Inputs, at: Date): Promise<Governed> {
  const event = changeOf(runner, at);
  await using stack = new AsyncDisposableStack();
  const objects = stack.use(await openObjects(runner, inputs.token));
  const { ledger, token } = inputs;
  const unsigned = whyUnsigned(runner, event.defaultBranch);
  const unrecorded = ledger === null ? "the step has no key and no root of a ledger" : unsigned;
  const range = await resolveRange(objects, event, inputs);
  const { repository } = event.action;
  return await govern(
    { ...event.action, range },
    {
      change: changeSource(objects),
      gate: openStepGate(runner, inputs, unrecorded ?? ""),
      ledger:
        ledger && unsigned === null ? await openLedger(runner, { ...ledger, token }, stack) : null,
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
