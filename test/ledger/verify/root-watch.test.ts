import { expect, test } from "vitest";
import { toBase64 } from "../../../ledger/format/base64.ts";
import { emptyRoot, Frontier, leafHash } from "../../../ledger/format/tree.ts";
import { RootWatch, type Mark } from "../../../ledger/verify/root-watch.ts";

const leaves = [1, 2, 3].map((byte) => leafHash(Uint8Array.of(byte)));

function rootAt(size: number): string {
  const frontier = new Frontier();
  for (const leaf of leaves.slice(0, size)) frontier.append(leaf);
  return toBase64(frontier.root());
}

function mark(size: number, root = rootAt(size), commit: string | null = null): Mark {
  return { size, root, commit };
}

function watched(...marks: readonly Mark[]): RootWatch {
  const watch = new RootWatch(marks);
  for (const leaf of leaves) watch.append(leaf);
  return watch;
}

test("a tree keeps the marks that it had", () => {
  const watch = watched(mark(0, toBase64(emptyRoot())), mark(1), mark(3));
  expect({ failed: watch.failed, lastGood: watch.lastGood }).toEqual({ failed: [], lastGood: 3 });
  expect({ size: watch.size, root: watch.root }).toEqual({ size: 3, root: rootAt(3) });
});

test("a mark that the tree has not is told, after the last one that it has", () => {
  const wrong = mark(2, rootAt(1), "abc");
  const watch = watched(mark(3), wrong, mark(1));
  expect({ failed: watch.failed, lastGood: watch.lastGood }).toEqual({
    failed: [wrong],
    lastGood: 1,
  });
});

test("a mark of the empty tree is looked at before there is a leaf", () => {
  const wrong = mark(0, rootAt(1));
  expect(new RootWatch([wrong]).failed).toEqual([wrong]);
});

test("one mark that two commits make is told once, two that disagree are both looked at", () => {
  const wrong = mark(2, rootAt(1), "first");
  const watch = watched(wrong, mark(2, rootAt(1), "second"), mark(2), mark(2, rootAt(3)));
  expect(watch.failed).toEqual([wrong, mark(2, rootAt(3))]);
});
