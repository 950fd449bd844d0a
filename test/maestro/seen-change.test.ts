import { expect, test } from "vitest";
import { GitError } from "../../git/errors.ts";
import { seenChanges } from "../../maestro/seen-change.ts";
import type { FileVersion, ListedFile, Listing } from "../../rules/change/listing.ts";
import { action } from "./fake-ports.ts";

const version = (oid: string, mode: FileVersion["mode"] = "100644"): FileVersion => ({ oid, mode });
const a: ListedFile = { path: "a", base: version("1"), head: version("2") };
const b: ListedFile = { path: "b", head: version("3") };

function listingOf(files: readonly ListedFile[]): Listing {
  const trees = { baseTree: "t", headTree: "u", mergeTree: null };
  return { base: "base", head: "head", mergeBase: "merge", ...trees, files };
}

async function seen(then: readonly ListedFile[], now: readonly ListedFile[]) {
  const ranges: unknown[] = [];
  const list = ({ range }: { range: unknown }) => {
    ranges.push(range);
    return Promise.resolve(listingOf(then));
  };
  const saw = seenChanges(action, { list }, listingOf(now));
  const told = await saw("old");
  await saw("old");
  return { told, ranges };
}

test.each([
  { when: "all is the same", then: [a, b], now: [b, a], same: true, paths: ["b", "a"] },
  { when: "a file is new", then: [a], now: [a, b], same: false, paths: ["a"] },
  { when: "a file is gone", then: [a, b], now: [a], same: false, paths: ["a"] },
  {
    when: "its head differs",
    then: [{ ...a, head: version("9") }],
    now: [a],
    same: false,
    paths: [],
  },
  {
    when: "its base differs",
    then: [{ ...a, base: version("9") }],
    now: [a],
    same: false,
    paths: [],
  },
  {
    when: "its mode differs",
    then: [{ ...a, head: version("2", "100755") }],
    now: [a],
    same: false,
    paths: [],
  },
  {
    when: "it is removed now",
    then: [a],
    now: [{ path: "a", base: version("1") }],
    same: false,
    paths: [],
  },
  { when: "it has another path", then: [{ ...a, path: "c" }], now: [a], same: false, paths: [] },
])("where $when", async ({ then, now, same, paths }) => {
  const { told, ranges } = await seen(then, now);
  expect(told).toEqual({ sameChange: same, sameFor: paths });
  expect(ranges).toEqual([{ base: "base", head: "old" }]);
});

test("a commit that is gone had nothing the same, and a defect is none", async () => {
  const sawWith = (error: Error) =>
    seenChanges(action, { list: () => Promise.reject(error) }, listingOf([a]))("old");
  expect(await sawWith(new GitError("UNKNOWN_REVISION", "gone"))).toEqual({
    ...{ sameChange: false, sameFor: [] },
  });
  await expect(sawWith(new TypeError("a defect"))).rejects.toThrow("a defect");
});

test("of too many commits the last ones are not compared", async () => {
  let asked = 0;
  const list = () => {
    asked += 1;
    return Promise.resolve(listingOf([a]));
  };
  const saw = seenChanges(action, { list }, listingOf([a]));
  const told = await Promise.all(Array.from({ length: 30 }, (_, index) => saw(`c${index}`)));
  expect(asked).toBe(20);
  expect(told.filter(({ sameChange }) => sameChange)).toHaveLength(20);
});
