import type { Listing } from "../change/listing.ts";
import type { Facts } from "../facts/facts.ts";
import { isSettled } from "../policy/evaluate.ts";
import { byPolicy, spokenBy } from "../policy/evaluate-all.ts";
import type { Policy } from "../policy/policy-set.ts";
import { contentsOf, nameFindings } from "./fingerprint.ts";

/** What one document's policy finds in a change and no approval settles. `document` is its sha256 (hex). */
export interface OpenFindings {
  readonly document: string;
  readonly findings: readonly string[];
}

/** The findings of a policy that a waiver may name, one entry for each document that has such a policy. */
export function openFindings(
  policyId: string,
  change: {
    readonly policies: readonly Policy[];
    readonly facts: Facts;
    readonly listing: Pick<Listing, "files">;
  },
): readonly OpenFindings[] {
  const { policies, facts, listing } = change;
  const contents = contentsOf(listing);
  return byPolicy(policies.filter(({ id }) => id === policyId)).map((rules) => {
    const spoken = spokenBy(rules, facts);
    const open = nameFindings(spoken, contents).flatMap((named, index) => {
      const rule = spoken[index];
      return named.filter(({ item }) => rule !== undefined && !isSettled(rule, item));
    });
    const findings = open.map(({ fingerprint }) => fingerprint);
    return { document: rules[0]?.document ?? "", findings: findings.sort() };
  });
}
