import { expect, test } from "vitest";
import { factListOf, factsOf, type Paths } from "./tree-change.ts";

const ID = "1".repeat(40);

test.each([
  {
    when: "too large",
    at: { unread: "too-large" },
    seen: "too large, alone or with the rest of the change",
  },
  { when: "missing", at: { unread: "missing-object" }, seen: "its object is missing" },
  { when: "none by its own account", at: { unread: "not-a-file" }, seen: "not a file" },
  { when: "not gathered", at: { unread: "absent" }, seen: "its content was not gathered" },
] as const)("a file that is $when is told as unread", ({ at, seen }) => {
  const [fact, ...others] = factListOf("tree.unread", {}, { a: at });
  expect(fact).toMatchObject({ delta: "added", name: seen, after: null, certainty: "exact" });
  expect(others).toEqual([]);
});

test.each([
  { when: "that was read", head: { a: "" } },
  { when: "of a submodule", head: { a: { submodule: ID } } },
] as { when: string; head: Paths }[])("nothing is unread of a path $when", ({ head }) => {
  expect(factsOf("tree.unread", {}, head)).toEqual([]);
});

test("other bytes that were not read either are a raise, another mode is none", () => {
  const unread = { a: { unread: "too-large" } } as const;
  const version = (oid: string, mode: "100644" | "100755") => ({ oid, mode });
  const facts = (head: ReturnType<typeof version>) =>
    factsOf("tree.unread", unread, unread, { a: { base: version(ID, "100644"), head } });
  expect(facts(version("2".repeat(40), "100644"))).toHaveLength(1);
  expect(facts(version(ID, "100755"))).toEqual([]);
});
