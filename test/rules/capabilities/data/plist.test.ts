import { expect, test } from "vitest";
import type { DataNode } from "../../../../rules/capabilities/data/data-node.ts";
import { parsePlist } from "../../../../rules/capabilities/data/plist.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
`;

function parse(text: string): DataNode {
  return parsePlist(new TextEncoder().encode(text), 1024 * 1024);
}

function refusalOf(text: string): NotUnderstood {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof NotUnderstood) return error;
    throw error;
  }
  throw new Error("it was understood");
}

/** Scalars as `type:text@line`, collections with their lines. */
function outline(node: DataNode): string {
  if (node.type === "scalar") return `${node.resolved}:${node.text}@${node.line}`;
  const lines = `@${node.line}-${node.endLine}`;
  if (node.type === "list") return `[${node.items.map(outline).join(" ")}]${lines}`;
  const entries = node.entries.map(({ key, value }) => `${key.text}@${key.line}=${outline(value)}`);
  return `{${entries.join(" ")}}${lines}`;
}

test("every type of value is read, with its place", () => {
  const text = `${HEAD}<plist version="1.0">
<dict>
  <key>a</key> <!-- why -->
  <true/>
  <key>b</key><array>
    <string>x &amp; y</string><integer> 7 </integer><real>1.5</real>
    <false/>
  </array>
  <key>c</key><dict><key>d</key><date>2020-01-01T00:00:00Z</date><key>e</key><data>QQ==</data></dict>
</dict>
</plist>`;
  expect(outline(parse(text))).toBe(
    "{a@5=boolean:true@6 b@7=[string:x & y@8 number:7@8 number:1.5@8 boolean:false@9]@7-10 " +
      "c@11={d@11=string:2020-01-01T00:00:00Z@11 e@11=string:QQ==@11}@11-11}@4-12",
  );
});

test("a value is read without an element around it, as its readers do", () => {
  expect(outline(parse("<dict><key>a</key><string/></dict>"))).toBe("{a@1=string:@1}@1-1");
});

test("a key that is set twice to the same counts once", () => {
  const text = "<dict><key>a</key><true/>\n<key>a</key><true/></dict>";
  expect(outline(parse(text))).toBe("{a@1=boolean:true@1}@1-2");
});

test.each([
  { when: "it is binary", text: "bplist00\u0001", code: "binary-plist", line: 1 },
  { when: "it is in braces", text: "{ a = 1; }", code: "text-plist", line: 1 },
  { when: "it is a list in brackets", text: "\n( a )", code: "text-plist", line: 1 },
  { when: "it is strings with comments", text: '/* a */\n"b" = "c";', code: "text-plist", line: 1 },
  {
    when: "it is strings with a mark",
    text: '\uFEFF// a\n"b" = "c";',
    code: "text-plist",
    line: 1,
  },
  {
    when: "a key is set twice",
    text: "<dict><key>a</key><true/>\n<key>a</key><false/></dict>",
    code: "duplicate-key",
    line: 2,
  },
  { when: "a key has no value", text: "<dict>\n<key>a</key></dict>", code: "not-plist", line: 2 },
  {
    when: "a value has no key",
    text: "<dict>\n<true/><key>a</key></dict>",
    code: "not-plist",
    line: 2,
  },
  {
    when: "a key holds elements",
    text: "<dict>\n<key><a/></key><true/></dict>",
    code: "not-plist",
    line: 2,
  },
  { when: "a text holds elements", text: "<string>\n<a/></string>", code: "not-plist", line: 1 },
  { when: "an element is unknown", text: "<array>\n<set/></array>", code: "not-plist", line: 2 },
  { when: "text stands in a list", text: "<array>a</array>", code: "not-plist", line: 1 },
  { when: "text stands in a dictionary", text: "<dict>a</dict>", code: "not-plist", line: 1 },
  {
    when: "text stands beside the value",
    text: "<plist>a<dict/></plist>",
    code: "not-plist",
    line: 1,
  },
  {
    when: "it has two values",
    text: "<plist><dict/>\n<dict/></plist>",
    code: "not-plist",
    line: 2,
  },
  { when: "it has no value", text: "<plist/>", code: "not-plist", line: 1 },
  { when: "it is no XML", text: "<plist>\n<dict></plist>", code: "not-xml", line: 2 },
])("it is not understood where $when", ({ text, code, line }) => {
  const { code: seen, place } = refusalOf(text);
  expect({ code: seen, line: place?.line }).toEqual({ code, line });
});
