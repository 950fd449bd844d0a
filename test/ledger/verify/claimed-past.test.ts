import { expect, test } from "vitest";
import { toBase64 } from "../../../ledger/format/base64.ts";
import { emptyRoot, Frontier, leafHash } from "../../../ledger/format/tree.ts";
import { ClaimedPast } from "../../../ledger/verify/claimed-past.ts";
import type { JudgedRecord } from "../../../ledger/verify/judge-record.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import type { Problem } from "../../../ledger/verify/verification.ts";
import { streamOf } from "../fake-clone.ts";
import { digestOf } from "../verdict-fixture.ts";
import { placedLine } from "./placed-line.ts";

const leaves = [1, 2, 3, 4, 5].map((byte) => leafHash(Uint8Array.of(byte)));

function headOf(size: number) {
  const frontier = new Frontier();
  for (const leaf of leaves.slice(0, size)) frontier.append(leaf);
  return { size, root: toBase64(frontier.root()) };
}

const other = toBase64(emptyRoot());

type Claim = Partial<Pick<JudgedRecord, "observed" | "supersedes">>;

/** What is told of records from index 4 on, after batches that end at sizes 2 and 4. */
async function told(...claims: readonly (Claim | null)[]) {
  const past = new ClaimedPast();
  for (const size of [2, 4]) past.keep(headOf(size));
  for (const [at, claim] of claims.entries()) past.add(placedLine(4 + at, claim), () => false);
  const problems = new Problems();
  let asked = 0;
  await past.report(problems, () => {
    asked += 1;
    return streamOf(leaves);
  });
  return { problems: problems.list(), asked };
}

function places(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, place }) => `${code} ${place}`);
}

test("heads that batches ended at need no second look at the leaves", async () => {
  const seen = [0, 2, 4].map((size) => ({ observed: headOf(size) }));
  expect(await told(...seen)).toEqual({ problems: [], asked: 0 });
  expect(await told()).toEqual({ problems: [], asked: 0 });
});

test("a head within a batch is looked up among the leaves, once for all", async () => {
  const seen = [1, 3, 3].map((size) => ({ observed: headOf(size) }));
  expect(await told(...seen)).toEqual({ problems: [], asked: 1 });
});

test.each([
  { when: "at the end of a batch", observed: { size: 2, root: other } },
  { when: "larger than its index", observed: { size: 5, root: headOf(5).root } },
])("another head $when is told without the leaves", async ({ observed }) => {
  const { problems, asked } = await told({ observed });
  expect(asked).toBe(0);
  expect(places(problems)).toEqual(["FORKED line 4"]);
  expect(problems[0]?.message).toContain(`made after a head of size ${observed.size}`);
  expect(problems[0]?.since).toBe("index 4");
});

test("other heads within batches are each told at the first record that names them", async () => {
  const heads = [
    { size: 3, root: other },
    { size: 3, root: other },
    headOf(3),
    { size: 1, root: other },
    { size: 3, root: headOf(2).root },
  ];
  const { problems } = await told(...heads.map((observed) => ({ observed })));
  expect(places(problems)).toEqual(["FORKED line 4", "FORKED line 7", "FORKED line 8"]);
});

test("a record that supersedes none before it is told, one that has not a record's form says nothing", async () => {
  const supersedes = digestOf("nothing");
  const { problems } = await told(null, { observed: headOf(4), supersedes });
  expect(places(problems)).toEqual(["TREE_MISMATCH line 5"]);
});
