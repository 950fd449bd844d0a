import fc from "fast-check";
import { expect, test } from "vitest";
import { oldestFirst } from "../../../../rules/change/commits/commit-order.ts";

const commits = (...lines: readonly string[]) =>
  lines.map((line) => {
    const [sha = "", ...parents] = line.split(" ");
    return { sha, parents };
  });

test.each([
  { when: "one follows the other", given: ["c b", "b a", "a base"], order: "a b c" },
  { when: "a branch was merged", given: ["d b c", "b a", "c a", "a base"], order: "a b c d" },
  { when: "they begin with roots", given: ["c a b", "a", "b"], order: "a b c" },
  { when: "one is not reached from the head", given: ["b a", "a", "x"], order: "a b", head: "b" },
])("$when", ({ given, order, head }) => {
  const all = commits(...given);
  const [first] = all;
  const ordered = oldestFirst(head ?? first?.sha ?? "", all);
  expect(ordered.map(({ sha }) => sha).join(" ")).toBe(order);
});

test("each stands behind its parents, in whatever order they were listed", () => {
  const history = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(history, fc.func(fc.nat()), (drawn, rank) => {
      const all = drawn.map((parents, n) => ({
        sha: `${n}`,
        parents: parents.filter((parent) => parent < n).map(String),
      }));
      const head = `${all.length - 1}`;
      const ordered = oldestFirst(head, all).map(({ sha }) => sha);
      const at = (sha: string) => ordered.indexOf(sha);
      for (const { sha, parents } of all.filter((one) => at(one.sha) !== -1)) {
        for (const parent of parents) expect(at(parent)).toBeLessThan(at(sha));
      }
      const shuffled = all.toSorted((one, other) => rank(one.sha) - rank(other.sha));
      expect(oldestFirst(head, shuffled).map(({ sha }) => sha)).toEqual(ordered);
    }),
  );
});
