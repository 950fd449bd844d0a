import { expect, test } from "vitest";
import type { Verification } from "../../ledger/verify/verification.ts";
import { verificationJson, verificationText } from "../../report/verification-text.ts";

const clean: Verification = {
  ok: true,
  size: 5,
  root: "cm9vdA==",
  pin: "bailiff.dev/ledger/4c1f 5 cm9vdA== 7a7a",
  problems: [],
  notCovered: ["External facts are the evaluator's word."],
};

const readAt = { ref: "refs/heads/governance-ledger", commit: "1f2e3d4" };

const broken: Verification = {
  ...clean,
  ok: false,
  pin: "",
  problems: [
    {
      code: "RECORD_EDITED",
      place: "records/x000/000-5.jsonl:3",
      since: "commit 1f2e3d4, index 2",
      message: "This record's bytes are not the ones that were signed.",
    },
    { code: "FILE_FOREIGN", place: "a\u{1b}[2J\nok", since: null, message: "No part of a ledger." },
  ],
};

test("a ledger that holds says so, what is not covered, and what to pin", () => {
  expect(verificationText(clean, { colour: false, readAt }))
    .toBe(`The ledger holds: 5 records, no problem.

Not covered:
  - External facts are the evaluator's word.

Read: refs/heads/governance-ledger, commit 1f2e3d4
Root: cm9vdA==
Pin:  bailiff.dev/ledger/4c1f 5 cm9vdA== 7a7a
`);
});

test("each problem is told with code, place, since and meaning, escaped, and no pin is offered", () => {
  expect(verificationText({ ...broken, notCovered: [] }, { colour: false, readAt }))
    .toBe(`The ledger does not hold: 5 records, 2 problems.

  RECORD_EDITED  records/x000/000-5.jsonl:3, since commit 1f2e3d4, index 2
    This record's bytes are not the ones that were signed.

  FILE_FOREIGN  a\\u{1b}[2J\\u{a}ok
    No part of a ledger.

Read: refs/heads/governance-ledger, commit 1f2e3d4
Root: cm9vdA==
`);
});

test("colours appear only when asked for", () => {
  expect(verificationText(clean, { colour: true, readAt })).toContain("\u{1b}[32mThe ledger holds");
  expect(verificationText(broken, { colour: true, readAt })).toContain("\u{1b}[31mFILE_FOREIGN");
});

test("the document is the contract and nothing more", () => {
  const noisy = { ...broken, elapsedMs: 7 };
  expect(JSON.parse(verificationJson(noisy))).toEqual(broken);
});
