import { expect, test } from "vitest";
import { reachTexts, wayTo } from "../../../rules/capabilities/reach.ts";

test("the way to what a capability does has no conditions", () => {
  expect(wayTo("rights", 7)).toEqual({ cause: "rights", conditions: [], line: 7, guardLine: 7 });
});

test("a reach as texts is sorted, without doubles, and without places", () => {
  const guarded = { ...wayTo("run", 1), conditions: ["a", "b"] };
  const reach = [wayTo("trigger:fork", 3), guarded, wayTo("trigger:fork", 2)];
  expect(reachTexts(reach)).toEqual(["run; a; b", "trigger:fork"]);
});
