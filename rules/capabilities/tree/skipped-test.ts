import { printable } from "../printable.ts";
import { onceForEach } from "../once-for-each.ts";
import { LineFindings } from "./line-findings.ts";
import { isTestFile } from "./test-files.ts";
import { skipMarks } from "./skip-marks.ts";
import type { TreeChange, TreeReader } from "./tree-reader.ts";

const KIND = "test.skip";
const LEVELS = ["first", "skipped", "focused"];
const MAX_SHOWN = 80;

/**
 * Tells which lines of test files keep tests from running: `skipped` the one that is marked,
 * `focused` all that are not. Heuristic. `first`: in a file that is new beside no test file that
 * goes, so that no test stops running.
 */
export const skippedTest: TreeReader = {
  name: "skipped-test",
  kinds: { [KIND]: LEVELS },
  read: (entry, change) => {
    const { path, side, text } = entry;
    if (text === null || !isTestFile(path)) return [];
    const findings = new LineFindings({ kind: KIND, certainty: "heuristic", levels: LEVELS });
    const isFirst = side === "head" && newFiles(change).has(path) && losesNoTest(change);
    for (const { line, focuses } of skipMarks(path, text)) {
      const marked = isFirst ? "first" : "skipped";
      findings.add({
        line,
        level: focuses ? "focused" : marked,
        tell: () => ({
          name: printable(line.text.trim().slice(0, MAX_SHOWN)),
          context: focuses ? "only what is marked so runs" : "what is marked so does not run",
        }),
      });
    }
    return findings.capabilities(entry);
  },
};

/** Whether no file of the change could be what a new one was before: which one it was is not known once it is edited. */
const losesNoTest = onceForEach(
  ({ listing }: TreeChange) => !listing.files.some(({ path, head }) => !head && isTestFile(path)),
);

const newFiles = onceForEach(
  ({ listing }: TreeChange) =>
    new Set(listing.files.filter(({ base }) => !base).map(({ path }) => path)),
);
