import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CapabilityFact } from "../../../rules/facts/facts.ts";
import { joinAlike } from "../../../rules/policy/join-alike.ts";

function capability(name: string, more: Partial<CapabilityFact> = {}): CapabilityFact {
  return {
    ...{ kind: "github.workflow.permission", name, holder: "jobs.a", context: "on push" },
    ...{ delta: "added", before: null, after: "write", path: "a.yml", side: "head" },
    ...{ line: 3, endLine: 3, certainty: "exact", ...more },
  };
}

describe("capabilities that fired", () => {
  test("are one where only their names differ, with the names sorted", () => {
    const joined = joinAlike([capability("issues"), capability("contents"), capability("checks")]);
    expect(joined).toEqual([capability("checks, contents, issues")]);
  });

  test.each([
    { what: "holder as well as the name", other: { holder: "jobs.b" } },
    { what: "line", other: { line: 4 } },
    { what: "path", other: { path: "b.yml" } },
    { what: "level", other: { after: "read" } },
    { what: "delta", other: { delta: "raised" } as const },
    { what: "context", other: { context: "on issues" } },
    { what: "certainty", other: { certainty: "heuristic" } as const },
  ])("stay apart where the $what differs", ({ other }) => {
    const apart = [capability("issues"), capability("contents", other)];
    expect(joinAlike(apart)).toEqual(apart);
  });

  test("are one where then only their holders differ: one line grants it to all of them", () => {
    const both = ["jobs.b", "jobs.a"].flatMap((holder) =>
      ["issues", "contents"].map((name) => capability(name, { holder })),
    );
    expect(joinAlike(both)).toEqual([capability("contents, issues", { holder: "jobs.a, jobs.b" })]);
  });

  test("lose no name, whatever their order", () => {
    const some = fc.array(fc.record({ name: fc.stringMatching(/^[a-z]+$/), line: fc.nat(2) }));
    fc.assert(
      fc.property(some, (items) => {
        const facts = items.map(({ name, line }) => capability(name, { line }));
        const names = joinAlike(facts).flatMap(({ name }) => name.split(", "));
        expect(names.sort()).toEqual(items.map(({ name }) => name).sort());
      }),
    );
  });

  test("the change as a whole and other items are left as they are", () => {
    expect(joinAlike([null])).toEqual([null]);
    const files = [{ path: "a" }, { path: "b" }];
    expect(joinAlike(files)).toEqual(files);
  });

  test("what is no capability stays as often as it stands, also where only its name differs", () => {
    const file = { path: "a" };
    expect(joinAlike([file, file])).toEqual([file, file]);
    const dependencies = [
      { name: "left", delta: "added" },
      { name: "right", delta: "added" },
    ];
    expect(joinAlike(dependencies)).toEqual(dependencies);
  });
});
