import { expect, test } from "vitest";
import { recordedInputs } from "../../maestro/recorded-evidence.ts";
import { judge } from "../../rules/judge.ts";
import { verdictRecord } from "../report/recorded.ts";
import { evidenceOf } from "../rules/sample-evidence.ts";

function recorded(external: object) {
  const { verdict } = verdictRecord(judge(evidenceOf([], [])));
  return recordedInputs({ ...verdict, external: { ...verdict.external, ...external } });
}

test("contributors that an earlier version did not record are unknown", () => {
  expect(recorded({ contributors: undefined })?.external.contributors).toBeNull();
});

test("inputs that were too large for the record are no inputs", () => {
  expect(recorded({ reviews: { digest: "0".repeat(64), count: 9 } })).toBeNull();
});
