import { fileKind } from "../../change/renames.ts";
import { type RemovedTest, removedTests } from "./removed-tests.ts";
import { isEmptied, isTestFile, testedName } from "./test-files.ts";
import { treeCapability, type TreeReader } from "./tree-reader.ts";

const KIND = "tree.test";

/** Removed test files that are told apart; the last one of them stands for all that are over it. */
const MAX_TOLD_APART = 10;

/**
 * Tells which test files there are: guards, of which those matter that go. Heuristic.
 *
 * One that is emptied, of all but comments, is gone. One is not where a test of the same name comes at another place, or
 * where half of its lines come into other test files. `with-its-code`: a file of the name that it
 * tests goes as well. What it tests is the holder, so that it may move and be edited at once.
 */
export const testFile: TreeReader = {
  name: "test-file",
  kinds: { [KIND]: ["with-its-code", "alone"] },
  read: (entry, change) => {
    const { path, side, text, version } = entry;
    if (!isTestFile(path) || fileKind(version.mode) !== "file") return [];
    if (text !== null && isEmptied(text)) return [];
    const removed = removedTests(change);
    const gone = side === "base" ? removed.get(path) : undefined;
    if (gone === null) return [];
    const { place = 0, level = "alone" } = gone ?? {};
    if (place >= MAX_TOLD_APART) return [];
    const over = place === MAX_TOLD_APART - 1 ? countOf(removed) - MAX_TOLD_APART : 0;
    return [
      treeCapability(entry, {
        kind: KIND,
        name: over > 0 ? `test file, and ${over} more` : "test file",
        level,
        holder: testedName(path),
        certainty: "heuristic",
      }),
    ];
  },
};

function countOf(removed: ReadonlyMap<string, RemovedTest>): number {
  return [...removed.values()].filter((each) => each !== null).length;
}
