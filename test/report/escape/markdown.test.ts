import fc from "fast-check";
import { expect, test } from "vitest";
import { markdownCode, markdownProse } from "../../../report/escape/markdown.ts";
import { visible } from "../../../report/escape/visible.ts";
import { hostile } from "./arbitrary.ts";
import { readCodeSpans } from "./code-spans.ts";

test.each([
  {
    what: "ordinary prose",
    text: "jobs.release: contents read → write",
    prose: "jobs.release: contents read → write",
  },
  {
    what: "quotes, brackets and dashes",
    text: "“well-kept” (it's so) – yes!",
    prose: "“well-kept” (it's so) – yes!",
  },
  { what: "a mention", text: "ask @acme/security, please", prose: "ask `@acme/security`, please" },
  { what: "a reference", text: "see #123", prose: "see `#123`" },
  { what: "a lettered reference", text: "see GH-123", prose: "see `GH-123`" },
  { what: "a commit", text: "of 1f2e3d4.", prose: "of `1f2e3d4`." },
  { what: "an address", text: "https://evil.example", prose: "`https://evil.example`" },
  {
    what: "an address without a scheme",
    text: "(www.evil.example)",
    prose: "(`www.evil.example`)",
  },
  { what: "a mail address", text: "a@evil.example", prose: "`a@evil.example`" },
  { what: "an image", text: "![x](//e)", prose: "`![x](//e)`" },
  { what: "HTML", text: "<img src=x>", prose: "`<img` `src=x>`" },
  { what: "a call", text: "run f().", prose: "run `f()`." },
  { what: "a quoted name", text: "('a_b')", prose: "('`a_b`')" },
  { what: "an entity", text: "&#64;bo", prose: "`&#64;bo`" },
  { what: "emphasis", text: "**Allowed.**", prose: "`**Allowed.**`" },
  { what: "an emoji's name", text: ":tada:", prose: "`:tada`:" },
  { what: "a formula", text: "$x$", prose: "`$x$`" },
  { what: "a backtick", text: "a ` b", prose: "a `` ` `` b" },
  { what: "a fence", text: "```js", prose: "```` ```js ````" },
  { what: "a backslash before a span", text: "\\ @bo", prose: "`\\` `@bo`" },
  { what: "a line break", text: "a\n# b", prose: "`a\\u{a}#` b" },
  { what: "the start of a numbered list", text: "1. a", prose: "`1`. a" },
  { what: "a number that ends a sentence", text: "takes 2. Then", prose: "takes 2. Then" },
  { what: "a lone list sign", text: "- a", prose: "`-` a" },
  { what: "a table", text: "a | b", prose: "a `|` b" },
  { what: "punctuation alone", text: "::", prose: "`::`" },
  { what: "several spaces", text: "  a   b ", prose: "a b" },
])("prose: $what", ({ text, prose }) => {
  expect(markdownProse(text)).toBe(prose);
});

test.each([
  { what: "a path", text: "a b/c.yml", code: "`a b/c.yml`" },
  { what: "a backtick inside", text: "a`b", code: "``a`b``" },
  { what: "a backtick at an end", text: "`a", code: "`` `a ``" },
  { what: "runs of backticks", text: "a```b``c", code: "````a```b``c````" },
  { what: "a space at an end", text: " a", code: "`  a `" },
  { what: "a line break", text: "a\nb", code: "`a\\u{a}b`" },
  { what: "nothing", text: "", code: "`   `" },
])("code: $what", ({ text, code }) => {
  expect(markdownCode(text)).toBe(code);
});

test("one code span shows exactly the text and nothing stands outside", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const { outside, spans } = readCodeSpans(markdownCode(text));
      expect(outside).toBe("\u{fffc}");
      expect(spans.join("").trim()).toBe(visible(text).trim());
    }),
  );
});

test("outside code spans prose has words and ordinary punctuation only, and no word is lost", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const { outside, spans } = readCodeSpans(markdownProse(text));
      expect(outside).toMatch(/^[\p{L}\p{M}\p{N}\u{fffc} .,;:!?()"'“”‘’…→←–—·/-]*$/u);
      expect(outside).not.toMatch(
        /www\.|:\/\/|:[\p{L}\p{N}]|-\p{N}|^\p{N}+[.)]|\b[0-9a-f]{7,}\b/iu,
      );
      const words = visible(text)
        .split(" ")
        .filter((word) => word !== "");
      expect(outside.replaceAll("\u{fffc}", () => spans.shift() ?? "")).toBe(words.join(" "));
    }),
  );
});
