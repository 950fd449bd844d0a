import type { Evidence } from "../evidence.ts";
import { buildFacts } from "../facts/build.ts";
import type { Facts } from "../facts/facts.ts";
import { judgeFacts } from "../judge-facts.ts";
import type { PolicySet } from "../policy/policy-set.ts";
import { changeOfCase, surroundingsOfCase } from "./case-evidence.ts";
import type { PolicyCase } from "./case-file.ts";
import { caseResult, type CaseResult } from "./case-result.ts";

/** All that a host would have gathered for a case. */
export type CaseEvidence = Omit<Evidence, "policies">;

/** The evidence of a case that is about files; null for one about a range, which has to be read. */
export function evidenceOfFiles(one: PolicyCase): CaseEvidence | null {
  return one.files ? { ...surroundingsOfCase(one), ...changeOfCase(one.files) } : null;
}

/** The facts of a case, as policies see them. */
export function factsOfCase(evidence: CaseEvidence, policies: PolicySet): Facts {
  return buildFacts({ ...evidence, policies });
}

/**
 * Judges a case by policies, and holds the verdict against what it wants. What policies a case brings
 * of its own is not looked at: it is about those that judge.
 */
export function tryCase(
  one: PolicyCase,
  facts: Facts,
  { policies, origin }: Pick<Evidence, "policies" | "origin">,
): CaseResult {
  return caseResult(one, judgeFacts(facts, { policies, origin }).verdict);
}
