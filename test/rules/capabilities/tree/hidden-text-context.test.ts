import { expect, test } from "vitest";
import { hiddenText } from "../../../../rules/capabilities/tree/hidden-text.ts";
import { random } from "../secrets/samples.ts";
import { capabilitiesOf } from "./text-entry.ts";

const RLO = "\u202E";
const LRI = "\u2066";
const PDI = "\u2069";

const spelledBy = (first: number, message: string): string =>
  Array.from(message, (letter) => String.fromCodePoint(first + letter.charCodeAt(0))).join("");
const tagsOf = (message: string): string => spelledBy(0xe0000, message);
const selectorsOf = (message: string): string => spelledBy(0xe00f0, message);

test.each([
  { what: "the first and the last printable character", message: " ~ ~", spelled: "~ ~" },
  { what: "a control", message: "a\x1Fb", spelled: "ab" },
  { what: "a deletion", message: "a\x7Fb", spelled: "ab" },
  { what: "a letter that is no ASCII", message: "aéb", spelled: "ab" },
])("of bytes in variation selectors the printable are spelled: $what", ({ message, spelled }) => {
  const [told] = capabilitiesOf(hiddenText, `a${selectorsOf(message)}`);
  expect(told?.context).toContain(`; the hidden characters spell "${spelled}"`);
});

test("what is hidden in ASCII's likeness is spelled", () => {
  const contexts = (text: string): (string | undefined)[] =>
    capabilitiesOf(hiddenText, text).map(({ context }) => context.split("; ")[1]);
  const spelled = 'the hidden characters spell "hi you"';
  expect(contexts(`a${tagsOf("hi you")}`)).toEqual([spelled]);
  expect(contexts(`a${tagsOf("hi you")}x${tagsOf("two")}`)).toEqual([spelled]);
  expect(contexts(`a${selectorsOf("hi you")}`)).toEqual([spelled]);
  expect(contexts("a\u{E0001}\u{E007F}\uFE00")).toEqual([undefined, undefined]);
});

test("a control that reorders code is told with what an editor shows", () => {
  const line = `/*${RLO} } ${LRI}if (isAdmin)${PDI} ${LRI} begin admins only */`;
  const [override, isolate, ...more] = capabilitiesOf(hiddenText, `a\r\n${line}\r\n`);
  expect(override).toMatchObject({
    ...{ kind: "text.bidi", level: "unpaired", line: 2, certainty: "exact" },
  });
  expect(override?.context).toBe(
    'an editor shows "/* begin admins only */ if (isAdmin) {" where the file holds ' +
      '"/*\\u{202E} } \\u{2066}if (isAdmin)\\u{2069} \\u{2066} begin admins only */"',
  );
  expect(isolate).toMatchObject({ name: "U+2066 LEFT-TO-RIGHT ISOLATE", level: "unpaired" });
  expect(more).toEqual([]);
});

test("a long line is shown around the spot, and no code point is torn", () => {
  const [long] = capabilitiesOf(hiddenText, `${"😀".repeat(99)}a\u200Bb${"😀".repeat(99)}`);
  const [many] = capabilitiesOf(hiddenText, `a${"\u200B".repeat(500)}`);
  expect(long?.context).toContain("😀a\\u{200B}b😀");
  expect(long?.context.length).toBeLessThan(300);
  for (const start of ["", "a"]) {
    const text = `${start}${"😀".repeat(99)}a\u200Bb${"😀".repeat(99)}`;
    expect(capabilitiesOf(hiddenText, text)[0]?.context.isWellFormed()).toBe(true);
  }
  expect(many?.context).toMatch(/\\u\{200B\}…"$/);
  const [control] = capabilitiesOf(hiddenText, `${"x".repeat(200)}${RLO}`);
  expect(control?.context).toContain("x\\u{202E}");
});

test("a carriage return is told with what it does", () => {
  const [told] = capabilitiesOf(hiddenText, "// fine\revil()\n");
  expect(told?.context).toBe("some programs end the line there, where a diff shows one line");
});

test.each([
  { what: "behind it", line: (token: string) => `a = "${token}" ${RLO}` },
  { what: "before it", line: (token: string) => `${RLO} a = "${token}"` },
  { what: "far before it", line: (token: string) => `${"x".repeat(9_000)} ${token} ${RLO}` },
])("a credential of the line is not shown where a control is $what", ({ line }) => {
  const token = `ghp_${random(1, 36)}`;
  const [told] = capabilitiesOf(hiddenText, line(token));
  expect(told?.context).toContain("**********");
  for (const piece of [token.slice(0, 12), token.slice(-12)])
    expect(told?.context).not.toContain(piece);
});
