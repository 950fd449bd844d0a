import type { Evidence } from "../evidence.ts";
import { buildFacts } from "../facts/build.ts";
import { judgeFacts } from "../judge-facts.ts";
import type { PolicySet } from "../policy/policy-set.ts";
import { type Comparison, compareVerdicts } from "./flip.ts";

/** Policies, and those against which they are held. */
export interface Held {
  readonly present: PolicySet;
  readonly candidate: PolicySet;
}

/** Judges one change by both. The facts are the same: only what is said of them differs. */
export function compareOn(
  evidence: Omit<Evidence, "policies">,
  { present, candidate }: Held,
): Comparison {
  const both = { policies: [...present.policies, ...candidate.policies] };
  const facts = buildFacts({ ...evidence, policies: both });
  const { origin } = evidence;
  const before = judgeFacts(facts, { policies: present, origin });
  return compareVerdicts(
    before.verdict,
    judgeFacts(facts, { policies: candidate, origin }).verdict,
  );
}
