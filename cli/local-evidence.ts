import type { ChangeSource, GovernedAction } from "../maestro/ports.ts";
import type { Evidence } from "../rules/evidence.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import { askedFacts, type Readers } from "../rules/policy/facts-asked.ts";
import { wantedContents } from "../rules/judge.ts";

/** All that a plain checkout knows of a change and these policies read, for commands that judge it and conclude nothing. */
export async function localEvidence(
  change: ChangeSource,
  action: GovernedAction,
  policies: Readers,
): Promise<Omit<Evidence, "policies">> {
  const listed = await change.list(action);
  const listing = { ...listed, baseOwners: await change.owners(listed) };
  return {
    ...{ action: action.facts, repository: action.repository, origin: action.origin },
    ...{ external: NOTHING_KNOWN, listing },
    contents: await change.read(listing, wantedContents(listing)),
    commits: askedFacts(policies).commits ? await change.commits(listing) : null,
  };
}
