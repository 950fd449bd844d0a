import { expect, test } from "vitest";
import { carriedFiles } from "../../../rules/capabilities/carried.ts";
import type { Claim } from "../../../rules/capabilities/capability.ts";
import { strongestClaim } from "../../../rules/capabilities/readers.ts";
import type { FileVersion, ListedFile } from "../../../rules/change/listing.ts";
import { listingOf } from "./changes.ts";

const version: FileVersion = { oid: "a", mode: "100644" };
const other: FileVersion = { oid: "b", mode: "100644" };
const WORKFLOW = ".github/workflows/r.yml";

function edited(path: string, baseTip: FileVersion | null): ListedFile {
  return { path, base: version, head: other, baseTip };
}

function added(path: string, folderGone: string): ListedFile {
  return { path, head: version, folderGone };
}

function carried(file: ListedFile, baseAdded: readonly string[]): unknown {
  return carriedFiles({ ...listingOf([file]), baseAdded }, claimAt);
}

function claimAt(path: string): Claim | null {
  if (path.endsWith(".tmpl")) return "resembles";
  return strongestClaim(path);
}

test.each([
  { when: "an edited file may have become a workflow", file: edited("off/r.yml", null) },
  { when: "its name and ending are others", file: edited("notes.txt", null) },
  { when: "a new file lies in a folder that was moved", file: added("ci/new.yml", "ci") },
  { when: "a folder inside the moved one went its own way", file: added("a/ci/new.yaml", "a") },
])("a file is carried where $when", ({ file }) => {
  const { path } = file;
  expect(carried(file, ["README.md", WORKFLOW])).toEqual([{ path, claim: "grants" }]);
});

test.each([
  { when: "to the root", path: "old/.github/workflows/n.yml", gone: "old", to: "src/main.c" },
  { when: "to a folder above", path: "x/workflows/n.yml", gone: "x", to: ".github/dependabot.yml" },
  { when: "far below", path: "a/workflows/n.yml", gone: "a", to: ".github/b/c/d" },
])("a folder that moved $when carries a file to a place that held no workflow", (moved) => {
  const { path, gone, to } = moved;
  expect(carried(added(path, gone), [to])).toEqual([{ path, claim: "grants" }]);
});

test.each([
  { when: "the base added nothing claimed", file: edited("off/r.yml", null), to: ["src/r.c"] },
  { when: "the base added nothing", file: edited("off/r.yml", null), to: [] },
  { when: "the base still has the file", file: edited("off/r.yml", other), to: [WORKFLOW] },
  {
    when: "the head removes it too",
    file: { path: "off/r.yml", base: version, baseTip: null },
    to: [WORKFLOW],
  },
  {
    when: "a new file's folders stand",
    file: { path: "ci/new.yml", head: version },
    to: [WORKFLOW],
  },
  { when: "a new file is no workflow anywhere", file: added("ci/new.md", "ci"), to: [WORKFLOW] },
  {
    when: "no folder of the base makes it a claimed one",
    file: added("ci/new.c", "ci"),
    to: ["a/b"],
  },
])("a file is not carried where $when", ({ file, to }) => {
  expect(carried(file, to)).toEqual([]);
});

test.each([
  { to: ["a.tmpl"], claim: "resembles" },
  { to: ["a.tmpl", WORKFLOW], claim: "grants" },
  { to: [WORKFLOW, "a.tmpl"], claim: "grants" },
])("of the claims at $to the strongest counts", ({ to, claim }) => {
  expect(carried(edited("off/r", null), to)).toEqual([{ path: "off/r", claim }]);
});

test.each([
  { file: edited("off/r.yml", null), count: 1 },
  { file: added("ci/new.md", "ci"), count: 1 },
  { file: edited("off/r.yml", other), count: 0 },
])("where it is unknown what the base added, $file.path counts $count times", ({ file, count }) => {
  expect(carriedFiles(listingOf([file]), claimAt)).toHaveLength(count);
});

test("places beyond a cap are not tried, and the rest of the files count as carried", () => {
  const baseAdded = Array.from({ length: 999 }, (_, index) => `d${index}/f`);
  const files = Array.from({ length: 1_002 }, (_, index) => added(`ci/${index}.md`, "ci"));
  const found = carriedFiles({ ...listingOf(files), baseAdded }, claimAt);
  expect(found.map(({ path }) => path)).toEqual(["ci/1000.md", "ci/1001.md"]);
});

test("a path as deep as git lists them ends soon", () => {
  const deep = "a/".repeat(2_000);
  const files = Array.from({ length: 2_000 }, (_, index) => added(`ci/${deep}${index}`, "ci"));
  const found = carriedFiles({ ...listingOf(files), baseAdded: [`${deep}f`] }, claimAt);
  expect(found.length).toBeGreaterThan(1_900);
});
