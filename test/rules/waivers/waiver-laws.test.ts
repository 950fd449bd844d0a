import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../../../rules/judge.ts";
import type { Waiver } from "../../../rules/waivers/waiver.ts";
import { canonicalVerdict } from "../../../rules/verdict/schema.ts";
import type { Reason } from "../../../rules/verdict/verdict.ts";
import { type ChangedText, workflow } from "../sample-evidence.ts";
import { evidenceUnder, GRANTS, judged, PATH, waiverOf } from "./waived.ts";

const POLICIES = `${GRANTS}  - id: files
    decision: WARN
    each: files
    match: { path: "src/**" }
`;
const RANK = { ALLOW: 0, WARN: 1, DENY: 2 } as const;

const change: fc.Arbitrary<readonly ChangedText[]> = fc
  .record({
    scopes: fc.subarray(["contents", "packages", "issues"]),
    comment: fc.constantFrom("", "# moved\n\n"),
    source: fc.constantFrom(null, "1", "2"),
  })
  .map(({ scopes, comment, source }) => [
    {
      path: PATH,
      base: workflow("contents: read, packages: read, issues: read"),
      head: `${comment}${workflow(
        ["contents", "packages", "issues"]
          .map((scope) => `${scope}: ${scopes.includes(scope) ? "write" : "read"}`)
          .join(", "),
      )}`,
    },
    ...(source === null ? [] : [{ path: "src/a", base: "0", head: source }]),
  ]);

const waiver: fc.Arbitrary<Waiver> = fc
  .record({
    files: change,
    id: fc.constantFrom("w1", "w2"),
    more: fc.constantFrom<Partial<Waiver>>({}, { expires: "2026-01-01" }, { reason: " " }),
    policyId: fc.constantFrom("grants", "files"),
  })
  .map(({ files, id, more, policyId }) => ({
    ...waiverOf(POLICIES, files, { id }),
    policyId,
    ...more,
  }));

const scene = fc.record({ files: change, waivers: fc.array(waiver, { maxLength: 4 }) });

test("taking a waiver away improves nothing, and no waiver makes a verdict stricter", () => {
  fc.assert(
    fc.property(scene, fc.nat(), ({ files, waivers }, which) => {
      const evidence = evidenceUnder(POLICIES, files);
      const fewer = waivers.filter((_, index) => index !== which % Math.max(1, waivers.length));
      const rank = (given: readonly Waiver[] | null) =>
        RANK[judged(evidence, given).verdict.decision];
      expect(rank(fewer)).toBeGreaterThanOrEqual(rank(waivers));
      expect(rank(null)).toBeGreaterThanOrEqual(rank(waivers));
      expect(judged(evidence, null).checks).toEqual(judge(evidence).checks);
    }),
    { numRuns: 25 },
  );
});

test("the order of waivers, and one that stands twice, change no byte", () => {
  fc.assert(
    fc.property(scene, ({ files, waivers }) => {
      const evidence = evidenceUnder(POLICIES, files);
      const [one, other] = [waivers, [...waivers, ...waivers].reverse()].map((given) =>
        canonicalVerdict(judged(evidence, given).verdict),
      );
      expect(other).toBe(one);
    }),
    { numRuns: 25 },
  );
});

test("a waiver never settles a finding that its commit did not have", () => {
  fc.assert(
    fc.property(change, change, (before, now) => {
      const had = new Set(judge(evidenceUnder(POLICIES, before)).verdict.reasons.flatMap(said));
      const { reasons } = judged(evidenceUnder(POLICIES, now), [
        waiverOf(POLICIES, before),
      ]).verdict;
      const settled = reasons.filter(({ settledBy }) => settledBy.length > 0).flatMap(said);
      expect(settled.filter((one) => !had.has(one))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

/** Alike findings share one reason, whose message names them all. */
function said({ policyId, path, message }: Reason): readonly string[] {
  return message.split(", ").map((name) => `${policyId} ${path} ${name}`);
}
