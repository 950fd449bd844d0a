import { expect, test } from "vitest";
import type { LedgerClone } from "../../../ledger/branch.ts";
import { batchPath } from "../../../ledger/format/batch.ts";
import { batchesOf } from "../../../ledger/replay.ts";
import type { Judges } from "../../../ledger/verify/judges.ts";
import { judgedBatches, withoutOverlaps } from "../../../ledger/verify/placed-batches.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { fakeClone, gathered } from "../fake-clone.ts";

/** A batch of so many records. */
function batch(first: number, count: number) {
  return { path: batchPath(first, count), first, count };
}

test("of batches that lie over each other the first is kept", () => {
  const problems = new Problems();
  const [whole, inside, next, after] = [batch(0, 3), batch(2, 1), batch(2, 2), batch(3, 1)];
  expect(withoutOverlaps([whole, inside, next, after], problems)).toEqual([whole, after]);
  expect(problems.list()).toEqual(
    [inside, next].map(({ path }) => ({
      code: "TREE_MISMATCH",
      place: path,
      since: null,
      message: expect.stringMatching(/^the batch before it already holds index 2\. /) as string,
    })),
  );
});

test("a gap between batches is told by the indices that are missing", () => {
  const problems = new Problems();
  const batches = [batch(0, 2), batch(5, 1), batch(6, 1)];
  expect(withoutOverlaps(batches, problems)).toEqual(batches);
  expect(problems.list()).toEqual([
    {
      code: "TREE_MISMATCH",
      place: batchPath(5, 1),
      since: null,
      message: expect.stringMatching(/^index 2 to 4 are missing before it\. /) as string,
    },
  ]);
});

/** Judges that find nothing, and the sizes (bytes) of the batches that they were given at once. */
function watchedJudges(): { readonly judges: Judges; readonly asked: (readonly number[])[] } {
  const asked: (readonly number[])[] = [];
  const nothing = { fault: null, lines: [], leaves: new Uint8Array(0), message: null };
  const judge: Judges["judge"] = ({ ends }) => {
    asked.push(ends.map((end, at) => end - (ends[at - 1] ?? 0)));
    return Promise.resolve(ends.map(() => nothing));
  };
  const judges = { atOnce: 1, judge, [Symbol.asyncDispose]: () => Promise.resolve() };
  return { judges, asked };
}

async function placed(sizes: readonly number[]) {
  const files = Object.fromEntries(
    sizes.map((size, at) => [batchPath(at, 1), new Uint8Array(size)]),
  );
  const clone: LedgerClone = fakeClone([{ message: "", files }]);
  return { clone, batches: batchesOf(await clone.files()) };
}

const HALF = 128 * 1_024;

test.each([
  { sizes: [1, 2, 3], groups: [[1, 2, 3]] },
  {
    sizes: [HALF, HALF, 1, 2],
    groups: [
      [HALF, HALF],
      [1, 2],
    ],
  },
  { sizes: [HALF, HALF - 1, 1, HALF], groups: [[HALF, HALF - 1, 1], [HALF]] },
  { sizes: [2 * HALF, 3 * HALF], groups: [[2 * HALF], [3 * HALF]] },
  { sizes: [], groups: [] },
])("batches of $sizes bytes are judged as $groups", async ({ sizes, groups }) => {
  const { clone, batches } = await placed(sizes);
  const { judges, asked } = watchedJudges();
  const judged = await gathered(judgedBatches(clone, batches, judges));
  expect(asked).toEqual(groups);
  expect(judged.map((one) => one.batch)).toEqual(batches);
});

test("a batch that judges pass over is refused", async () => {
  const { clone, batches } = await placed([1, 1]);
  const { judges } = watchedJudges();
  const passingOver: Judges = {
    ...judges,
    judge: async (asked) => (await judges.judge(asked)).slice(1),
  };
  await expect(gathered(judgedBatches(clone, batches, passingOver))).rejects.toThrow(
    `${batchPath(1, 1)} was not judged`,
  );
});
