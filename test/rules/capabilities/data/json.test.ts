import fc from "fast-check";
import { expect, test } from "vitest";
import { entryOf } from "../../../../rules/capabilities/data/data-node.ts";
import { parseJson, parseJsonLists } from "../../../../rules/capabilities/data/json.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";
import { outline } from "./outline.ts";
import { refusalOf } from "./refusal.ts";

const STRICT = { maxBytes: 8 * 1024 * 1024 };
const WITH_COMMENTS = { ...STRICT, comments: "allowed" } as const;

function parse(text: string, dialect: typeof STRICT = STRICT) {
  return parseJson(new TextEncoder().encode(text), dialect);
}

test.each([
  {
    what: "objects and lists",
    text: '{"a": 1,\n "b": [true,\n null]\n}',
    tree: "{a@1:2=1@1:7 b@2:2=[true@2:8 @3:2]@2-3}@1-4",
  },
  { what: "escapes", text: '{"\\u0061\\n": "\\/"}', tree: "{a\n@1:2=/@1:14}@1-1" },
  { what: "CRLF", text: '{\r\n"a":\r\n"b"}', tree: "{a@2:1=b@3:1}@1-3" },
  { what: "a byte order mark", text: '\uFEFF["a"]', tree: "[a@1:2]@1-1" },
  { what: "a number as it is written", text: "-1.50e+3", tree: "-1.50e+3@1:1" },
])("places are those of the file: $what", ({ text, tree }) => {
  expect(outline(parse(text))).toBe(tree);
});

test.each([
  ['"true"', "string", "true"],
  ["true", "boolean", "true"],
  ["1", "number", "1"],
  ["null", "null", ""],
])("%s is a %s", (text, resolved, shown) => {
  expect(parse(text)).toMatchObject({ type: "scalar", resolved, text: shown });
});

test.each(["\u007F", "\u0085", "\u0096", "\u2028", "\u2029", "\uFEFF"])(
  "what RFC 8259 allows in strings is read there, and refused elsewhere: %j",
  (sign) => {
    expect(parse(`{"a${sign}": "${sign}"}`)).toMatchObject({
      entries: [{ key: { text: `a${sign}` }, value: { text: sign, line: 1 } }],
    });
    expect(refusalOf(() => parse(`{"a":\n${sign}1}`))).toBe("not-json:2");
  },
);

test.each([
  { what: "no document", text: "", refused: "not-json:1" },
  { what: "a comma at the end", text: '{"a": 1,}', refused: "not-json:1" },
  { what: "a comment", text: '{\n// c\n"a": 1}', refused: "not-json:2" },
  { what: "single quotes", text: "{'a': 1}", refused: "not-json:1" },
  { what: "a second document", text: "{}\n{}", refused: "not-json:2" },
  { what: "an end that is missing", text: '{"a": [1', refused: "not-json:1" },
  { what: "a string of two lines", text: '{"a": "b\nc"}', refused: "not-json:1" },
  { what: "a NUL", text: '{"a": "\0"}', refused: "ambiguous-character:1" },
  { what: "one key twice", text: '{"a": 1,\n"a": 2}', refused: "duplicate-key:2" },
  { what: "one key in two spellings", text: '{"a": 1,\n"\\u0061": 2}', refused: "duplicate-key:2" },
  { what: "too many nodes", text: `[${"1,".repeat(1_000_000)}1]`, refused: "too-many-nodes:1" },
  { what: "lists as deep as the cap", text: nested(99), refused: "understood" },
  { what: "lists one deeper", text: nested(100), refused: "too-deep:1" },
])("$what comes out as $refused", ({ text, refused }) => {
  expect(refusalOf(() => parse(text))).toBe(refused);
});

test("a key that stands in two objects is no double", () => {
  expect(refusalOf(() => parse('{"a": {"a": 1}, "b": {"a": 2}}'))).toBe("understood");
});

test.each([
  { what: "comments and commas", text: '{ // c\n"a": [1,], /* d\n*/ }', refused: "understood" },
  {
    what: "a line separator in a comment",
    text: '{\n// c\u2028"a": 1\n}',
    refused: "ambiguous-character:2",
  },
  {
    what: "a paragraph separator in one",
    text: '{ // c\u2029"a": 1\n}',
    refused: "ambiguous-character:1",
  },
  {
    what: "one in a comment that has an end",
    text: '{ /* c\u2028 */ "a": 1 }',
    refused: "understood",
  },
  { what: "a comment without an end", text: "{ /* c }", refused: "not-json:1" },
])("where comments are allowed, $what comes out as $refused", ({ text, refused }) => {
  expect(refusalOf(() => parse(text, WITH_COMMENTS))).toBe(refused);
});

test("entries of lists are handed over in the file's order, and do not stay", () => {
  const text = '{"v": 1, "a": {"x": 1, "y": {"a": {"z": 1}}}, "b": {"q": 2}, "c": [{"a": 1}]}';
  const taken: string[] = [];
  const root = parseJsonLists(new TextEncoder().encode(text), STRICT, {
    lists: ["a", "b", "c"],
    take: (list, { key, value }) => taken.push(`${list}/${key.text}=${outline(value)}`),
  });
  expect(taken).toEqual(["a/x=1@1:21", "a/y={a@1:30={z@1:36=1@1:41}@1-1}@1-1", "b/q=2@1:58"]);
  expect(root.type === "map" && entryOf(root, "a")?.value).toMatchObject({ entries: [] });
  expect(root.type === "map" && entryOf(root, "c")?.value).toMatchObject({ type: "list" });
});

test("a key that is twice in a list is refused there as well", () => {
  const content = new TextEncoder().encode('{"a": {"x": 1,\n"x": 2}}');
  const handed = { lists: ["a"], take: () => undefined };
  expect(refusalOf(() => parseJsonLists(content, STRICT, handed))).toBe("duplicate-key:2");
});

test("a refusal never quotes the file", () => {
  for (const text of ['{"SECRET": 1, "SECRET": 2}', '{"a": SECRET}', '"SECRET']) {
    expect(() => parse(text)).toThrow(NotUnderstood);
    expect(() => parse(text)).not.toThrow(/SECRET/);
  }
});

test("what JSON.stringify writes is read as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.double(), (text, number) => {
      const read = parse(JSON.stringify({ text, number, list: [text] }));
      expect(read).toMatchObject({
        entries: [
          { value: { text } },
          { value: { text: JSON.stringify(number).replace("null", "") } },
          { value: { items: [{ text }] } },
        ],
      });
    }),
  );
});

function nested(depth: number): string {
  return `${"[".repeat(depth)}${"]".repeat(depth)}`;
}
