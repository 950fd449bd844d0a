import { expect, test } from "vitest";
import { CHECKOUT_KIND } from "../../../../../rules/capabilities/github-step/checkouts.ts";
import { rankOf } from "../../../../../rules/capabilities/levels.ts";
import { checkout, takenIn } from "./taken.ts";

const ON_BOTH = ["pull_request", "pull_request_target"];

/** Who comes in to a step with this `if`. */
function letInBy(condition: unknown): (string | undefined)[] {
  const step = { ...checkout("refs/pull/7/head"), if: condition };
  return takenIn([step], { on: ON_BOTH }).map(({ level }) => level);
}

test.each([
  ["fromJSON(vars.OTHER).github.event_name == 'pull_request'"],
  ["github.event_name == 'pull_request' or else"],
  [["github.event_name == 'pull_request'"]],
  [{ not: "read" }],
])("an if of %j keeps no event out", (condition) => {
  expect(letInBy(condition)).toEqual(["privileged"]);
});

test("an if names fifty events, and no further one is read", () => {
  const others = Array.from({ length: 49 }, (_, at) => `github.event_name != 'x${at}'`);
  const last = "github.event_name == 'push'";
  expect(letInBy([...others, last].join(" && "))).toEqual([]);
  expect(letInBy([...others, "github.event_name != 'y'", last].join(" && "))).toEqual([
    "privileged",
  ]);
});

test("whoever comes in by an event of the file weighs more than whom a caller lets in", () => {
  expect(rankOf(CHECKOUT_KIND, "called")).toBe(0);
  expect(rankOf(CHECKOUT_KIND, "privileged")).toBe(1);
});
