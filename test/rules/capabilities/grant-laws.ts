import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffOf, shown, type Tree } from "./changes.ts";
import { type Grant, grants, openings, patchJob } from "./grants.ts";
import { composite, job, surroundings, type WorkflowModel } from "./workflow-model.ts";
import { hand, PLAIN_HAND, written } from "./yaml-hand.ts";

const CI = ".github/workflows/ci.yml";
const OTHER = ".github/workflows/other.yml";
const ACTION = "action.yml";

/** Two jobs with steps; what is given goes to `a`. */
const workflow: fc.Arbitrary<WorkflowModel> = fc
  .tuple(surroundings, job, job)
  .map(([around, a, b]) => ({ ...around, jobs: { a, b } }));

function gains(base: Tree, head: Tree, kind: string): string[] {
  return diffOf(base, head)
    .filter((fact) => fact.kind === kind && (fact.delta === "added" || fact.delta === "raised"))
    .map(shown);
}

/** Where a grant was, and where it turns up while it goes there: each must count as new. */
interface Laundering {
  readonly where: string;
  readonly beforeOutsiders: boolean;
  /** Puts a job with the grant into its old and its new place. */
  readonly move: (
    given: WorkflowModel,
    without: WorkflowModel,
  ) => { readonly base: Tree; readonly head: Tree };
}

const text = (model: WorkflowModel): string => written(model, PLAIN_HAND);
const QUIET = { push: { branches: ["main"] } };

const launderings: readonly Laundering[] = [
  {
    where: "in a file that outsiders start",
    beforeOutsiders: true,
    move: (given, without) => ({
      base: { [CI]: text({ ...given, on: QUIET }) },
      head: {
        [CI]: text({ ...without, on: QUIET }),
        [OTHER]: text({ ...given, on: { ...QUIET, issue_comment: null } }),
      },
    }),
  },
  {
    where: "in a file that another event starts",
    beforeOutsiders: false,
    move: (given, without) => ({
      base: { [CI]: text({ ...given, on: QUIET }) },
      head: {
        [CI]: text({ ...without, on: QUIET }),
        [OTHER]: text({ ...given, on: { pull_request: null } }),
      },
    }),
  },
  {
    where: "in a file where nobody guards its environment",
    beforeOutsiders: false,
    move: (given, without) => ({
      base: { [CI]: text({ ...patchJob(given, "a", { environment: "guarded" }), on: QUIET }) },
      head: {
        [CI]: text({ ...without, on: QUIET }),
        [OTHER]: text({ ...patchJob(given, "a", { environment: null }), on: QUIET }),
      },
    }),
  },
  {
    where: "in a renamed file that outsiders start as well",
    beforeOutsiders: true,
    move: (given) => ({
      base: { [CI]: text({ ...given, on: QUIET }) },
      head: { [OTHER]: text({ ...given, on: { ...QUIET, issue_comment: null } }) },
    }),
  },
];

/** A trigger is given to a workflow, and one that has it in another file grants another one nothing. */
const movable: readonly Grant[] = grants.filter(({ ofWorkflow }) => ofWorkflow !== true);

/** Whatever is given gives a delta, and so does what is taken away here and given there; each law is tried `runs` times. */
export function grantLaws(runs: number): void {
  describe("what is given is seen, whatever else is rewritten:", () => {
    test.each(grants)("$what", ({ kind, take, give }) => {
      fc.assert(
        fc.property(workflow, hand, hand, (model, one, other) => {
          const base = { [CI]: written(take(model, "a"), one) };
          const head = { [CI]: written(give(model, "a"), other) };
          expect(gains(base, head, kind)).not.toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    test.each(openings)("$what", ({ kind, open }) => {
      fc.assert(
        fc.property(workflow, hand, hand, (model, one, other) => {
          const { base, head } = open(model, "a");
          expect(
            gains({ [CI]: written(base, one) }, { [CI]: written(head, other) }, kind),
          ).not.toEqual([]);
        }),
        { numRuns: runs },
      );
    });
  });

  describe("what a step of an action is given is seen:", () => {
    const ofSteps = grants.flatMap((grant) =>
      grant.step && grant.kind.startsWith("github.step.") ? [{ ...grant, step: grant.step }] : [],
    );
    test.each(ofSteps)("$what", ({ kind, step }) => {
      fc.assert(
        fc.property(composite, hand, hand, (model, one, other) => {
          const runs = { ...model.runs, steps: [...model.runs.steps, step] };
          const base = { [ACTION]: written(model, one) };
          const head = { [ACTION]: written({ ...model, runs }, other) };
          expect(gains(base, head, kind)).not.toEqual([]);
        }),
        { numRuns: runs },
      );
    });
  });

  describe.each(launderings)("what is taken away here is seen again $where:", (laundering) => {
    const { move } = laundering;
    const seen = movable.filter((grant) => !grant.beforeOutsiders || laundering.beforeOutsiders);
    test.each(seen)("$what", ({ kind, take, give }) => {
      fc.assert(
        fc.property(workflow, (model) => {
          const { base, head } = move(give(model, "a"), take(model, "a"));
          expect(gains(base, head, kind)).not.toEqual([]);
        }),
        { numRuns: Math.ceil(runs / 2) },
      );
    });
  });

  describe("what is taken from one job is seen when another one has it:", () => {
    test.each(movable)("$what", ({ kind, take, give }) => {
      fc.assert(
        fc.property(workflow, (model) => {
          const bare = take(take(model, "a"), "b");
          const [base, head] = [give(bare, "a"), give(bare, "b")];
          expect(gains({ [CI]: text(base) }, { [CI]: text(head) }, kind)).not.toEqual([]);
        }),
        { numRuns: Math.ceil(runs / 2) },
      );
    });
  });
}
