import { expect, test } from "vitest";
import { firstOfEach } from "../../../rules/capabilities/first-of-each.ts";

test("of items with equal keys the first stays, in the order of the items", () => {
  const items = ["b1", "a1", "b2", "a2", "c1"];
  expect(firstOfEach(items, ([key]) => key)).toEqual(["b1", "a1", "c1"]);
});
