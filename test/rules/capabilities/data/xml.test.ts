import { expect, test } from "vitest";
import { attributeOf, parseXml, type XmlElement } from "../../../../rules/capabilities/data/xml.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";

const MAX_BYTES = 1024 * 1024;

function parse(text: string): XmlElement {
  return parseXml(new TextEncoder().encode(text), MAX_BYTES);
}

function refusalOf(content: string | Uint8Array, maxBytes = MAX_BYTES): NotUnderstood {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    parseXml(bytes, maxBytes);
  } catch (error) {
    if (error instanceof NotUnderstood) return error;
    throw error;
  }
  throw new Error("it was understood");
}

/** `name@line:column-endLine[attribute=value@line](text){children}` */
function outline({ name, line, column, endLine, ...element }: XmlElement): string {
  const attributes = element.attributes.map((one) => `${one.name}=${one.value}@${one.line}`);
  const children = element.children.map(outline).join(" ");
  return `${name}@${line}:${column}-${endLine}[${attributes.join(" ")}](${element.text.trim()}){${children}}`;
}

test.each([
  {
    what: "elements and attributes on lines of their own",
    text: '<?xml version="1.0"?>\n<a x="1"\n   y = \'2\'>\n <b/>\n</a>\n',
    tree: "a@2:1-5[x=1@2 y=2@3](){b@4:2-4[](){}}",
  },
  { what: "CRLF", text: "<a>\r\n<b\r\n z='1'/>\r\n</a>", tree: "a@1:1-4[](){b@2:1-3[z=1@3](){}}" },
  { what: "a byte order mark", text: "\uFEFF<a>\n<b/></a>", tree: "a@1:1-2[](){b@2:1-2[](){}}" },
  {
    what: "comments, instructions and CDATA",
    text: "<!-- <x> -->\n<a>1<!-- 2 -->3<?p <y> ?><![CDATA[<z>]]></a>",
    tree: "a@2:1-2[](13<z>){}",
  },
  {
    what: "characters beyond the first plane",
    text: "<a t='😀'>\n😀<b\n u='1'/></a>",
    tree: "a@1:1-3[t=😀@1](😀){b@2:3-3[u=1@3](){}}",
  },
  {
    what: "signs of tags in attributes",
    text: "<a x='/>' y=\"a>b\">\n<b/></a>",
    tree: "a@1:1-2[x=/>@1 y=a>b@1](){b@2:1-2[](){}}",
  },
  {
    what: "a document type without declarations",
    text: '<!DOCTYPE plist PUBLIC "-//A//DTD 1.0//EN" "http://a/[b].dtd">\n<plist/>',
    tree: "plist@2:1-2[](){}",
  },
])("places are those of the file: $what", ({ text, tree }) => {
  expect(outline(parse(text))).toBe(tree);
});

test("references to characters mean those characters", () => {
  const root = parse("<a x='&#x61;&amp;&quot;'>&lt;&#98;</a>");
  expect([root.text, attributeOf(root, "x")?.value]).toEqual(["<b", 'a&"']);
});

test.each([
  { prefix: "android", text: '<a xmlns:android="urn:x" android:name="v"/>' },
  { prefix: "another", text: '<a xmlns:b="urn:x" b:name="v"/>' },
  { prefix: "one of an element around it", text: '<o xmlns:b="urn:x"><a b:name="v"/></o>' },
  {
    prefix: "one that is declared anew",
    text: '<o xmlns:b="urn:y"><a xmlns:b="urn:x" b:name="v"/></o>',
  },
])("an attribute is in its namespace, whatever the prefix: $prefix", ({ text }) => {
  const root = parse(text);
  const element = root.children[0] ?? root;
  expect(attributeOf(element, "name", "urn:x")?.value).toBe("v");
  expect(attributeOf(element, "name")).toBeUndefined();
});

test("a default namespace is that of elements and not of attributes", () => {
  const root = parse('<a xmlns="urn:x" n="1"><p:b xmlns:p="urn:y"/><c xmlns=""/></a>');
  expect([root, ...root.children].map(({ name, namespace }) => [name, namespace])).toEqual([
    ["a", "urn:x"],
    ["b", "urn:y"],
    ["c", ""],
  ]);
  expect(attributeOf(root, "n")?.value).toBe("1");
});

test("a prefix that nothing declares is part of the name", () => {
  const root = parse("<a p:n='1'><q:b/></a>");
  expect(attributeOf(root, "p:n")?.value).toBe("1");
  expect(root.children[0]?.name).toBe("q:b");
});

test("an attribute called __proto__ is one like any other", () => {
  expect(attributeOf(parse("<a __proto__='1'/>"), "__proto__")?.value).toBe("1");
});

test("a file in Latin letters is read where it says so", () => {
  const text = "<?xml version='1.0' encoding='ISO-8859-1'?><a n='\xe9'/>";
  const root = parseXml(
    Uint8Array.from(text, (sign) => sign.charCodeAt(0)),
    MAX_BYTES,
  );
  expect(attributeOf(root, "n")?.value).toBe("é");
});

test.each([
  { when: "a tag never closes", text: "<a>\n<b>\n</a>", code: "not-xml", line: 3 },
  {
    when: "an attribute is there twice",
    text: "<a>\n<b x='1' x='2'/></a>",
    code: "not-xml",
    line: 2,
  },
  {
    when: "an attribute is there twice under two prefixes",
    text: "<a xmlns:p='u'\n xmlns:q='u' p:x='1'\n q:x='2'/>",
    code: "duplicate-attribute",
    line: 3,
  },
  { when: "an entity is unknown", text: "<a>\n&b;</a>", code: "not-xml", line: 2 },
  { when: "a section never ends", text: "<a>\n<![CDATA[[x</a>", code: "not-xml", line: 2 },
  { when: "there is no element", text: "\n", code: "not-xml", line: 2 },
  { when: "a second element follows", text: "<a/>\n<b/>", code: "not-xml", line: 2 },
  {
    when: "a document type declares an entity",
    text: "\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    code: "document-type",
    line: 2,
  },
  {
    when: "a document type declares an attribute",
    text: "<!DOCTYPE a SYSTEM 'x' [<!ATTLIST a b CDATA 'c'>]><a/>",
    code: "document-type",
    line: 1,
  },
  {
    when: "it declares another encoding",
    text: "<?xml version='1.0' encoding='UTF-7'?><a/>",
    code: "encoding",
    line: 1,
  },
  {
    when: "it has a mark of UTF-8 and declares another encoding",
    text: "\uFEFF<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
    code: "encoding",
    line: 1,
  },
  { when: "it is nested too deep", text: "<a>\n".repeat(101), code: "too-deep", line: 101 },
  {
    when: "what makes it deep has signs of an end in it",
    text: `${"<a b='/>'>".repeat(50_000)}${"</a>".repeat(50_000)}`,
    code: "too-deep",
    line: 1,
  },
  {
    when: "it has very many elements",
    text: "<a>\n" + "<b/>".repeat(250_001),
    code: "too-many-nodes",
    line: 2,
  },
  {
    when: "it holds a control character",
    text: "<a>\n\u0001</a>",
    code: "ambiguous-character",
    line: 2,
  },
])("it is not understood where $when", ({ text, code, line }) => {
  const { code: seen, place } = refusalOf(text);
  expect({ code: seen, line: place?.line }).toEqual({ code, line });
});

test("what is nested as deep as allowed is read, comments and empty elements aside", () => {
  const text = `${"<a><!-- <x> --><b/><![CDATA[<x>]]>".repeat(99)}<b/>${"</a>".repeat(99)}`;
  expect(parse(text).children).toHaveLength(2);
});

test("what is too large or no UTF-8 is not understood", () => {
  expect(refusalOf("<a></a>", 6).code).toBe("too-large");
  expect(refusalOf(Uint8Array.of(0x3c, 0xff, 0xfe)).code).toBe("not-utf8");
});

test("why it is not understood never quotes the file", () => {
  expect(refusalOf("<secret>&secret;</secret>").message).toBe("not valid XML");
});
