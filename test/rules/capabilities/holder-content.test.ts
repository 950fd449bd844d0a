import { expect, test } from "vitest";
import { canonicalText } from "../../../rules/capabilities/holder-content.ts";
import { parseYaml } from "../../../rules/capabilities/data/yaml.ts";

function canonical(text: string, without?: readonly string[]): string {
  return canonicalText(parseYaml(new TextEncoder().encode(text), 1_000), without);
}

test.each([
  { text: "[~, '']", same: '[null,""]' },
  { text: "[]", same: "[]" },
  { text: "[true, 0x1F, 'true']", same: '[true,0x1F,"true"]' },
  { text: "{b: [x], 'a': {}}", same: '{"a":{},"b":["x"]}' },
  {
    text: "echo ${{ GitHub.Actor=='a' }} && b",
    same: canonical("echo ${{github.actor == 'a'}} && b"),
  },
])("what means the same YAML has one text: $text", ({ text, same }) => {
  expect(canonical(text)).toBe(same);
});

test.each([
  ["${{ secrets.A }}", "${{ secrets.B }}"],
  ["${{ secrets.A }} a", "${{ secrets.A }} b"],
  ["null", "'null'"],
  ["[~]", "[]"],
])("what means something else has another text: %s, then %s", (one, other) => {
  expect(canonical(one)).not.toBe(canonical(other));
});

test("keys are left out at the top only", () => {
  expect(canonical("{a: 1, b: {a: 1}}", ["a"])).toBe('{"b":{"a":1}}');
});
