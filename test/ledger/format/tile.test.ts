import fc from "fast-check";
import { expect, test } from "vitest";
import { bundlePath, formatBundle, parseBundle, tilePath } from "../../../ledger/format/tile.ts";

test.each([
  { path: tilePath(0, 0, 256), expected: "tile/0/000" },
  { path: tilePath(0, 273, 112), expected: "tile/0/273.p/112" },
  { path: tilePath(1, 1_234_067, 256), expected: "tile/1/x001/x234/067" },
  { path: tilePath(63, 1_000, 1), expected: "tile/63/x001/000.p/1" },
  { path: bundlePath(1_234_067, 256), expected: "tile/entries/x001/x234/067" },
  { path: bundlePath(0, 255), expected: "tile/entries/000.p/255" },
])("$expected is where the specification has it", ({ path, expected }) => {
  expect(path).toBe(expected);
});

test("a bundle is each entry after its length, and comes apart into the same entries", () => {
  expect(Buffer.from(formatBundle([Buffer.from("one"), Buffer.of()])).toString("hex")).toBe(
    `0003${Buffer.from("one").toString("hex")}0000`,
  );
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 });
  fc.assert(
    fc.property(entries, (given) => {
      const read = parseBundle(formatBundle(given), given.length);
      expect(read.map((entry) => Buffer.from(entry))).toEqual(
        given.map((entry) => Buffer.from(entry)),
      );
    }),
    { numRuns: 50 },
  );
});

const LONGEST = Buffer.alloc(65_535, 7);

test("the longest entry has a place, and a longer one is refused", () => {
  expect(parseBundle(formatBundle([LONGEST]), 1)[0]).toHaveLength(65_535);
  expect(() => formatBundle([Buffer.concat([LONGEST, Buffer.of(7)])])).toThrow(
    expect.objectContaining({ code: "TOO_LARGE" }),
  );
});

const two = formatBundle([Buffer.from("one"), Buffer.from("two")]);

test.each([
  { when: "an entry more than asked for", bytes: two, count: 1 },
  { when: "an entry fewer", bytes: two, count: 3 },
  { when: "half an entry", bytes: two.subarray(0, -1), count: 2 },
  { when: "half a length", bytes: two.subarray(0, 6), count: 2 },
  { when: "a byte after the last", bytes: Buffer.concat([two, Buffer.of(0)]), count: 2 },
  { when: "a length beyond its end", bytes: Buffer.from("ffff00", "hex"), count: 1 },
  { when: "nothing, of one", bytes: Buffer.of(), count: 1 },
])("a bundle that holds $when is refused", ({ bytes, count }) => {
  expect(() => parseBundle(bytes, count)).toThrow(
    expect.objectContaining({ code: "NOT_CANONICAL" }),
  );
});
