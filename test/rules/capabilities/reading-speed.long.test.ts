import { describe, expect, test } from "vitest";
import { actionAdversaries, textAdversaries, workflowAdversaries } from "./adversaries.ts";
import { allSamples } from "./formats/all-samples.ts";
import { growthOf, isLinear, leastMs, readingMs } from "./reading-speed.ts";
import { diffOf } from "./changes.ts";

const BYTES = 960_000;
const MAX_MS_A_MEGABYTE = 1_000;

const adversaries = [
  ...[...workflowAdversaries, ...actionAdversaries, ...textAdversaries],
  ...allSamples.flatMap((samples) => samples.adversaries),
];

describe("a second a megabyte is enough, and twice the size takes at most 2.5 times as long", () => {
  test.each(adversaries)("for $what", (adversary) => {
    const maxMs = (MAX_MS_A_MEGABYTE * BYTES) / 1_000_000;
    const growth = growthOf((bytes) => readingMs(adversary, bytes), BYTES, maxMs);
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
