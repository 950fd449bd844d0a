import { expect, test } from "vitest";
import { linkTree } from "../../../../rules/capabilities/tree/link-tree.ts";
import { changeOfPaths } from "./tree-change.ts";

test("each side has its own links, and nothing else", () => {
  const { base, head } = linkTree(
    changeOfPaths({ a: { link: "x" }, file: "/x" }, { "d/a": { link: "y" }, file: "/y" }),
  );
  expect([...base.below]).toEqual([["a", { below: new Map(), target: "x" }]]);
  expect([...head.below.keys()]).toEqual(["d"]);
  expect(head.below.get("d")?.below.get("a")?.target).toBe("y");
});

test("a link whose target was not read leads outside", () => {
  const version = { oid: "1".repeat(40), mode: "120000" as const };
  const unread = { unread: "missing-object" } as const;
  const change = changeOfPaths({}, { a: unread }, { a: { head: version } });
  expect(linkTree(change).head.below.get("a")?.target).toBe("/");
});
