import type { FactPath } from "../fact-paths.ts";
import type { PolicySet } from "../policy-set.ts";
import { type ApprovalRule, type Contribution, CONTRIBUTIONS, groupsOf } from "./approval-rule.ts";
import { ownerTeams } from "./requirement.ts";
import { asksOwners } from "./void.ts";

/** What a host has to find out of people so that their approvals can be weighed. */
export interface AskedOfPeople {
  /** The teams that are asked about together, each `organisation/team`: of one list one answer is enough. */
  readonly teamLists: readonly (readonly string[])[];
  readonly organisations: readonly string[];
}

type Policies = Pick<PolicySet, "policies">;

/** Which teams and organisations the policies name, and which own what changed. */
export function askedOfPeople(
  policies: Policies,
  ownerLists: readonly (readonly string[])[],
): AskedOfPeople {
  const groups = rulesOf(policies).flatMap(({ node }) => groupsOf(node));
  const people = groups.flatMap((group) => [group, ...group.not]);
  const lists = [...people.map(({ teams }) => teams), ...ownerLists.map(ownerTeams)];
  const organisations = people.flatMap((one) => one.organisations);
  return {
    teamLists: distinctLists(lists.filter((list) => list.length > 0)),
    organisations: [...new Set(organisations)].sort(),
  };
}

/** By which contributions some policy ignores an approval. */
export function askedContributions(policies: Policies): readonly Contribution[] {
  const ignored = rulesOf(policies).flatMap(({ ignoring }) => ignoring);
  return CONTRIBUTIONS.filter((contribution) => ignored.includes(contribution));
}

/** How much of an earlier commit has to be compared with the head. */
export function askedSurvival(policies: Policies): ApprovalRule["survives"] {
  const survives = rulesOf(policies).map((rule) => rule.survives);
  if (survives.includes("paths")) return "paths";
  return survives.includes("change") ? "change" : "nothing";
}

/** Whether somebody asks who owns the changed files: an approval's rule, or a condition. */
export function ownersMatter(policies: Policies): boolean {
  const reads = policies.policies.flatMap((policy) => policy.reads);
  return rulesOf(policies).some(asksOwners) || reads.some(isOfOwners);
}

/** Whether approvals by the owners of what changed are asked for. */
export function ownersApprove(policies: Policies): boolean {
  return rulesOf(policies).some(asksOwners);
}

function isOfOwners(path: FactPath): boolean {
  return /^(?:item|change\.files\[\])\.(?:owners|previousOwners)$/.test(path);
}

function rulesOf({ policies }: Policies): readonly ApprovalRule[] {
  return policies.flatMap(({ approvedBy }) => approvedBy ?? []);
}

function distinctLists(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const sorted = lists.map((list) => [...new Set(list)].sort());
  return [...new Map(sorted.map((list) => [JSON.stringify(list), list])).values()];
}
