import { describe, expect, test } from "vitest";
import { actionAdversaries, textAdversaries, workflowAdversaries } from "./adversaries.ts";
import { leastMs, readingMs } from "./reading-speed.ts";
import { diffOf } from "./changes.ts";

const HALF_BYTES = 480_000;
const MAX_MS_A_MEGABYTE = 1_000;
const MAX_GROWTH = 2.5;
/** Below this, what is measured is the machine. */
const NOISE_MS = 40;

const adversaries = [...workflowAdversaries, ...actionAdversaries, ...textAdversaries];

describe("a second a megabyte is enough, and twice the size takes at most 2.5 times as long", () => {
  test.each(adversaries)("for $what", (adversary) => {
    const half = readingMs(adversary, HALF_BYTES);
    const whole = readingMs(adversary, 2 * HALF_BYTES);
    expect(whole).toBeLessThan((MAX_MS_A_MEGABYTE * 2 * HALF_BYTES) / 1_000_000);
    expect(whole).toBeLessThan(MAX_GROWTH * half + NOISE_MS);
  });

  test.each(workflowAdversaries)(
    "for $what, compared with all of it renamed",
    ({ path, write }) => {
      const time = (bytes: number): number => {
        const text = write(bytes);
        const renamed = text.replace(/^( {2})([aj]\d*:)/gmu, "$1x$2");
        return leastMs(() => diffOf({ [path]: text }, { "b/.github": "", [path]: renamed }), 2);
      };
      const [half, whole] = [time(HALF_BYTES / 2), time(HALF_BYTES)];
      expect(whole).toBeLessThan(2 * MAX_MS_A_MEGABYTE);
      expect(whole).toBeLessThan(MAX_GROWTH * half + NOISE_MS);
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
  expect(time(40_000)).toBeLessThan(MAX_GROWTH * time(20_000) + NOISE_MS);
});
