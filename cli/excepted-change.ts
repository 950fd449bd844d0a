import { openChangeSource } from "../git/change-source.ts";
import type { Repository } from "../git/repository.ts";
import type { Evidence } from "../rules/evidence.ts";
import { localAction, refusingEmpty, resolveRange, type AskedRange } from "./local-action.ts";
import { localEvidence } from "./local-evidence.ts";
import { localPolicies } from "./local-policies.ts";

/** A change that somebody wants to except from its policies. */
export interface AskedChange extends AskedRange {
  readonly policies: readonly string[];
  readonly repositoryId: string;
  readonly at: Date;
}

/** Reads a change as `check` judges it. */
export async function readExceptedChange(
  repository: Repository,
  asked: AskedChange,
): Promise<Evidence> {
  const { repositoryId, at, policies: named } = asked;
  const range = await resolveRange(repository, asked);
  const policies = await localPolicies(repository, range.base, {
    ...{ named, simulate: false, repositoryId },
  });
  const source = refusingEmpty(openChangeSource({ repository }), asked);
  const action = localAction(range, { name: "check", repositoryId, at });
  return { ...(await localEvidence(source, action, policies.policies)), policies };
}
