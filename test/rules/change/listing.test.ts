import { expect, test } from "vitest";
import {
  contentKey,
  contentOf,
  type ListedFile,
  mayFollowTheBase,
  SIDES,
} from "../../../rules/change/listing.ts";

const version = { oid: "a", mode: "100644" } as const;
const moved = { oid: "b", mode: "100644" } as const;

test.each<{ when: string; file: Omit<ListedFile, "path">; may: boolean }>([
  {
    when: "the head edits what the base has no more",
    file: { base: version, head: moved, baseTip: null },
    may: true,
  },
  {
    when: "the head edits what the base changed too",
    file: { base: version, head: moved, baseTip: moved },
    may: false,
  },
  {
    when: "the head edits what the base left alone",
    file: { base: version, head: moved },
    may: false,
  },
  {
    when: "the head adds to a folder that is gone",
    file: { head: version, folderGone: "ci" },
    may: true,
  },
  { when: "the head adds to a folder that stands", file: { head: version }, may: false },
  { when: "both took it away", file: { base: version, baseTip: null }, may: false },
])("where $when a merge may put the file elsewhere: $may", ({ file, may }) => {
  expect(mayFollowTheBase({ path: "ci/x", ...file })).toBe(may);
});

test("what nobody gathered is absent, on the side that was asked for", () => {
  const contents = new Map([[contentKey("base", "x"), Uint8Array.of(1)]]);
  expect(SIDES).toEqual(["base", "head"]);
  expect(SIDES.map((side) => contentOf(contents, side, "x"))).toEqual([
    Uint8Array.of(1),
    { unread: "absent" },
  ]);
});
