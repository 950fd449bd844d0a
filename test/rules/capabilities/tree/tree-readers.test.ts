import { expect, test } from "vitest";
import { treeReaders } from "../../../../rules/capabilities/tree/tree-readers.ts";

test("each reader tells its kinds, with their levels from weakest to strongest", () => {
  const told = treeReaders.map(({ name, kinds }) => [name, kinds]);
  expect(Object.fromEntries(told)).toMatchObject({
    symlink: { "tree.symlink": ["inside", "outside"] },
    submodule: { "tree.submodule": ["declared", "undeclared"] },
    executable: { "tree.executable": ["script", "binary"] },
    opaque: { "tree.opaque": ["data", "archive", "executable", "disguised"] },
    unread: { "tree.unread": [] },
    generated: { "tree.generated": [] },
    "path-name": { "tree.path": [] },
    "hidden-text": {
      "text.bidi": ["lawful", "paired", "unpaired"],
      "text.invisible": ["lawful", "single", "run"],
      "text.tag": [],
    },
    confusable: { "text.confusable": [] },
    "test-file": { "tree.test": ["with-its-code", "alone"] },
    "skipped-test": { "test.skip": ["first", "skipped", "focused"] },
    "security-policy": { "project.security-policy": ["silent", "reporting"] },
    secret: { "text.secret": ["example", "fixture", "plausible"] },
  });
});
