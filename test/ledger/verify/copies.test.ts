import { expect, test } from "vitest";
import type { LedgerClone } from "../../../ledger/branch.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone } from "../fake-clone.ts";
import { sampleLedger } from "../ledger-builder.ts";
import { digestOf } from "../verdict-fixture.ts";

/** The clone, and each path that was read from it. */
function watched(clone: LedgerClone): { readonly clone: LedgerClone; readonly read: string[] } {
  const read: string[] = [];
  const readAll: LedgerClone["readAll"] = (paths) => {
    read.push(...paths);
    return clone.readAll(paths);
  };
  return { clone: { ...clone, readAll }, read };
}

const NUMBERS = Array.from({ length: 500 }, (_, at) => at);

/** A tree names one blob as often as it likes: some kilobytes can hold terabytes of batches. */
test.each([
  {
    what: "batch names",
    paths: NUMBERS.map((at) => `records/x001/${String(at).padStart(3, "0")}-1.jsonl`),
    code: "TREE_MISMATCH",
  },
  {
    what: "policies' names",
    paths: NUMBERS.map((at) => `policies/${digestOf(String(at))}`),
    code: "FILE_FOREIGN",
  },
])("one file under many $what is told, and read once", async ({ paths, code }) => {
  const files = Object.fromEntries(paths.map((path) => [path, "x\n"]));
  const { clone, read } = watched(fakeClone(sampleLedger().commit(files).commits));
  const { problems } = await verifyLedger(clone);
  const told = problems.filter((problem) => problem.code === code && paths.includes(problem.place));
  expect(told.length).toBeGreaterThanOrEqual(99);
  expect(read.filter((path) => paths.includes(path))).toHaveLength(1);
});
