import { contentOf, type ListedFile, type Side } from "../../change/listing.ts";
import { fileKind } from "../../change/renames.ts";
import { onceForEach } from "../once-for-each.ts";
import { entryText } from "./entry-text.ts";
import { extensionOf, isCode } from "./extensions.ts";
import { isBelowTests, isEmptied, isTestFile, testedName } from "./test-files.ts";
import type { TreeChange } from "./tree-reader.ts";

/** Lines that say something: not a lone bracket, nor what stands in every test. */
const MIN_LINE_LENGTH = 10;
const MAX_LINES = 5_000;

/** Below this many such lines a file is too like others to be found again in them. */
const MIN_LINES = 3;

/** A test file that goes, and at which place of all that do; null for one whose lines went into others. */
export type RemovedTest = {
  readonly level: "alone" | "with-its-code";
  readonly place: number;
} | null;

/**
 * The test files that a change removes or empties, with whether a file of the name that each tests
 * goes as well: first those that go alone, each in the order of the listing.
 *
 * One of whose lines half come into other test files is there still; so is one of whose name another
 * comes, as where tests are written anew in another language.
 */
export const removedTests = onceForEach((change: TreeChange): ReadonlyMap<string, RemovedTest> => {
  const { files } = change.listing;
  const tests = files.filter(({ path }) => isTestFile(path));
  const comes = tests.filter((file) => !file.base && isAlive(file, "head", change));
  const arrived = new Set(comes.flatMap(({ path, head }) => [testedName(path), head?.oid]));
  const gone = tests.filter(
    (file) =>
      isAlive(file, "base", change) &&
      !isAlive(file, "head", change) &&
      !arrived.has(testedName(file.path)) &&
      !arrived.has(file.base?.oid),
  );
  if (gone.length === 0) return new Map();
  const added = addedLines(tests, change);
  const code = new Set(files.filter(isGoneCode).map(({ path }) => testedName(path)));
  const [merged, removed] = parted(gone, (file) => isWithin(linesOf(file, "base", change), added));
  const [withCode, alone] = parted(removed, ({ path }) => code.has(testedName(path)));
  return new Map<string, RemovedTest>([
    ...[...alone, ...withCode].map(({ path }, place): [string, RemovedTest] => {
      const level = place < alone.length ? "alone" : "with-its-code";
      return [path, { level, place }];
    }),
    ...merged.map(({ path }): [string, RemovedTest] => [path, null]),
  ]);
});

/** Those that hold, and the others. */
function parted<Item>(items: readonly Item[], holds: (item: Item) => boolean): [Item[], Item[]] {
  const groups = Map.groupBy(items, holds);
  return [groups.get(true) ?? [], groups.get(false) ?? []];
}

function isGoneCode({ path, base, head }: ListedFile): boolean {
  const isGone = base !== undefined && head === undefined;
  return isGone && isCode(extensionOf(path)) && !isTestFile(path) && !isBelowTests(path);
}

function isAlive(file: ListedFile, side: Side, change: TreeChange): boolean {
  const version = file[side];
  if (!version || fileKind(version.mode) !== "file") return false;
  const text = entryText(contentOf(change.contents, side, file.path));
  return text === null || !isEmptied(text);
}

function linesOf({ path }: ListedFile, side: Side, { contents }: TreeChange): Set<string> {
  const lines = (entryText(contentOf(contents, side, path)) ?? "").split("\n");
  const telling = lines.map((line) => line.trim()).filter((line) => line.length >= MIN_LINE_LENGTH);
  return new Set(telling.slice(0, MAX_LINES));
}

function addedLines(tests: readonly ListedFile[], change: TreeChange): ReadonlySet<string> {
  const added = new Set<string>();
  for (const file of tests) {
    const before = linesOf(file, "base", change);
    for (const line of linesOf(file, "head", change)) if (!before.has(line)) added.add(line);
  }
  return added;
}

function isWithin(lines: ReadonlySet<string>, added: ReadonlySet<string>): boolean {
  const kept = [...lines].filter((line) => added.has(line));
  return lines.size >= MIN_LINES && kept.length * 2 >= lines.size;
}
