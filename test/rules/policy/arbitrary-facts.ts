/** Facts of all sorts, with what a host may not know, for properties of conditions. */
import fc from "fast-check";
import type { Actor, CapabilityFact, Facts, FileFact, Review } from "../../../rules/facts/facts.ts";
import {
  ann,
  bo,
  cy,
  EARLIER,
  factsOf,
  HEAD,
  pullRequest,
  someCapability,
  someFile,
} from "../sample-evidence.ts";

export const PATHS = ["src/a", "src/b/c", "docs/a", "a", "README.md"];
export const WORDS = ["contents", "issues", "main", "release/1", "on push", ""];
export const TIMES = ["2026-01-02T01:00:00Z", "2026-01-02T02:00:00Z", "2026-01-02T03:04:05Z"];

const mode = fc.constantFrom("100644", "100755", "120000", "160000", null);
const size = fc.constantFrom(null, 0, 1, 5);
const word = fc.constantFrom(...WORDS);
const time = fc.constantFrom(...TIMES);
const actor: fc.Arbitrary<Actor> = fc.constantFrom(ann, bo, { ...cy, bot: true });

export const fileFact: fc.Arbitrary<FileFact> = fc
  .record({
    path: fc.constantFrom(...PATHS),
    previousPath: fc.constantFrom(null, ...PATHS),
    status: fc.constantFrom("added", "modified", "removed", "renamed", "typechanged"),
    baseMode: mode,
    headMode: mode,
    ...{ baseSize: size, headSize: size, addedLines: size, removedLines: size },
    binary: fc.constantFrom(null, true, false),
  })
  .map((part) => ({ ...someFile, ...part }));

export const capabilityFact: fc.Arbitrary<CapabilityFact> = fc
  .record({
    ...{ name: word, holder: word, context: word },
    delta: fc.constantFrom("added", "raised", "lowered", "removed"),
    before: fc.constantFrom(null, "read", "write"),
    after: fc.constantFrom(null, "read", "write"),
    path: fc.constantFrom(...PATHS),
    side: fc.constantFrom("base", "head"),
    line: fc.integer({ min: 1, max: 4 }),
    certainty: fc.constantFrom("exact", "heuristic"),
  })
  .map((part) => ({ ...someCapability, ...part }));

const review: fc.Arbitrary<Review> = fc.record({
  id: fc.constantFrom("1", "2"),
  actor,
  state: fc.constantFrom("approved", "changes_requested", "commented", "dismissed"),
  commit: fc.constantFrom(HEAD, EARLIER),
  at: time,
  via: fc.subarray(["role:write", "role:read"]),
  retargeted: fc.boolean(),
});

const action = fc
  .record({
    kind: fc.constantFrom("pull_request", "command", "push"),
    number: fc.constantFrom(null, 0, 1, 42),
    author: fc.option(actor),
    ...{ title: fc.option(word), headBranch: fc.option(word), baseBranch: fc.option(word) },
    draft: fc.constantFrom(null, true, false),
    labels: fc.subarray(["hotfix", "contents", "v1"]),
    at: time,
  })
  .map((part): Facts["action"] => ({ ...pullRequest, ...part }));

/** Up to three files, capabilities and reviews; any fact that may be null is at times. */
export const facts: fc.Arbitrary<Facts> = fc
  .record({
    action,
    capabilities: fc.array(capabilityFact, { maxLength: 3 }),
    files: fc.array(fileFact, { maxLength: 3 }),
    reviews: fc.option(fc.array(review, { maxLength: 3 })),
  })
  .map(({ files, ...more }) => factsOf(more, files));
