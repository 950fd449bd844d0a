import * as z from "zod";
import { count, objectId, time } from "../../ledger/predicate-parts.ts";
import type { CandidateReview, CommitFlip } from "../../rules/candidate/review.ts";
import type { CaseResult } from "../../rules/policy-cases/case-result.ts";
import type { PolicyProblem } from "../../rules/policy/policy-set.ts";
import { printed } from "./printed.ts";

const decision = z.enum(["ALLOW", "WARN", "DENY"]);

const problem = z.strictObject({
  path: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  message: z.string(),
  remedy: z.string(),
});

/** `policy lint --format json`. */
export const policyLintOutput = printed<{ problems: readonly PolicyProblem[] }>()(
  z.strictObject({ problems: z.array(problem) }),
);

/** `policy test --format json`. */
export const policyTestOutput = printed<{ cases: readonly CaseResult[] }>()(
  z.strictObject({
    cases: z.array(z.strictObject({ name: z.string(), misses: z.array(z.string()) })),
  }),
);

const flip = z.strictObject({
  before: decision,
  after: decision,
  policyIds: z.array(z.string()),
  why: z.string(),
});

const commitFlip = flip.extend({ commit: objectId, date: time });

/** `policy backtest --format json`. */
export const policyBacktestOutput = printed<{
  commits: number;
  untold: number;
  flips: readonly CommitFlip[];
}>()(z.strictObject({ commits: count, untold: count, flips: z.array(commitFlip) }));

const countedCases = z.strictObject({
  tried: count,
  failed: count,
  ranges: count,
  untried: count,
});

/** What `check` prints beside a verdict where the change brings policies. */
export const candidateShape = printed<CandidateReview>()(
  z.strictObject({
    policies: z.enum(["sound", "broken", "removed", "untouched"]),
    problems: count,
    cases: countedCases.nullable(),
    here: z.union([flip, z.enum(["same", "untold"])]).nullable(),
    backtest: z
      .strictObject({
        commits: count,
        untold: count,
        flips: z.array(commitFlip),
        ended: z.union([z.enum(["whole", "time"]), z.strictObject({ failed: z.string() })]),
      })
      .nullable(),
  }),
);

/** A file, capability or dependency as the facts have it, or null for the change as a whole. */
const item = z.record(z.string(), z.unknown()).nullable();

const heldFor = z.strictObject({ items: z.array(item), because: z.array(z.string()) });

const ruleExplanation = z.strictObject({
  id: z.string(),
  decision: z.enum(["WARN", "DENY"]),
  title: z.string(),
  heldFor: z.array(heldFor),
  unknown: z.array(z.string()),
});

/** `policy explain --format json`. */
export const policyExplainOutput = z.strictObject({
  decision,
  rules: z.array(ruleExplanation),
  acts: z.array(z.string()),
});
