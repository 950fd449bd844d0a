import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimsOn } from "../../../rules/capabilities/readers.ts";
import { diffOf, readingOf, shown, type Tree } from "./changes.ts";
import {
  calling,
  composite,
  job,
  surroundings,
  workflow,
  type WorkflowModel,
} from "./workflow-model.ts";
import { hand, PLAIN_HAND, written, type Value } from "./yaml-hand.ts";

const CI = ".github/workflows/ci.yml";
const OTHER = ".github/workflows/other.yml";
const ACTION = "tools/action.yml";

function deltas(base: Tree, head: Tree): string[] {
  return diffOf(base, head).map(shown);
}

/** What a file grants, less where: the lines are what a hand may change. */
function granted(path: string, text: string): string[] {
  const reading = claimsOn(path)[0]?.reader.read(path, new TextEncoder().encode(text));
  if (!reading?.understood) throw new Error(reading ? reading.why : "nobody claims it");
  return reading.capabilities
    .map((capability) =>
      JSON.stringify(capability, (key, value: unknown) =>
        ["line", "endLine", "guardLine"].includes(key) ? undefined : value,
      ),
    )
    .sort();
}

/** What is only written otherwise, renamed or moved gives no delta; each law is tried `runs` times. */
export function formLaws(runs: number): void {
  describe("however the same file is written", () => {
    test("every hand is understood", () => {
      fc.assert(
        fc.property(workflow, hand, (model, style) => {
          expect(readingOf({}, { [CI]: written(model, style) }).completeness.unread).toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    test.each([
      { path: CI, model: workflow },
      { path: ACTION, model: composite },
    ])("$path is read as the same capabilities", ({ path, model }) => {
      fc.assert(
        fc.property(model, hand, (value: { readonly [key: string]: Value }, style) => {
          expect(granted(path, written(value, style))).toEqual(
            granted(path, written(value, PLAIN_HAND)),
          );
        }),
        { numRuns: runs },
      );
    });

    test("a workflow that is rewritten, and perhaps renamed, grants nothing", () => {
      fc.assert(
        fc.property(workflow, hand, hand, fc.constantFrom(CI, OTHER), (model, one, other, path) => {
          expect(deltas({ [CI]: written(model, one) }, { [path]: written(model, other) })).toEqual(
            [],
          );
        }),
        { numRuns: runs },
      );
    });

    test("an action that is rewritten, and perhaps moved, grants nothing", () => {
      fc.assert(
        fc.property(composite, hand, hand, fc.boolean(), (model, one, other, moves) => {
          const path = moves ? "other/action.yaml" : ACTION;
          expect(
            deltas({ [ACTION]: written(model, one) }, { [path]: written(model, other) }),
          ).toEqual([]);
        }),
        { numRuns: runs },
      );
    });
  });

  describe("whatever a job is called and wherever it stands", () => {
    test("new ids of all jobs grant nothing", () => {
      fc.assert(
        fc.property(workflow, hand, (model, style) => {
          const renamed = Object.entries(model.jobs).map(([id, body]) => [`new-${id}`, body]);
          const head = { ...model, jobs: Object.fromEntries(renamed) as WorkflowModel["jobs"] };
          expect(deltas({ [CI]: written(model, style) }, { [CI]: written(head, style) })).toEqual(
            [],
          );
        }),
        { numRuns: runs },
      );
    });

    test("a new id of a job that another one needs grants nothing", () => {
      fc.assert(
        fc.property(workflow, job, job, hand, (model, needed, waiting, style) => {
          const named = (id: string) => {
            const run = { run: `echo \${{ needs.${id}.result }}` };
            const after = { ...waiting, needs: [id], steps: [...waiting.steps, run] };
            return { [CI]: written({ ...model, jobs: { [id]: needed, after } }, style) };
          };
          expect(deltas(named("first"), named("renamed"))).toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    test("a job that moves to a workflow of the same surroundings grants nothing, by any id", () => {
      const moves = fc.record({
        around: surroundings,
        moved: fc.oneof(job, calling),
        id: fc.constantFrom("moved", "now"),
      });
      fc.assert(
        fc.property(moves, job, job, hand, ({ around, moved, id }, one, other, style) => {
          const tree = (ci: object, rest: object): Tree => ({
            [CI]: written({ ...around, jobs: { one, ...ci } }, style),
            [OTHER]: written({ ...around, jobs: { other, ...rest } }, style),
          });
          const found = diffOf(tree({ moved }, {}), tree({}, { [id]: moved }));
          // What a trigger starts has changed with the jobs of its file, and the event is still there.
          expect(found.map(shown)).toEqual([]);
        }),
        { numRuns: runs },
      );
    });
  });

  test("what grants nothing more is no raise: names, limits and harmless steps", () => {
    fc.assert(
      fc.property(workflow, hand, (model, style) => {
        const jobs = Object.entries(model.jobs).map(([id, body]) => [
          id,
          "uses" in body
            ? { ...body, name: "Called" }
            : {
                ...{ ...body, name: "Build", "timeout-minutes": 10 },
                steps: [...body.steps, { name: "Last", run: "echo done" }],
              },
        ]);
        const head = {
          ...{ ...model, name: "Renamed", concurrency: { group: "ci" } },
          jobs: Object.fromEntries(jobs) as WorkflowModel["jobs"],
        };
        const gained = diffOf(
          { [CI]: written(model, style) },
          { [CI]: written(head, style) },
        ).filter(({ delta }) => delta === "added" || delta === "raised");
        expect(gained.map(shown)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
}
