import { expect, test } from "vitest";
import { parseJson5 } from "../../../../rules/capabilities/data/json5.ts";
import { canonicalText } from "../../../../rules/capabilities/holder-content.ts";

function parsed(text: string): string {
  return canonicalText(parseJson5(new TextEncoder().encode(text), 10_000));
}

test.each([
  { text: "{a: 1, $b_2: 'c',}", json: '{"$b_2":"c","a":1}' },
  { text: "{'a' /* x */ : [true, null,], // y\n}", json: '{"a":[true,null]}' },
  { text: "{a: 'it\\'s \"b\"'}", json: '{"a":"it\'s \\"b\\""}' },
  { text: "{a: 'b\\\nc'}", json: '{"a":"bc"}' },
  { text: "{\\u0061utomerge: true}", json: '{"automerge":true}' },
  { text: "{'\\x61': '\\u2028'}", json: '{"a":"\u2028"}' },
  { text: "[+1, -.5, 0x1F, 2., 1e3]", json: "[1,-0.5,31,2,1000]" },
  { text: "[Infinity, -Infinity, NaN]", json: '["Infinity","-Infinity","NaN"]' },
  { text: "{true: 'a//b', null: '/*'}", json: '{"null":"/*","true":"a//b"}' },
])("$text is read as $json", ({ text, json }) => {
  expect(parsed(text)).toBe(json);
});

test("a value stands on the line that it was on", () => {
  const tree = parseJson5(
    new TextEncoder().encode("{ // a\n b: 'c\\\nd',\n/* e\n*/ f: 1 }"),
    1_000,
  );
  expect(tree).toMatchObject({ entries: [{ key: { line: 2 } }, { key: { text: "f", line: 5 } }] });
});

test.each([
  { text: "{a: b}", code: "not-json" },
  { text: "{a: 'b}", code: "not-json" },
  { text: "{a: 1, 'a': 2}", code: "duplicate-key" },
  { text: "", code: "not-json" },
  { text: "[1 2]", code: "not-json" },
  { text: "[-]", code: "not-json" },
])("$text is refused", ({ text, code }) => {
  expect(() => parsed(text)).toThrow(expect.objectContaining({ code }) as Error);
});
