import { expect, test } from "vitest";
import { readers } from "../../../../rules/capabilities/readers.ts";
import { allSamples } from "./all-samples.ts";
import { sampleLaws } from "./sample-laws.ts";

/** They have laws and models of their own. */
const OLDER = ["github-workflow", "github-action", "git-modules"];

for (const samples of allSamples) sampleLaws(samples, 20);

test("every reader of a format has samples", () => {
  const sampled = new Set([...OLDER, ...allSamples.map(({ reader }) => reader)]);
  expect(readers.map(({ name }) => name).filter((name) => !sampled.has(name))).toEqual([]);
});

test("each kind of a reader is gained or lost in one of its samples", () => {
  const kinds = readers
    .filter(({ name }) => !OLDER.includes(name))
    .flatMap((reader) => Object.keys(reader.kinds));
  const shown = new Set(
    allSamples.flatMap(({ gains, losses = [] }) => [...gains, ...losses].map(({ kind }) => kind)),
  );
  expect(kinds.filter((kind) => !shown.has(kind))).toEqual([]);
});
