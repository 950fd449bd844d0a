import { expect, test } from "vitest";
import { Triggers } from "../../../ledger/lineage/triggers.ts";
import {
  type RecordedCapability,
  type RecordedCheck,
  verdictPredicate,
} from "../../../ledger/predicates.ts";
import { verdictPredicateOf } from "../verdict-fixture.ts";

const { capabilities, checks } = verdictPredicate.parse(verdictPredicateOf());
const [delta] = capabilities as [RecordedCapability];
const [check] = checks as [RecordedCheck];
const [reason] = check.reasons as Extract<RecordedCheck["reasons"], readonly unknown[]>;

/** So many deltas at one place. */
function deltas(count: number): readonly RecordedCapability[] {
  return Array.from({ length: count }, (_, at) => ({ ...delta, name: String(at) }));
}

/** A check with so many reasons about that place. */
function checkOf(count: number): RecordedCheck {
  const reasons = Array.from({ length: count }, () => reason).filter((one) => one !== undefined);
  return { ...check, reasons };
}

test.each([
  { when: "no reason", told: checkOf(0), fired: 0 },
  { when: "one reason", told: checkOf(1), fired: 3 },
  { when: "the same reason often", told: checkOf(9), fired: 3 },
  { when: "reasons that are left out", told: { ...check, reasons: omitted() }, fired: 0 },
])("each delta of a place fires a check with $when once", ({ told, fired }) => {
  const { deltas: ids, omitted } = new Triggers("change", deltas(3)).of(told);
  expect({ fired: new Set(ids).size, edges: ids.length, omitted }).toEqual({
    ...{ fired, edges: fired, omitted: 0 },
  });
});

test.each([{ path: "other" }, { side: "base" as const }, { line: 15 }])(
  "a delta at another place fires nothing: %o",
  (other) => {
    const elsewhere = new Triggers("change", [{ ...delta, ...other }]);
    expect(elsewhere.of(checkOf(1))).toEqual({ deltas: [], omitted: 0 });
  },
);

test("a record that has everything at one place gives two thousand edges and counts the others", () => {
  const triggers = new Triggers("change", deltas(350));
  const told = Array.from({ length: 350 }, () => triggers.of(checkOf(350)));
  const edges = told.reduce((sum, { deltas: ids }) => sum + ids.length, 0);
  const omitted = told.reduce((sum, each) => sum + each.omitted, 0);
  expect({ edges, omitted }).toEqual({ edges: 2_000, omitted: 350 * 350 - 2_000 });
});

function omitted() {
  return { digest: "0".repeat(64), count: 9 };
}
