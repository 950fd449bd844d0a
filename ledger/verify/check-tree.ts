import type { Checkpoint } from "../format/checkpoint.ts";
import { formatFrontier } from "../format/frontier-file.ts";
import { commitName } from "./history.ts";
import type { LineFault } from "./judge-line.ts";
import type { KeptFaults } from "./kept-faults.ts";
import type { Problems } from "./problems.ts";
import type { Mark, RootWatch } from "./root-watch.ts";

/** What the records came to, once all were read. */
export interface GrownTree {
  /** The signed head, null where none holds. */
  readonly checkpoint: Checkpoint | null;
  readonly watch: RootWatch;
  readonly faulty: KeptFaults<LineFault["code"]>;
  readonly frontierFile: Uint8Array | null;
  readonly problems: Problems;
}

/**
 * Holds the records against the signed head.
 *
 * Where the root is another one: RECORD_EDITED at each line whose own signature or form fails,
 * else TREE_MISMATCH. Where it is the same: each line's own code, and FORKED at each mark that
 * the tree does not keep. A `frontier` that is not the tree's is TREE_MISMATCH.
 */
export function checkTree(tree: GrownTree): void {
  const holds = rootHolds(tree);
  reportFaults(tree, holds);
  if (holds) {
    for (const mark of tree.watch.failed) reportFork(mark, tree.problems);
  } else {
    reportMismatch(tree);
  }
  reportFrontier(tree);
}

function rootHolds({ checkpoint, watch }: GrownTree): boolean {
  if (checkpoint === null) return watch.failed.length === 0;
  return watch.size === checkpoint.size && watch.root === checkpoint.root;
}

function reportFaults({ faulty, problems }: GrownTree, holds: boolean): void {
  // An unknown key says more than that the line was edited: somebody else's record was put in.
  faulty.report(problems, (code) => (holds || code === "KEY_UNKNOWN" ? code : "RECORD_EDITED"));
}

function reportMismatch(tree: GrownTree): void {
  const { checkpoint, watch, problems } = tree;
  const { size } = watch;
  if (checkpoint !== null && size !== checkpoint.size) {
    const what = `the records are ${size}, the signed head says ${checkpoint.size}`;
    problems.add("TREE_MISMATCH", "records", what, sinceMark(watch));
  } else if (!problems.has("RECORD_EDITED") && !problems.has("TREE_MISMATCH")) {
    const what = "the records do not give the signed root";
    problems.add("TREE_MISMATCH", "records", what, sinceMark(watch));
  }
}

/** The branch's earlier checkpoints narrow the place down. */
function sinceMark({ failed, lastGood }: RootWatch): string | null {
  const [first] = failed;
  if (first === undefined) return null;
  return `index ${lastGood} to ${first.size - 1}`;
}

function reportFork({ size, root, commit }: Mark, problems: Problems): void {
  const place = commit === null ? "the pin" : commitName(commit);
  const what = `at size ${size} the root was ${root}, and now it is another`;
  problems.add("FORKED", place, what, commit === null ? null : commitName(commit));
}

function reportFrontier({ frontierFile, watch, problems }: GrownTree): void {
  if (frontierFile === null) return;
  if (Buffer.from(frontierFile).equals(formatFrontier(watch.frontier))) return;
  if (problems.has("TREE_MISMATCH") || problems.has("RECORD_EDITED")) return;
  problems.add("TREE_MISMATCH", "frontier", "its peaks are not those of the records");
}
