import { expect, test } from "vitest";
import { confusable } from "../../../../rules/capabilities/tree/confusable.ts";
import { hiddenText } from "../../../../rules/capabilities/tree/hidden-text.ts";
import { capabilitiesOf } from "./text-entry.ts";
import { factListOf } from "./tree-change.ts";

const KIND = "text.invisible";
const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `${at}\u200B`);
const textOf = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

function facts(base: readonly string[], head: readonly string[]): string[] {
  const [before, after] = [{ "a.js": textOf(base) }, { "a.js": textOf(head) }];
  return factListOf(KIND, before, after).map(
    ({ delta, name, line }) => `${delta} ${name} :${line}`,
  );
}

test.each([
  { count: 50, told: 50, ways: [] },
  { count: 51, told: 51, ways: [51] },
  { count: 250, told: 51, ways: Array.from({ length: 200 }, (_, at) => at + 51) },
  { count: 300, told: 51, ways: Array.from({ length: 201 }, (_, at) => at + 51) },
])("of $count findings, $told are told", ({ count, told, ways }) => {
  const capabilities = capabilitiesOf(hiddenText, textOf(many(count)));
  expect(capabilities).toHaveLength(told);
  const more = capabilities.find(({ name }) => name === "and more");
  expect(more?.reach.map(({ line }) => line) ?? []).toEqual(ways);
});

test("what is told together has the strongest level of all", () => {
  const lines = [...many(260), `a${"\u200B".repeat(9)}`];
  expect(capabilitiesOf(hiddenText, textOf(lines)).at(-1)).toMatchObject({
    ...{ name: "and more", level: "run", line: 51 },
  });
});

test("what is told together is no stronger than all that it tells", () => {
  const prose = capabilitiesOf(hiddenText, textOf(many(60)), "README.md");
  expect(prose.at(-1)).toMatchObject({ name: "and more", level: "lawful" });
});

test("what has no levels is told without one, alone and together", () => {
  const tagged = capabilitiesOf(hiddenText, "a\u{E0041}\n".repeat(51));
  expect(tagged).toHaveLength(51);
  for (const capability of tagged) expect(capability).not.toHaveProperty("level");
});

test.each([
  { reader: hiddenText, path: "a.ini", cause: /^line:[0-9a-f]{64}$/ },
  { reader: hiddenText, path: "a.js", cause: /^code-line:[0-9a-f]{64}$/ },
  { reader: hiddenText, path: "a.md", cause: /^prose-line:[0-9a-f]{64}$/ },
  { reader: confusable, path: "a.js", cause: /^line:[0-9a-f]{64}$/ },
])("what $reader.name finds in $path is reached by its line", ({ reader, path, cause }) => {
  const [found] = capabilitiesOf(reader, "p\u0430y\u200B", path);
  expect(found?.reach).toMatchObject([{ cause: expect.stringMatching(cause) as string }]);
});

test.each([
  { what: "one more among those told apart", base: many(60), add: "x\u200B", line: 61 },
  { what: "one more among all others", base: many(260), add: "x\u200B", line: 251 },
])("$what is a raise", ({ base, add, line }) => {
  expect(facts(base, [...base, add])).toEqual([`raised and more :${line}`]);
});

test.each([
  { what: "an edit", base: ["a\u200B"], head: ["b\u200B"], seen: ["raised and more :251"] },
  {
    what: "what goes from one line to the next",
    base: ["\u200Ba", "b\u200B"],
    head: ["\u200Bab", "\u200B"],
    seen: ["raised and more :251"],
  },
  { what: "what is only indented", base: ["a\u200B"], head: ["  a\u200B"], seen: [] },
])("among all others, $what is told rightly", ({ base, head, seen }) => {
  expect(facts([...many(250), ...base], [...many(250), ...head])).toEqual(seen);
});

test("one less among those told apart is no raise", () => {
  expect(facts(many(61), many(60))).toEqual(["lowered and more :51"]);
});

test("several findings of one line are one way", () => {
  const lines = [...many(50), "a\u200B\u2060", "b"];
  const more = capabilitiesOf(hiddenText, textOf(lines)).at(-1);
  expect(more?.reach.map(({ line }) => line)).toEqual([51]);
});
