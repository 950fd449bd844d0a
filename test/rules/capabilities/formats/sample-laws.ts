import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFileGrants } from "../../../../rules/capabilities/read-file.ts";
import type { CapabilityReader } from "../../../../rules/capabilities/capability.ts";
import { claimsOn, readers } from "../../../../rules/capabilities/readers.ts";
import type { CapabilityFact, DeltaKind } from "../../../../rules/facts/facts.ts";
import { diffOf, shown, type Tree } from "../changes.ts";
import { expectSound, linesOf } from "../sound.ts";
import { hand } from "../yaml-hand.ts";
import type { FormatSamples } from "./format-samples.ts";
import { rewritten, rewrittenTree } from "./rewritten.ts";

const VERSION = { oid: "0".repeat(40), mode: "100644" } as const;
const RISES: readonly DeltaKind[] = ["added", "raised"];
const FALLS: readonly DeltaKind[] = ["lowered", "removed"];

/** What every reader of a format keeps, on that format's samples; each law is tried `runs` times. */
export function sampleLaws(samples: FormatSamples, runs: number): void {
  const { files, gains, losses = [], nothing, adversaries } = samples;
  describe(`the reader ${samples.reader}`, () => {
    test.each(files)("understands $path", ({ path, text }) => {
      expect(claimsOn(path).map(({ reader }) => reader.name)).toContain(samples.reader);
      expect(refusalOf(path, text)).toBeNull();
    });

    const read = files.filter(({ path, text }) => findsByContent(samples.reader, path, text));
    test.each(read)("refuses $path where it is larger than what it reads", ({ path, text }) => {
      const reader = readerNamed(samples.reader);
      const content = new TextEncoder().encode(text + "\n".repeat(reader.maxBytes));
      expect(reader.read(path, content)).toMatchObject({ code: "too-large" });
    });

    test.each(files)("tells the same of $path in another hand", ({ path, text }) => {
      fc.assert(
        fc.property(hand, (style) => {
          const head = rewritten({ path, text }, style, samples);
          expect(diffOf({ [path]: text }, { [path]: head }).map(shown)).toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    const movable = files.filter(({ movedTo }) => movedTo !== undefined);
    test.each(movable)("tells nothing new of $path at another place", ({ path, text, movedTo }) => {
      const head = { [movedTo ?? path]: text };
      expect(factsOf({ [path]: text }, head, RISES).map(shown)).toEqual([]);
    });

    test.each(files)(
      "is total on $path with anything cut, doubled or replaced",
      ({ path, text }) => {
        fc.assert(
          fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
            const content = edits.reduce(edited, new TextEncoder().encode(text));
            const reading = readerNamed(samples.reader).read(path, content);
            expectSound(reading, linesOf(content));
          }),
          { numRuns: runs },
        );
      },
    );

    test.each(gains)("sees where $what", ({ kind, base, head }) => {
      expect(factsOf(base, head, RISES, kind)).not.toEqual([]);
      expect(factsOf(head, base, RISES, kind).map(shown)).toEqual([]);
    });

    test.each(losses)("sees where $what", ({ kind, base, head }) => {
      expect(factsOf(base, head, FALLS, kind)).not.toEqual([]);
      expect(factsOf(head, base, FALLS, kind).map(shown)).toEqual([]);
    });

    test.each([
      ...gains.map((change) => ({ ...change, deltas: RISES })),
      ...losses.map((change) => ({ ...change, deltas: FALLS })),
    ])("sees where $what, whatever is rewritten besides", ({ kind, base, head, deltas }) => {
      fc.assert(
        fc.property(hand, hand, (one, other) => {
          const sides = [rewrittenTree(base, one, samples), rewrittenTree(head, other, samples)];
          expect(factsOf(sides[0] ?? {}, sides[1] ?? {}, deltas, kind)).not.toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    test.each(nothing)("tells nothing where $what", ({ base, head }) => {
      expect(diffOf(base, head).map(shown)).toEqual([]);
    });

    test.each(adversaries)("is total on $what", ({ path, write }) => {
      const content = new TextEncoder().encode(write(4_000));
      const reading = readerNamed(samples.reader).read(path, content);
      expectSound(reading, linesOf(content));
    });
  });
}

function factsOf(
  base: Tree,
  head: Tree,
  deltas: readonly DeltaKind[],
  kind?: string,
): CapabilityFact[] {
  return diffOf(base, head).filter(
    (fact) => deltas.includes(fact.delta) && (kind === undefined || fact.kind === kind),
  );
}

function readerNamed(name: string): CapabilityReader {
  const reader = readers.find((one) => one.name === name);
  if (!reader) throw new Error(`no reader is called ${name}`);
  return reader;
}

/**
 * Whether what a file says matters: some count by their names, some are of another format, and of
 * some nothing but a digest is taken.
 */
function findsByContent(name: string, path: string, text: string): boolean {
  const [full, empty, any] = [text, "", "\0"].map((content) =>
    readerNamed(name).read(path, new TextEncoder().encode(content)),
  );
  return JSON.stringify(full) !== JSON.stringify(empty) && any?.understood === false;
}

function refusalOf(path: string, text: string): unknown {
  const content = new TextEncoder().encode(text);
  return readFileGrants({ path, content, version: VERSION }).refused;
}

/** Where, how much is cut, and what is put there. */
const edit = fc.tuple(fc.nat(), fc.nat(30), fc.uint8Array({ maxLength: 20 }));

function edited(content: Uint8Array, [at, length, put]: [number, number, Uint8Array]) {
  const start = at % (content.length + 1);
  return Uint8Array.from([
    ...content.subarray(0, start),
    ...put,
    ...content.subarray(start + length),
  ]);
}
