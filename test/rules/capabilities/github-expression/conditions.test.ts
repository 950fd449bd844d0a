import { expect, test } from "vitest";
import { conditionsOf } from "../../../../rules/capabilities/github-expression/conditions.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";
import { entryOf, type DataEntry } from "../../../../rules/capabilities/data/data-node.ts";

function conditionOf(yaml: string): DataEntry | undefined {
  const root = parseYaml(new TextEncoder().encode(yaml), 1000);
  return root.type === "map" ? entryOf(root, "if") : undefined;
}

function conditions(yaml: string): readonly string[] {
  return conditionsOf(conditionOf(yaml));
}

test.each([
  "if: ${{ github.actor == 'x' }}",
  "if: ${{github.actor=='x'}}",
  "if: \"GitHub['actor'] == 'x'\"",
  "if: |\n  (github.actor\n   == 'x')",
])("%j asks for the same as without its spelling", (yaml) => {
  expect(conditions(yaml)).toEqual(conditions("if: github.actor == 'x'"));
});

test.each([
  { when: "another text is asked for", yaml: "if: github.actor == 'y'" },
  { when: "it is turned around", yaml: "if: github.actor != 'x'" },
  { when: "braces are part of a text", yaml: "if: \"github.actor == '}}'\"" },
])("another condition is another one: $when", ({ yaml }) => {
  expect(conditions(yaml)).not.toEqual(conditions("if: github.actor == 'x'"));
  expect(conditions(yaml)).toHaveLength(1);
});

test.each(["if: |-\n  ${{ a }}", "if: >-\n  ${{ a }}"])("%j asks for what it says", (yaml) => {
  expect(conditions(yaml)).toEqual(conditions("if: a"));
});

test("two expressions that make one text can come out empty, and ask for something", () => {
  expect(conditions("if: ${{ a }}${{ b }}")).toHaveLength(1);
});

test("white space around what is no expression asks for no more", () => {
  expect(conditions("if: ' a && '")).toEqual(conditions("if: a &&"));
});

test("one more condition is one more, in whatever order", () => {
  const [both, turned] = [conditions("if: a && b"), conditions("if: ${{ b && a && b }}")];
  expect(both).toEqual(turned);
  expect(both).toHaveLength(2);
  expect(both).toEqual(expect.arrayContaining([...conditions("if: a")]));
});

test.each([
  ...["other: a", "if: ''", "if: ' '", "if: ${{ }}", "if: {a: b}"],
  // How what ran before came out is asked elsewhere.
  ...["if: always()", "if: success()", "if: ${{ !cancelled() }}"],
  // An expression beside other text is a text, and so always true.
  ...["if: ${{ a }} == 'x'", "if: |\n  ${{ a }}", "if: >\n  ${{ a }}", 'if: "${{ a }} "'],
])("%j asks for nothing", (yaml) => {
  expect(conditions(yaml)).toEqual([]);
});

test("an `if` that asks for very much is one condition, and another one where it differs", () => {
  const asking = (count: number): string =>
    `if: ${Array.from({ length: count }, (_, n) => `a${n}`).join(" && ")}`;
  expect(conditions(asking(50))).toHaveLength(50);
  expect(conditions(asking(51))).toHaveLength(1);
  expect(conditions(asking(51))).not.toEqual(conditions(asking(52)));
});

test("asking again for one entry gives the same", () => {
  const condition = conditionOf("if: a && b");
  expect(conditionsOf(condition)).toEqual(conditionsOf(condition));
});
