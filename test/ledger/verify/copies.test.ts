import { expect, test } from "vitest";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone, watchedClone } from "../fake-clone.ts";
import { sampleLedger } from "../ledger-builder.ts";
import { digestOf } from "../verdict-fixture.ts";

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
  const { clone, read } = watchedClone(fakeClone(sampleLedger().commit(files).commits));
  const { problems } = await verifyLedger(clone);
  const told = problems.filter((problem) => problem.code === code && paths.includes(problem.place));
  expect(told.length).toBeGreaterThanOrEqual(99);
  expect(read.filter((path) => paths.includes(path))).toHaveLength(1);
});
