import { expect, test } from "vitest";
import { verdictPredicate } from "../../../ledger/predicates.ts";
import { verdictStep } from "../../../ledger/verify/run-step.ts";
import { statementOf, type VerdictFixture, verdictPredicateOf } from "../verdict-fixture.ts";

function stepAfter(fixture: VerdictFixture) {
  const predicate = verdictPredicateOf(fixture);
  return verdictStep(statementOf("verdict", predicate), verdictPredicate.parse(predicate));
}

test("a verdict on a command is followed by a step that is told by a digest, one on a change by none", () => {
  expect(stepAfter({ run: "run-1" })).toEqual({
    rests: null,
    leaves: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(stepAfter({})).toBeNull();
});
