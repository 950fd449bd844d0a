import type { Facts } from "../facts/facts.ts";
import type { Approvals } from "./approvals/weigh.ts";
import { missingApprovals } from "./approvals/words.ts";
import type { Policy } from "./policy-set.ts";
import { fillTemplate } from "./template.ts";

/** What a remedy is made of. `approvals` is null where the policy asks for none; `data` fills its own words. */
export interface RemedyParts {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly approvals: Approvals | null;
  readonly data: unknown;
}

/**
 * The smallest set of acts that would settle a reason: the approvals that are missing, or the edit
 * that the policy names, else undoing this part of the change. Never empty.
 */
export function remedyOf({ policy, facts, approvals, data }: RemedyParts): string {
  const approval = approvals && missingApprovals(approvals, facts);
  const edit = policy.remedy === null ? null : fillTemplate(policy.remedy, data);
  const ways = [approval, edit].filter((way) => way !== null && way.trim() !== "");
  if (ways.length > 0) return ways.join(", or ");
  return `undo this part of the change: ${policy.id} offers no other way`;
}
