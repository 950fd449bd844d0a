import { expect, test } from "vitest";
import { LedgerError } from "../../../ledger/errors.ts";
import { located } from "../../../ledger/export/located.ts";

test("what a ledger's file is refused for says which file", () => {
  const cause = new LedgerError("TOO_LARGE", "it has 9 lines");
  const read = () => {
    throw cause;
  };
  expect(() => located("records/000-9.jsonl", read)).toThrow(
    expect.objectContaining({
      code: "TOO_LARGE",
      message: "records/000-9.jsonl: it has 9 lines",
      cause,
    }),
  );
});

test("a defect of ours is none of the file's", () => {
  const defect = new TypeError("undefined is no function");
  const read = () => {
    throw defect;
  };
  expect(() => located("records/000-9.jsonl", read)).toThrow(defect);
  expect(located("x", () => 1)).toBe(1);
});
