import { expect, test } from "vitest";
import { formatFrontier } from "../../../ledger/format/frontier-file.ts";
import { emptyRoot, leafHash } from "../../../ledger/format/tree.ts";
import { toBase64 } from "../../../ledger/format/base64.ts";
import { checkTree } from "../../../ledger/verify/check-tree.ts";
import type { LineFault } from "../../../ledger/verify/judge-line.ts";
import { KeptFaults } from "../../../ledger/verify/kept-faults.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { RootWatch, type Mark } from "../../../ledger/verify/root-watch.ts";
import { ORIGIN } from "../verdict-fixture.ts";

const other = toBase64(emptyRoot());

/** A tree of two leaves, of which the second has a faulty line. */
function grown(...marks: readonly Mark[]) {
  const watch = new RootWatch(marks);
  for (const byte of [1, 2]) watch.append(leafHash(Uint8Array.of(byte)));
  const faulty = new KeptFaults<LineFault["code"]>();
  const code = "SIGNATURE_INVALID";
  faulty.add({ code, place: "line 1", what: "its signature does not hold", since: null });
  return { watch, faulty, frontierFile: null, problems: new Problems() };
}

test.each([
  { when: "where every earlier one is kept", marks: [], code: "SIGNATURE_INVALID" },
  {
    when: "where an earlier one is not kept",
    marks: [{ size: 2, root: other, commit: "1" }],
    code: "RECORD_EDITED",
  },
])("without a signed head, $when, a faulty line is told as $code", ({ marks, code }) => {
  const tree = grown(...marks);
  checkTree({ ...tree, checkpoint: null });
  expect(tree.problems.list()).toMatchObject([{ code, place: "line 1" }]);
});

test("records that are known not to be those that were placed are not told again by their root", () => {
  const { watch, problems } = grown();
  const faulty = new KeptFaults<LineFault["code"]>();
  problems.add("TREE_MISMATCH", "line 1", "an earlier record stands here again");
  const frontierFile = formatFrontier(new RootWatch([]).frontier);
  const checkpoint = { origin: ORIGIN, size: 2, root: other };
  checkTree({ checkpoint, watch, faulty, frontierFile, problems });
  expect(problems.list()).toMatchObject([{ code: "TREE_MISMATCH", place: "line 1" }]);
});
