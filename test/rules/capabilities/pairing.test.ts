import { expect, test } from "vitest";
import { pairCapabilities } from "../../../rules/capabilities/pairing.ts";
import type { LocatedCapability } from "../../../rules/capabilities/read-change.ts";
import { listingOf } from "./changes.ts";

function capability(line: number): LocatedCapability {
  return {
    path: ".github/workflows/ci.yml",
    kind: "github.workflow.container",
    name: "privileged",
    holder: "jobs.a",
    context: "on push",
    line,
    certainty: "exact",
    reach: [],
    holderContent: "x",
  };
}

/** The lines of each pair. */
function paired(base: readonly number[], head: readonly number[]): unknown[] {
  const pairs = pairCapabilities(base.map(capability), head.map(capability), listingOf([]));
  return pairs.map((pair) => [pair.base?.line ?? null, pair.head?.line ?? null]);
}

test.each([
  { what: "none", base: [], head: [], pairs: [] },
  {
    what: "each with its own",
    base: [1, 2],
    head: [4, 3],
    pairs: [
      [1, 3],
      [2, 4],
    ],
  },
  {
    what: "all that are left alone",
    base: [1, 2, 3],
    head: [1],
    pairs: [
      [1, 1],
      [2, null],
      [3, null],
    ],
  },
  {
    what: "all that came",
    base: [1],
    head: [1, 2],
    pairs: [
      [1, 1],
      [null, 2],
    ],
  },
])("equal capabilities are paired one for one: $what", ({ base, head, pairs }) => {
  expect(paired(base, head)).toEqual(pairs);
});

test("as many equal capabilities as there are find each other", () => {
  const lines = Array.from({ length: 9 }, (_, index) => index + 1);
  expect(paired(lines, lines)).toEqual(lines.map((line) => [line, line]));
});
