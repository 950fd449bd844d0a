import { expect, test } from "vitest";
import type { LedgerFile } from "../../../ledger/branch.ts";
import {
  policyDigest,
  rootVersion,
  sortFiles,
  sortOf,
  type Sort,
} from "../../../ledger/verify/tree-files.ts";

function file(path: string, more: Partial<LedgerFile> = {}): LedgerFile {
  return { path, mode: "100644", oid: "0".repeat(40), sizeBytes: 10, ...more };
}

const policy = `policies/${"0f".repeat(32)}`;

const EACH: readonly { readonly sort: Sort; readonly path: string; readonly most: number }[] = [
  { sort: "checkpoint", path: "checkpoint", most: 65_536 },
  { sort: "frontier", path: "frontier", most: 4_096 },
  { sort: "readme", path: "README.md", most: 65_536 },
  { sort: "attributes", path: ".gitattributes", most: 4_096 },
  { sort: "trust", path: "trust/12.root.json", most: 1_048_576 },
  { sort: "batch", path: "records/x012/350-25.jsonl", most: 4_194_304 },
  { sort: "policy", path: policy, most: 4_194_304 },
];

test.each(EACH)("$path is a $sort, read up to $most bytes", ({ sort, path, most }) => {
  expect(sortOf(path)).toBe(sort);
  const largest = file(path, { sizeBytes: most });
  expect(sortFiles([largest]).readable[sort]).toEqual([largest]);
  const { readable, unreadable, foreign } = sortFiles([file(path, { sizeBytes: most + 1 })]);
  expect({ read: readable[sort], unreadable, foreign }).toEqual({
    ...{ read: [], foreign: [] },
    unreadable: [{ sort, path }],
  });
});

test.each(["120000", "100755", "160000", "040000", "100664"])(
  "a file of mode %s is not read",
  (mode) => {
    const { readable, unreadable } = sortFiles([file("frontier", { mode })]);
    expect(readable.frontier).toEqual([]);
    expect(unreadable).toEqual([{ sort: "frontier", path: "frontier" }]);
  },
);

test("of a name that is there twice the first is read, and the second told", () => {
  const [one, other] = [file("frontier"), file("frontier", { oid: "1".repeat(40) })];
  const { readable, unreadable, foreign } = sortFiles([one, other]);
  expect({ read: readable.frontier, unreadable, foreign }).toEqual({
    read: [one],
    unreadable: [{ sort: "frontier", path: "frontier" }],
    foreign: [],
  });
});

test.each([
  ...["Checkpoint", "checkpoint/x", "frontier~", "readme.md", "gitattributes", ""],
  ...["trust/0.root.json", "trust/01.root.json", "trust/1.root.json.orig", "trust/1xroot.json"],
  ...["trust/1.rootxjson", "a/trust/1.root.json", "trust/1000000.root.json", "trust/x.root.json"],
  ...[`a/${policy}`, `${policy}0`, policy.slice(0, -1), policy.toUpperCase()],
  ...["records/000-1.json", "a/records/000-1.jsonl"],
])("%j is foreign to a ledger", (path) => {
  expect(sortOf(path)).toBeNull();
  expect(sortFiles([file(path)]).foreign).toEqual([path]);
});

test("a path gives a keyset's version, or a document's digest", () => {
  expect([1, 12, 999_999].map((version) => rootVersion(`trust/${version}.root.json`))).toEqual([
    ...[1, 12, 999_999],
  ]);
  expect(policyDigest(policy)).toBe("0f".repeat(32));
  expect([rootVersion(policy), policyDigest("trust/1.root.json")]).toEqual([null, null]);
});
