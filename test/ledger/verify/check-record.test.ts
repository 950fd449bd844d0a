import { expect, test } from "vitest";
import { checkRecord } from "../../../ledger/verify/check-record.ts";
import type { JudgedRecord } from "../../../ledger/verify/judge-record.ts";
import { KeysInForce, type Keyset } from "../../../ledger/verify/keys-in-force.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { placedLine } from "./placed-line.ts";

/** A keyset whose key `a` signs trust records. */
function keyset(version: number): Keyset {
  return {
    version,
    digest: `digest ${version}`,
    keys: new Map(),
    signers: new Map([["a", new Set(["trust"])]]),
    checkpointKeys: [],
    revokedFrom: new Map(),
  };
}

/** What is told of one record, and the version that holds after it. */
function told(index: number, record: Partial<JudgedRecord> | null) {
  const keys = new KeysInForce([keyset(1), keyset(2)]);
  const problems = new Problems();
  checkRecord(placedLine(index, record), { keys, problems });
  return { problems: problems.list(), version: keys.version };
}

test("a trust record that is one puts the next keyset in force, one that is none does not", () => {
  const record = { kind: "trust", keysets: ["digest 2"] };
  expect(told(3, record)).toEqual({ problems: [], version: 2 });
  expect(told(3, { ...record, kindFault: "its predicate is none" })).toMatchObject({
    problems: [{ code: "KIND_MISMATCH", place: "line 3", since: "index 3" }],
    version: 1,
  });
});

test("a record 0 of another kind than trust is told with its kind", () => {
  const { problems } = told(0, { kind: "omission" });
  expect(problems[0]).toMatchObject({ code: "KIND_MISMATCH", place: "line 0" });
  expect(problems[0]?.message).toContain("of kind omission");
});

test("of a line that has not a record's form nothing more is told", () => {
  expect(told(3, null)).toEqual({ problems: [], version: 1 });
});
