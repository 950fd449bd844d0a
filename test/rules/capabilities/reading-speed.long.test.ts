import { describe, expect, test } from "vitest";
import { readers } from "../../../rules/capabilities/readers.ts";
import { actionAdversaries, textAdversaries, workflowAdversaries } from "./adversaries.ts";
import { allSamples } from "./formats/all-samples.ts";
import { growthOf, isLinear, leastMs, readingMs } from "./reading-speed.ts";
import { diffOf } from "./changes.ts";

const BYTES = 960_000;
const MAX_MS_A_MEGABYTE = 1_000;

const adversaries = [
  ...[...workflowAdversaries, ...actionAdversaries, ...textAdversaries].map((adversary) => ({
    ...adversary,
    most: BYTES,
  })),
  ...allSamples.flatMap(({ reader, adversaries: all }) =>
    all.map((adversary) => ({
      ...adversary,
      what: `${reader}: ${adversary.what}`,
      most: mostOf(reader),
    })),
  ),
];

/** What a reader takes at most, with room for what an adversary writes around it: else only a refusal is timed. */
function mostOf(name: string): number {
  const maxBytes = readers.find((reader) => reader.name === name)?.maxBytes ?? BYTES;
  return Math.min(BYTES, 0.95 * maxBytes);
}

describe("a second a megabyte is enough, and twice the size takes at most 2.5 times as long", () => {
  test.each(adversaries)("for $what", (adversary) => {
    const maxMs = (MAX_MS_A_MEGABYTE * BYTES) / 1_000_000;
    const growth = growthOf((bytes) => readingMs(adversary, bytes), adversary.most, maxMs);
    expect(growth).toSatisfy(isLinear);
    expect(growth.whole).toBeLessThan(maxMs);
  });

  test.each(workflowAdversaries)(
    "for $what, compared with all of it renamed",
    ({ path, write }) => {
      const time = (bytes: number): number => {
        const text = write(bytes);
        const renamed = text.replace(/^( {2})([aj]\d*:)/gmu, "$1x$2");
        return leastMs(() => diffOf({ [path]: text }, { "b/.github": "", [path]: renamed }), 2);
      };
      const maxMs = 2 * MAX_MS_A_MEGABYTE;
      const growth = growthOf(time, BYTES / 2, maxMs);
      expect(growth).toSatisfy(isLinear);
      expect(growth.whole).toBeLessThan(maxMs);
    },
  );
});

test("twice the changed paths take at most 2.5 times as long", () => {
  const time = (count: number): number => {
    const files = Array.from({ length: count }, (_, n) => [
      `src/${n % 97}/file-${n}.ts`,
      `a${n}\n`,
    ]);
    const head = Object.fromEntries(files) as Record<string, string>;
    return leastMs(() => diffOf({}, head), 2);
  };
  expect(growthOf(time, 40_000)).toSatisfy(isLinear);
});
