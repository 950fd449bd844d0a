import { expect, test } from "vitest";
import type { Taint } from "../../../../../rules/capabilities/github-step/taint/taint.ts";
import {
  ANY_NAME,
  emptyStore,
} from "../../../../../rules/capabilities/github-step/taint/taint-store.ts";

function taint(path: string): Taint {
  return { path, level: "outsider", through: "", certainty: "exact" };
}

test("a name that was given no text of others is not held", () => {
  const store = emptyStore();
  store.add(["x"], []);
  store.add(["y"], [taint("inputs.y")]);
  expect(store.has("x")).toBe(false);
  expect(store.has("y")).toBe(true);
});

test.each([
  { of: "all", path: [], found: ["inputs.t", "inputs.any", "inputs.u"] },
  { of: "a value", path: ["x", "t"], found: ["inputs.t", "inputs.any"] },
  { of: "what is below a value", path: ["x", "t", "length"], found: ["inputs.t", "inputs.any"] },
  { of: "a value of no told name", path: ["x", null], found: ["inputs.t", "inputs.any"] },
  { of: "the name of any", path: ["x", ANY_NAME], found: ["inputs.any"] },
  { of: "a name that holds none", path: ["x", "v"], found: ["inputs.any"] },
  { of: "another value", path: ["y"], found: ["inputs.u"] },
  { of: "nothing that was added", path: ["z"], found: [] },
])("the texts of others of $of", ({ path, found }) => {
  const store = emptyStore();
  store.add(["x", "t"], [taint("inputs.t")]);
  store.add(["x", ANY_NAME], [taint("inputs.any")]);
  store.add(["y", "t"], [taint("inputs.u")]);
  expect(store.at(path).map((one) => one.path)).toEqual(found);
});
