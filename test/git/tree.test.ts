import { expect, test } from "vitest";
import { GitError } from "../../git/errors.ts";
import { parseTree, treeId } from "../../git/tree.ts";

const TREE = "f".repeat(40);
const ID = "11".repeat(20);

function tree(...entries: readonly string[]): Buffer {
  const id = Buffer.from(ID, "hex");
  return Buffer.concat(entries.flatMap((entry) => [Buffer.from(`${entry}\0`, "latin1"), id]));
}

test.each([
  { spelled: "100644", mode: "100644" },
  { spelled: "100755", mode: "100755" },
  { spelled: "100664", mode: "100644" },
  { spelled: "100600", mode: "100644" },
  { spelled: "100700", mode: "100755" },
  { spelled: "40000", mode: "040000" },
  { spelled: "040000", mode: "040000" },
  { spelled: "120000", mode: "120000" },
  { spelled: "160000", mode: "160000" },
])("the mode $spelled is read as $mode", ({ spelled, mode }) => {
  expect(parseTree(TREE, tree(`${spelled} a`)).get("a")).toMatchObject({ mode, oid: ID });
});

test("a folder sorts as if its name ended in a slash", () => {
  const content = tree("100644 a.b", "40000 a", "100644 a0");
  expect([...parseTree(TREE, content).keys()]).toEqual(["a.b", "a", "a0"]);
});

test.each([
  { when: "a name is empty", content: tree("100644 ") },
  { when: "a name is a dot", content: tree("40000 .") },
  { when: "a name is two dots", content: tree("40000 ..") },
  { when: "a name holds a slash", content: tree("100644 a/b") },
  { when: "a name repeats", content: tree("100644 a", "100644 a") },
  { when: "a name is a file and a folder", content: tree("100644 a", "100644 a.b", "40000 a") },
  { when: "names are out of order", content: tree("100644 b", "100644 a") },
  { when: "a mode is no number", content: tree("10o644 a") },
  { when: "a mode is of no kind", content: tree("070000 a") },
  { when: "a mode is very long", content: tree("0000000100644 a") },
  { when: "an id is cut short", content: tree("100644 a").subarray(0, -1) },
  { when: "a name does not end", content: Buffer.from("100644 a") },
  { when: "there is no space", content: Buffer.from("100644\0") },
])("a tree is refused where $when", ({ content }) => {
  const parse = () => parseTree(TREE, content);
  expect(parse).toThrow(GitError);
  expect(parse).toThrow(expect.objectContaining({ code: "MALFORMED_OBJECT" }));
});

test("the empty tree has the id that git knows", () => {
  expect(treeId("sha1", [])).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
});
