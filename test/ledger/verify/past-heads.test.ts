import { expect, test } from "vitest";
import { batchPath } from "../../../ledger/format/batch.ts";
import { formatFrontier } from "../../../ledger/format/frontier-file.ts";
import { leafHash } from "../../../ledger/format/tree.ts";
import { type Placement, textDigest } from "../../../ledger/verify/history.ts";
import { PastHeads } from "../../../ledger/verify/past-heads.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { type Mark, RootWatch } from "../../../ledger/verify/root-watch.ts";

/** What a commit leaves behind that a writer's does not. */
interface Otherwise {
  readonly mark?: Partial<Mark>;
  readonly frontier?: string;
}

/** What is told of so many commits of one record each; `otherwise` goes by their place. */
function told(
  count: number,
  otherwise: (at: number) => Otherwise | undefined = () => undefined,
): readonly string[] {
  const watch = new RootWatch([]);
  const commits = Array.from({ length: count }, (_, at) => {
    watch.append(leafHash(Uint8Array.of(at)));
    const { size, root } = watch;
    const tree = { size, root, frontier: watch.frontier.copy() };
    const other = otherwise(at);
    const commit = String(at).padStart(7, "0");
    const mark: Mark = { size, root, commit, ...other?.mark };
    const placement: Placement = {
      commit,
      messageDigest: null,
      frontierDigest: textDigest(other?.frontier ?? formatFrontier(tree.frontier)),
      batch: batchPath(at, 1),
      isCut: false,
      isMerge: false,
    };
    return { placement, mark, tree };
  });
  const past = new PastHeads({
    placements: commits.map(({ placement }) => placement),
    marks: commits.map(({ mark }) => mark),
    tip: "the commit after them",
  });
  for (const [first, { tree }] of commits.entries()) {
    past.add({ path: batchPath(first, 1), first, count: 1 }, tree);
  }
  const problems = new Problems();
  past.report(problems);
  return problems.list().map(({ code, place, message }) => `${code} ${place}: ${message}`);
}

const OTHER_FRONTIER = { frontier: "another tree's" };

test("commits that leave behind what a writer does are passed over", () => {
  expect(told(5)).toEqual([]);
});

test("a commit with another head, or another frontier, is told", () => {
  const otherwise = [undefined, { mark: { size: 1 } }, OTHER_FRONTIER];
  expect(told(4, (at) => otherwise[at])).toEqual([
    expect.stringMatching(/^CHECKPOINT_INVALID commit 0000001: .* no signed head of size 2\. /),
    expect.stringMatching(/^TREE_MISMATCH commit 0000002: its frontier is not that of the records/),
  ]);
});

test("where a commit's head is of another tree, which is a fork, its frontier is not told as well", () => {
  expect(
    told(2, (at) => (at === 0 ? { ...OTHER_FRONTIER, mark: { root: "" } } : undefined)),
  ).toEqual([]);
});

test("after a thousand commits that are right one that is not is told", () => {
  expect(told(1_002, (at) => (at === 1_001 ? OTHER_FRONTIER : undefined))).toEqual([
    expect.stringMatching(/^TREE_MISMATCH commit 0001001: /),
  ]);
});

test("of commits that are not right no more than a thousand are told", () => {
  expect(told(1_002, () => OTHER_FRONTIER).at(-1)).toMatch(
    /^TREE_MISMATCH and further: 900 more\. /,
  );
});
