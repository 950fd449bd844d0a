import { expect, test } from "vitest";
import { notCovered, type Bounds } from "../../../ledger/verify/not-covered.ts";

const best: Bounds = { pinnedSize: 5, checkpointKeys: 2, keysets: 1, repositoryGiven: true };

/** A word of each sentence, in the order in which they are told. */
const SENTENCES = {
  external: /^External facts/,
  time: /^Time unproven/,
  verdict: /^No verdict was performed again/,
  together: /^How records were put together in commits is not signed/,
  rewritable: /its holder can rewrite everything\.$/,
  rewritableAfter: /its holder can rewrite everything after the pinned 5 records\.$/,
  noPin: /^Without a pin/,
  retired: /^A retired checkpoint key/,
  repository: /^Which repository/,
};

test.each<{ when: string; bounds: Partial<Bounds>; told: readonly (keyof typeof SENTENCES)[] }>([
  { when: "everything is given", bounds: {}, told: [] },
  { when: "one key signs heads", bounds: { checkpointKeys: 1 }, told: ["rewritableAfter"] },
  { when: "there is no pin", bounds: { pinnedSize: null }, told: ["noPin"] },
  {
    when: "one key signs heads, and there is no pin",
    bounds: { checkpointKeys: 1, pinnedSize: null },
    told: ["rewritable", "noPin"],
  },
  { when: "keys were changed", bounds: { keysets: 2 }, told: ["retired"] },
  { when: "no repository is given", bounds: { repositoryGiven: false }, told: ["repository"] },
])("where $when, what is not covered is $told, beside what never is", ({ bounds, told }) => {
  const expected = [
    "external",
    "time",
    "verdict",
    "together",
    ...told,
  ] as (keyof typeof SENTENCES)[];
  expect(notCovered({ ...best, ...bounds })).toEqual(
    expected.map((name) => expect.stringMatching(SENTENCES[name]) as string),
  );
});
