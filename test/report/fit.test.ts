import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText, fitBlocks, utf8Length } from "../../report/fit.ts";

const notice = (count: number) => `(${count} left out)`;

test.each([
  { what: "what fits is whole", maxBytes: 9, fitted: "<aaabbb>" },
  {
    what: "it counts bytes, not characters",
    blocks: ["é".repeat(9)],
    maxBytes: 18,
    fitted: "<(1 left out)>",
  },
  {
    what: "a block is left out whole",
    blocks: ["aaa", "b".repeat(20)],
    maxBytes: 19,
    fitted: "<aaa(1 left out)>",
  },
  {
    what: "more than so many blocks are left out",
    maxBlocks: 1,
    maxBytes: 99,
    fitted: "<aaa(1 left out)>",
  },
  { what: "head and foot stay when nothing fits", maxBytes: 1, fitted: "<(2 left out)>" },
])("$what", ({ fitted, blocks = ["aaa", "bbb"], ...limits }) => {
  expect(fitBlocks({ head: "<", blocks, foot: ">", leftOut: notice, ...limits })).toBe(fitted);
});

test("the notice finds room too", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme" })),
      fc.integer({ min: 20, max: 90 }),
      (blocks, maxBytes) => {
        const fitted = fitBlocks({ head: "<", blocks, foot: ">", maxBytes, leftOut: notice });
        expect(utf8Length(fitted)).toBeLessThanOrEqual(maxBytes);
      },
    ),
  );
});

test("a text is cut between characters and says how much is missing", () => {
  expect(cutText("😀".repeat(20), 30)).toBe(`😀😀 … (72 bytes more)`);
  expect(cutText("😀😀", 8)).toBe("😀😀");
});

test("a cut text keeps to its bytes and is a beginning", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.integer({ min: 30, max: 300 }),
      (text, max) => {
        const cut = cutText(text, max);
        expect(utf8Length(cut)).toBeLessThanOrEqual(Math.max(max, 30));
        expect(text.startsWith(cut.replace(/ … \(\d+ bytes more\)$/u, ""))).toBe(true);
      },
    ),
  );
});
