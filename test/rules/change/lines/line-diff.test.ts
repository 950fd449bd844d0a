import fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines } from "../../../../rules/change/lines/line-diff.ts";

function told(base: string, head: string): string {
  const [before, after] = [Array.from(base), Array.from(head)];
  const { removed, added } = diffLines(before, after);
  const shown = (sign: string, lines: readonly string[], at: readonly number[]) =>
    at.map((index) => `${sign}${lines[index] ?? ""}${index + 1}`);
  return [...shown("-", before, removed), ...shown("+", after, added)].join(" ");
}

// Each letter is a line.
test.each([
  { when: "nothing changed", base: "abc", head: "abc", wanted: "" },
  { when: "there was nothing", base: "", head: "ab", wanted: "+a1 +b2" },
  { when: "nothing is left", base: "ab", head: "", wanted: "-a1 -b2" },
  { when: "a line came between", base: "ac", head: "abc", wanted: "+b2" },
  { when: "a line is another one", base: "abc", head: "axc", wanted: "-b2 +x2" },
  { when: "a line moved", base: "abcde", head: "acdeb", wanted: "-b2 +b5" },
  { when: "one of equal lines went", base: "aaa", head: "aa", wanted: "-a3" },
  { when: "equal lines stand among others", base: "a}b}c}", head: "a}x}b}c}", wanted: "+x3 +}4" },
  {
    when: "two functions came, with an end of their own each",
    base: "f}g}h}",
    head: "fx}y}g}z}h}",
    wanted: "+x2 +}3 +y4 +z8 +}7",
  },
])("$when", ({ base, head, wanted }) => {
  const sorted = (text: string) => text.split(" ").sort();
  expect(sorted(told(base, head))).toEqual(sorted(wanted));
});

const lines = fc.array(fc.constantFrom("a", "b", "c", "d", "}", ""), { maxLength: 40 });

test("without what went and with what came, one side is the other", () => {
  fc.assert(
    fc.property(lines, lines, (base, head) => {
      const { removed, added } = diffLines(base, head);
      const left = base.filter((_, index) => !removed.includes(index));
      expect(left).toEqual(head.filter((_, index) => !added.includes(index)));
    }),
  );
});

test("a line that one side has more often is told at least that often", () => {
  fc.assert(
    fc.property(lines, lines, (base, head) => {
      const { added } = diffLines(base, head);
      for (const line of new Set(head)) {
        const count = (all: readonly string[]) => all.filter((one) => one === line).length;
        const told = added.filter((index) => head[index] === line).length;
        expect(told).toBeGreaterThanOrEqual(count(head) - count(base));
      }
    }),
  );
});

test.each([
  { what: "equal", base: () => "x", head: () => "x" },
  { what: "all different", base: (n: number) => `a${n}`, head: (n: number) => `b${n}` },
  { what: "in the opposite order", base: (n: number) => `${n}`, head: (n: number) => `${-n}` },
  { what: "of two kinds", base: (n: number) => `${n % 2}`, head: (n: number) => `${n % 3}` },
  {
    what: "unique only once others are set aside",
    base: (n: number) => `${n & (n - 1)}`,
    head: (n: number) => `${n & (n + 1)}`,
  },
])("twenty thousand lines that are $what take no time", ({ base, head }) => {
  const [before, after] = [base, head].map((line) =>
    Array.from({ length: 20_000 }, (_, n) => line(n)),
  );
  const started = performance.now();
  diffLines(before ?? [], after ?? []);
  expect(performance.now() - started).toBeLessThan(5_000);
});
