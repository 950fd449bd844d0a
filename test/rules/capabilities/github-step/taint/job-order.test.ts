import { expect, test } from "vitest";
import {
  inOrderOfNeeds,
  neededBy,
} from "../../../../../rules/capabilities/github-step/taint/job-order.ts";
import { scopesIn } from "../granted.ts";

function scopesOf(needs: Readonly<Record<string, unknown>>): ReturnType<typeof scopesIn> {
  const jobs = Object.fromEntries(
    Object.entries(needs).map(([id, ids]) => [id, { needs: ids, steps: [] }]),
  );
  return scopesIn(JSON.stringify({ on: "push", jobs }));
}

test.each([
  ["a", ["a"]],
  [
    ["A", "b"],
    ["a", "b"],
  ],
  [["a", ["b"]], ["a"]],
  [undefined, []],
  [{ a: "b" }, []],
])("a job that needs %j waits for %j", (needs, ids) => {
  expect(scopesOf({ x: needs }).map(neededBy)).toEqual([new Set(ids)]);
});

test.each([
  { needs: { d: "c", c: "a", b: "a", a: [] }, order: ["a", "c", "b", "d"] },
  { needs: { c: ["a", "b"], a: [], b: [] }, order: ["a", "b", "c"] },
  { needs: { c: "B", B: "A", A: [] }, order: ["A", "B", "c"] },
  { needs: { b: "none", a: [] }, order: ["b", "a"] },
  { needs: { b: "c", c: "b", a: [] }, order: ["a", "b", "c"] },
])("jobs that need $needs are read in the order $order", ({ needs, order }) => {
  expect(inOrderOfNeeds(scopesOf(needs)).map(({ id }) => id)).toEqual(order);
});
