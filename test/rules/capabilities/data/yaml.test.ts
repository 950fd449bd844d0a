import fc from "fast-check";
import { expect, test } from "vitest";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";
import { parseYaml, parseYamlDocuments } from "../../../../rules/capabilities/data/yaml.ts";
import type { DataNode } from "../../../../rules/capabilities/data/data-node.ts";
import type { YamlDialect } from "../../../../rules/capabilities/data/yaml-tree.ts";
import { outline } from "./outline.ts";
import { refusalOf as refused } from "./refusal.ts";

const MAX_BYTES = 1024 * 1024;

function parse(text: string): DataNode {
  return parseYaml(new TextEncoder().encode(text), MAX_BYTES);
}

function refusalOf(content: string | Uint8Array, maxBytes = MAX_BYTES): NotUnderstood {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    parseYaml(bytes, maxBytes);
  } catch (error) {
    if (error instanceof NotUnderstood) return error;
    throw error;
  }
  throw new Error("it was understood");
}

test.each([
  {
    what: "block maps and lists",
    text: "a: 1\nb:\n  - x\n",
    tree: "{a@1:1=1@1:4 b@2:1=[x@3:5]@3-3}@1-3",
  },
  {
    what: "flow maps",
    text: "a: {b: c,\n d: e}\n",
    tree: "{a@1:1={b@1:5=c@1:8 d@2:2=e@2:5}@1-2}@1-2",
  },
  {
    what: "comments, empty lines and CRLF",
    text: "# c\r\na:\r\n  b: |\r\n    x\r\n\r\n# d\r\n",
    tree: "{a@2:1={b@3:3=x\n@3:6}@3-4}@2-4",
  },
  { what: "values not written", text: "a:\nb:\n", tree: "{a@1:1=@1:3 b@2:1=@2:3}@1-2" },
  { what: "a byte order mark", text: "\uFEFFa: 1", tree: "{a@1:1=1@1:4}@1-1" },
  { what: "a key alone", text: "{a}", tree: "{a@1:2=@1:3}@1-1" },
])("places are those of the file: $what", ({ text, tree }) => {
  expect(outline(parse(text))).toBe(tree);
});

test.each([
  ["on", "string", "on"],
  ["yes", "string", "yes"],
  ["'true'", "string", "true"],
  ['"a\\x6eb"', "string", "anb"],
  ["true", "boolean", "true"],
  ["False", "boolean", "False"],
  ["0x1F", "number", "0x1F"],
  ["1e3", "number", "1e3"],
  ["~", "null", ""],
  ["null", "null", ""],
  ["", "null", ""],
])("types are those of YAML 1.2's core schema: %s is a %s", (written, resolved, text) => {
  expect(parse(written)).toMatchObject({ type: "scalar", resolved, text });
});

test("an alias stands at its own line with its anchor's content", () => {
  const root = parse("a: &x {p: write}\nb:\n  - *x\n&y c: *y\n");
  expect(outline(root)).toContain("b@2:1=[{p@1:8=write@1:11}@3-3]@3-3 c@4:4=c@4:7");
});

test("an alias means the latest anchor of its name, as it was where it stands", () => {
  const root = parse("a: &x 1\nb: &y [*x]\nc: &x 2\nd: [*x, *y]\n");
  expect(outline(root)).toContain("d@4:1=[2@4:5 [1@2:8]@4-4]@4-4");
});

test.each([
  { what: "more bytes than asked for", text: "a: b", maxBytes: 3, code: "too-large" },
  { what: "bytes that are not UTF-8", text: new Uint8Array([0x61, 0xff]), code: "not-utf8" },
  { what: "UTF-16", text: new Uint8Array([0xff, 0xfe, 0x61, 0]), code: "not-utf8" },
  { what: "a syntax error", text: "a: b: c", code: "not-yaml" },
  { what: "an item that is missing", text: "[a, , b]", code: "not-yaml" },
  { what: "an unclosed string", text: 'a: "b', code: "not-yaml" },
  { what: "several documents", text: "a: 1\n---\nb: 2\n", code: "documents" },
  { what: "an end marker and more", text: "a: 1\n...\nb: 2\n", code: "documents" },
  { what: "another YAML version", text: "%YAML 1.1\n---\na: on\n", code: "directive" },
  { what: "a tag", text: "a: !!str 5", code: "tag" },
  { what: "a tagged map", text: "a: !!map {}", code: "tag" },
  { what: "a tag of its own", text: "a: !mine 5", code: "not-yaml" },
  { what: "one key twice", text: "a: 1\n'a': 2\n", code: "duplicate-key" },
  { what: "a merge key", text: "a: &x {b: c}\nd:\n  <<: *x\n", code: "merge-key" },
  { what: "a map as a key", text: "? {a: b}\n: c\n", code: "key" },
  { what: "an alias of a map as a key", text: "a: &x {b: c}\n*x : d\n", code: "key" },
  { what: "an alias without an anchor", text: "a: *x", code: "alias" },
  { what: "an alias before its anchor", text: "a: *x\nb: &x 1", code: "alias" },
  { what: "an alias inside its own anchor", text: "a: &x [*x]", code: "alias" },
  {
    what: "an alias inside its own anchor that was there before",
    text: "a: &x 1\nb: &x [*x]",
    code: "alias",
  },
  {
    what: "a lone carriage return",
    text: "a: b # c\rpermissions: write-all",
    code: "ambiguous-character",
  },
  { what: "a next line", text: "# c\u0085a: b", code: "ambiguous-character" },
  { what: "a line separator", text: "# c\u2028a: b", code: "ambiguous-character" },
  { what: "a paragraph separator", text: "# c\u2029a: b", code: "ambiguous-character" },
  { what: "a NUL", text: "a: b\0c", code: "ambiguous-character" },
  { what: "a byte order mark inside", text: "a: b\n\uFEFFc: d", code: "ambiguous-character" },
])("$what is refused as $code", ({ text, maxBytes, code }) => {
  expect(refusalOf(text, maxBytes).code).toBe(code);
});

test.each([
  { what: "a syntax error", text: "a: 1\nb: c: d\n", place: { line: 2, column: 4 } },
  { what: "one key twice", text: "a:\n  b: 1\n  b: 2\n", place: { line: 3, column: 3 } },
  { what: "an unusual line break", text: "a: 1\nb: é\rc: 2", place: { line: 2, column: 5 } },
  { what: "a control character on line 1", text: "a: \0", place: { line: 1, column: 4 } },
  { what: "one on line 3", text: "a: 1\nb: 2\nc: \0", place: { line: 3, column: 4 } },
  { what: "a second anchor", text: "a: 1\nb: &x &y 1", place: { line: 2, column: 7 } },
  { what: "a row too much", text: "- a\nb", place: { line: 2, column: 1 } },
  { what: "too many bytes", text: "a".repeat(MAX_BYTES + 1), place: null },
])("a refusal says where: $what", ({ text, place }) => {
  expect(refusalOf(text).place).toEqual(place);
});

test("a character that parsers read differently is named as that", () => {
  expect(refusalOf("a: \0").message).toContain("control character or line break");
});

test("a refusal never quotes the file", () => {
  const texts = ["SECRET: 1\nSECRET: 2", "a: *SECRET", "a: !SECRET 1", "SECRET: SECRET: SECRET"];
  for (const text of texts) expect(refusalOf(text).message).not.toContain("SECRET");
});

const bomb = Array.from("bcdefghi").reduce(
  (text, name, index) =>
    `${text}\n${name}: &${name} [${Array(9)
      .fill(`*${"abcdefghi"[index] ?? ""}`)
      .join()}]`,
  `a: &a [${Array(9).fill("x").join()}]`,
);

test.each([
  { what: "open brackets", text: "[".repeat(MAX_BYTES), code: "too-deep" },
  { what: "open braces and keys", text: "{a: ".repeat(200_000), code: "too-deep" },
  { what: "list items on one line", text: "- ".repeat(500_000), code: "too-deep" },
  { what: "explicit keys", text: "? ".repeat(500_000), code: "too-deep" },
  { what: "maps under maps", text: stairs(150), code: "too-deep" },
  { what: "depth by aliases", text: aliasStairs(), code: "too-deep" },
  { what: "a bomb of aliases", text: bomb, code: "too-many-nodes" },
  {
    what: "one long text many times",
    text: `a: &a ${"x".repeat(500_000)}\nb: [${"*a,".repeat(9)}]`,
    code: "too-many-nodes",
  },
  {
    what: "one alias very often",
    text: `a: &a x\nb: [${"*a,".repeat(60_000)}]`,
    code: "too-many-nodes",
  },
  { what: "very many keys", text: manyKeys(80_000), code: "too-many-nodes" },
  { what: "empty lines alone", text: "\n".repeat(MAX_BYTES), code: "too-many-nodes" },
  { what: "errors alone", text: "]\n".repeat(100_000), code: "not-yaml" },
  { what: "errors in one list", text: `[${",".repeat(399_997)}]`, code: "not-yaml" },
  { what: "one error more", text: `[${",".repeat(399_998)}]`, code: "too-many-nodes" },
])("$what end as $code before they cost time or stack", ({ text, code }) => {
  expect(refusalOf(text).code).toBe(code);
});

test("as many brackets are open as the cap, or one more", () => {
  expect(refusalOf("[".repeat(199)).code).toBe("not-yaml");
  expect(refusalOf("[".repeat(200)).code).toBe("too-deep");
});

test("what is within the caps is read", () => {
  const text = `${stairs(90)}\n`;
  expect(parse(text).type).toBe("map");
  expect(parse(manyKeys(20_000)).type).toBe("map");
});

test("parsing is total: any text is read or refused", () => {
  const piece = fc.constantFrom(
    ...Array.from("-?:,[]{}#&*!|>'\"%@ \n\t"),
    "a",
    "b: ",
    "- ",
    "\n  ",
    "<<",
    "&x ",
    "*x",
    "---\n",
  );
  const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), (text) => {
      try {
        expect(parse(text).line).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(NotUnderstood);
      }
    }),
    { numRuns: 500 },
  );
});

/** The documents of a file in a dialect, each in one line. */
function outlines(text: string, dialect: Partial<YamlDialect>): string[] {
  const content = new TextEncoder().encode(text);
  return parseYamlDocuments(content, { maxBytes: MAX_BYTES, ...dialect }).map(outline);
}

test.each([
  { what: "several", text: "a\n---\nb\n", trees: ["a@1:1", "b@3:1"] },
  { what: "one behind its start", text: "---\na\n", trees: ["a@2:1"] },
  { what: "empty ones", text: "---\n---\na\n---\n", trees: ["@1:4", "a@3:1", "@4:4"] },
  {
    what: "one with an end marker",
    text: "a: 1\n...\n---\nb\n",
    trees: ["{a@1:1=1@1:4}@1-1", "b@4:1"],
  },
])("every document of a file is read: $what", ({ text, trees }) => {
  expect(outlines(text, {})).toEqual(trees);
});

test("an anchor is not known in the next document", () => {
  expect(refused(() => outlines("&x a\n---\n*x\n", {}))).toBe("alias:3");
});

test.each([
  { what: "a text", text: "a: !Ref b", tree: "{a@1:1=!Ref b@1:9}@1-1" },
  { what: "a list", text: "a: !GetAtt [b, c]", tree: "{a@1:1=!GetAtt [b@1:13 c@1:16]@1-1}@1-1" },
  { what: "a map", text: "a: !If\n  b: !Sub c", tree: "{a@1:1=!If {b@2:3=!Sub c@2:11}@2-2}@1-2" },
  { what: "nothing", text: "a: !vault\nb: 1", tree: "{a@1:1=!vault @1:10 b@2:1=1@2:4}@1-2" },
  { what: "a block", text: "a: !Sub |\n  b\n", tree: "{a@1:1=!Sub b\n@1:9}@1-2" },
  {
    what: "an alias of one",
    text: "a: &x !Ref b\nc: *x",
    tree: "{a@1:1=!Ref b@1:12 c@2:1=!Ref b@2:4}@1-2",
  },
  { what: "what stands in it", text: "!A [!B [!C x]]", tree: "!A [!B [!C x@1:12]@1-1]@1-1" },
])("where tags are kept, $what keeps its own", ({ text, tree }) => {
  expect(outlines(text, { tags: "kept" })).toEqual([tree]);
  expect(refused(() => outlines(text, {}))).toMatch(/^(?:tag|not-yaml):/);
});

test.each([
  { what: "a map", text: "x: &x {p: 1}\na:\n  q: 2\n  <<: *x", merged: "q=2 p=1" },
  {
    what: "a list of maps",
    text: "x: &x {p: 1}\ny: &y {q: 2}\na:\n  <<: [*x, *y]",
    merged: "p=1 q=2",
  },
  {
    what: "the first of several equal keys",
    text: "x: &x {p: 1}\ny: &y {p: 2}\na:\n  <<: [*x, *y]",
    merged: "p=1",
  },
  {
    what: "a map, and its own key wins behind it",
    text: "x: &x {p: 1}\na:\n  <<: *x\n  p: 2",
    merged: "p=2",
  },
  {
    what: "a map, and its own key wins before it",
    text: "x: &x {p: 1}\na:\n  p: 2\n  <<: *x",
    merged: "p=2",
  },
  {
    what: "a map that merges another one",
    text: "x: &x {p: 1}\ny: &y {<<: *x, q: 2}\na:\n  <<: *y",
    merged: "q=2 p=1",
  },
  { what: "a map without a name", text: "a:\n  <<: {p: 1}", merged: "p=1" },
])("where merge keys are read, they bring in $what", ({ text, merged }) => {
  const [root] = parseYamlDocuments(new TextEncoder().encode(text), {
    ...{ maxBytes: MAX_BYTES, mergeKeys: "merged" },
  });
  const at = root?.type === "map" ? root.entries.find(({ key }) => key.text === "a") : undefined;
  const entries = at?.value.type === "map" ? at.value.entries : [];
  const shown = entries.map(({ key, value }) => {
    return `${key.text}=${value.type === "scalar" ? value.text : value.type}`;
  });
  expect(shown.join(" ")).toBe(merged);
  expect(refused(() => outlines(text, {}))).toMatch(/^merge-key:/);
});

test.each([
  { what: "a text", text: "a: 1\n<<: b", dialect: { mergeKeys: "merged" }, code: "merge-key:2" },
  {
    what: "a list with a text",
    text: "<<: [{a: 1}, b]",
    dialect: { mergeKeys: "merged" },
    code: "merge-key:1",
  },
  {
    what: "a quoted merge key",
    text: "a:\n  '<<': {p: 1}",
    dialect: { mergeKeys: "merged" },
    code: "merge-key:2",
  },
  {
    what: "a merge key by an alias",
    text: "a: &a <<\n? *a\n: {p: 1}",
    dialect: { mergeKeys: "merged" },
    code: "merge-key:2",
  },
  {
    what: "a merge key with a tag",
    text: "!!str <<: {p: 1}",
    dialect: { mergeKeys: "merged", tags: "kept" },
    code: "merge-key:1",
  },
  {
    what: "what is written in base64",
    text: "a: 1\nb: !!binary YQ==",
    dialect: { tags: "kept" },
    code: "tag:2",
  },
  {
    what: "what is written in base64, in escapes",
    text: "a: 1\nb: !!%62inary YQ==",
    dialect: { tags: "kept" },
    code: "tag:2",
  },
  {
    what: "two merge keys",
    text: "<<: {a: 1}\n<<: {b: 1}",
    dialect: { mergeKeys: "merged" },
    code: "duplicate-key:2",
  },
  { what: "an alias", text: "a: &x 1\nb: *x", dialect: { aliases: "refused" }, code: "alias:2" },
  {
    what: "an alias as a key",
    text: "a: &x b\n*x : 1",
    dialect: { aliases: "refused" },
    code: "alias:2",
  },
  {
    what: "an alias below a merge key",
    text: "a: &x {}\n<<: *x",
    dialect: { aliases: "refused", mergeKeys: "merged" },
    code: "alias:2",
  },
  {
    what: "as many nodes as asked for",
    text: "[a, b]",
    dialect: { maxNodes: 3 },
    code: "understood",
  },
  { what: "one node more", text: "[a, b, c]", dialect: { maxNodes: 3 }, code: "too-many-nodes:1" },
  {
    what: "one more by an alias",
    text: "[&x [a], *x]",
    dialect: { maxNodes: 4 },
    code: "too-many-nodes:1",
  },
  {
    what: "a second document",
    text: "a\n---\nb",
    dialect: { documents: "one" },
    code: "documents:2",
  },
] as const)("in its dialect, $what comes out as $code", ({ text, dialect, code }) => {
  expect(refused(() => outlines(text, dialect))).toBe(code);
});

test("an anchor alone is no alias", () => {
  expect(outlines("a: &x 1", { aliases: "refused" })).toEqual(["{a@1:1=1@1:7}@1-1"]);
});

function stairs(depth: number): string {
  return Array.from({ length: depth }, (_, index) => `${" ".repeat(index)}a:`).join("\n");
}

function aliasStairs(): string {
  const steps = Array.from({ length: 60 }, (_, index) => `- &n${index + 1} [[*n${index}]]`);
  return `- &n0 x\n${steps.join("\n")}`;
}

function manyKeys(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${index}: 1`).join("\n");
}

test.each([
  { what: "a text", text: "a: !Ref b", tag: "!Ref" },
  { what: "nothing", text: "a: !GetAZs", tag: "!GetAZs" },
  { what: "a list", text: "a: !Join [b, [c]]", tag: "!Join" },
  { what: "a map", text: "a: !Sub { b: c }", tag: "!Sub" },
])("a tag of its own stays on $what where tags are kept", ({ text, tag }) => {
  const dialect = { maxBytes: MAX_BYTES, documents: "one", tags: "kept" } as const;
  const [root] = parseYamlDocuments(new TextEncoder().encode(text), dialect);
  expect(root?.type === "map" ? root.entries[0]?.value.tag : undefined).toBe(tag);
});
