import { expect, test } from "vitest";
import { verdictJson } from "../../report/verdict-json.ts";
import { judgementOf, reasonOf, record } from "./judgement.ts";

test("the document is the contract and nothing more", () => {
  const judgement = judgementOf([reasonOf()]);
  const { base, head, mergeBase } = judgement.facts.change;
  expect(JSON.parse(verdictJson(judgement, record))).toEqual({
    verdict: judgement.verdict,
    checks: judgement.checks,
    change: { base, head, mergeBase },
    record: { index: 12, leaf: record.leaf },
  });
});

test("without a record it says null", () => {
  expect(JSON.parse(verdictJson(judgementOf([]), null))).toMatchObject({ record: null });
});
