import fc from "fast-check";
import { expect, test } from "vitest";
import { diffCapabilities } from "../../../rules/capabilities/differ.ts";
import { changeOf, diffOf, readingOf, type Tree } from "./changes.ts";
import { patchJob } from "./grants.ts";
import { SCOPES, workflow, type WorkflowModel } from "./workflow-model.ts";
import { hand, PLAIN_HAND, written } from "./yaml-hand.ts";

const CI = ".github/workflows/ci.yml";
const OTHER = ".github/workflows/other.yml";
const KIND = "github.workflow.permission";
const LEVELS = ["none", "read", "write"] as const;

const scope = fc.constantFrom(...SCOPES);
const level = fc.constantFrom(...LEVELS);
const trees: fc.Arbitrary<Tree> = fc
  .record({ [CI]: workflow, [OTHER]: workflow }, { requiredKeys: [] })
  .map((models) => {
    const files = Object.entries(models as Record<string, WorkflowModel>);
    return Object.fromEntries(files.map(([path, model]) => [path, written(model, PLAIN_HAND)]));
  });

test("a scope that a job gains is seen, and it alone", () => {
  fc.assert(
    fc.property(workflow, scope, level, hand, (model, name, before, style) => {
      const [id = ""] = Object.keys(model.jobs);
      const base = patchJob(model, id, { permissions: { actions: "read", [name]: before } });
      const head = patchJob(model, id, { permissions: { actions: "read", [name]: "write" } });
      const found = diffOf({ [CI]: written(base, PLAIN_HAND) }, { [CI]: written(head, style) });
      const delta = before === "read" ? "raised" : "added";
      const seen = { kind: KIND, delta, name, holder: `jobs.${id}`, after: "write" };
      expect(found).toMatchObject(before === "write" ? [] : [seen]);
    }),
    { numRuns: 50 },
  );
});

test("what a side gains of a scope over the other is reported, however it is spread", () => {
  const writesIn = (found: ReturnType<typeof readingOf>["base"], name: string): number =>
    found.filter((item) => item.kind === KIND && item.name === name && item.level === "write")
      .length;
  fc.assert(
    fc.property(trees, trees, scope, (before, after, name) => {
      const { base, head } = readingOf(before, after);
      const gains = diffOf(before, after).filter(
        (fact) => fact.kind === KIND && fact.name === name && fact.after === "write",
      );
      const told = gains.filter(({ delta }) => delta === "added" || delta === "raised");
      expect(told.length).toBeGreaterThanOrEqual(writesIn(head, name) - writesIn(base, name));
    }),
    { numRuns: 50 },
  );
});

test("facts are the same for every order of capabilities and files", () => {
  fc.assert(
    fc.property(trees, trees, (before, after) => {
      const { listing } = changeOf(before, after);
      const { base, head } = readingOf(before, after);
      const repository = { defaultTokenPermissions: "unknown" as const };
      const reversed = {
        ...{ base: [...base].reverse(), head: [...head].reverse(), repository },
        listing: { ...listing, files: [...listing.files].reverse() },
      };
      expect(diffCapabilities(reversed)).toEqual(
        diffCapabilities({ base, head, listing, repository }),
      );
    }),
    { numRuns: 50 },
  );
});
