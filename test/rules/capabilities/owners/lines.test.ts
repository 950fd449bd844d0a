import { expect, test } from "vitest";
import { ownersLines } from "../../../../rules/capabilities/owners/lines.ts";

function read(text: string | Uint8Array) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const { rules, skipped } = ownersLines(bytes);
  return {
    rules: rules.map(({ line, pattern, owners }) => [line, pattern, ...owners].join(" ")),
    skipped: skipped.map(({ line, why }) => `${line} ${why}`),
  };
}

test.each([
  {
    what: "an owner, a team and an address",
    text: "* @b @o/t a@b.co",
    rules: ["1 * @b @o/t a@b.co"],
  },
  { what: "owners in other letters and order", text: "* @B @a @b", rules: ["1 * @a @b"] },
  { what: "comments and blank lines", text: "# a\n\n  # b\na @b", rules: ["4 a @b"] },
  { what: "a comment behind owners", text: "a @b # @c", rules: ["1 a @b"] },
  { what: "a comment that nothing sets apart", text: "a @b #c", rules: ["1 a @b"] },
  { what: "a rule that names nobody", text: "a", rules: ["1 a"] },
  { what: "a comment in the place of owners", text: "a # @b", rules: ["1 a"] },
  { what: "an escaped space", text: "a\\ b @c", rules: ["1 a\\ b @c"] },
  {
    what: "tabs, indents and line ends of Windows",
    text: "\ta\t@b\t\r\nc @d\r\n",
    rules: ["1 a @b", "2 c @d"],
  },
  { what: "a byte order mark", text: "\u{FEFF}* @b", rules: ["1 * @b"] },
  {
    what: "bytes that are no UTF-8",
    text: Uint8Array.from([0x23, 0xe9, 0x0a, 0x61, 0x20, 0x40, 0x62]),
    rules: ["2 a @b"],
  },
  // It looks like a space and is none: to GitHub it belongs to the pattern.
  { what: "a no-break space", text: "a\u{A0}@b", rules: ["1 a\u{A0}@b"] },
])("$what: read as GitHub does", ({ text, rules }) => {
  expect(read(text)).toEqual({ rules, skipped: [] });
});

test.each([
  { text: "!a @b", why: "a pattern that begins with !" },
  { text: "\\#a @b", why: "a pattern that begins with \\#" },
  { text: "/ @b", why: "a pattern that matches nothing" },
  { text: "a\u{0}b @b", why: "a control character in the pattern" },
  { text: "a b", why: "an owner that is no @user, @organisation/team or e-mail address" },
  { text: "a @b c", why: "an owner that is no @user, @organisation/team or e-mail address" },
  { text: "a @", why: "an owner that is no @user, @organisation/team or e-mail address" },
  { text: "a @b,@c", why: "an owner that is no @user, @organisation/team or e-mail address" },
  { text: "a @b\u{A0}@c", why: "an owner that is no @user, @organisation/team or e-mail address" },
])("$text is skipped", ({ text, why }) => {
  expect(read(`x @y\n${text}`)).toEqual({ rules: ["1 x @y"], skipped: [`2 ${why}`] });
});

test.each([
  { text: "*.[ch] @b", why: "[ ] stands for no range of characters" },
  { text: "a#b @b", why: "a # inside of the pattern" },
  { text: "@b", why: "an owner without a pattern before it" },
])("$text is a rule that does not do what it seems to", ({ text, why }) => {
  const { rules, skipped } = read(text);
  expect(rules).toHaveLength(1);
  expect(skipped).toEqual([`1 ${why}`]);
});

test("more rules than any person keeps are too much", () => {
  expect(() => read("a\n".repeat(100_001))).toThrow(expect.objectContaining({ code: "too-much" }));
});
