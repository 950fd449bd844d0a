import type { Listing } from "../rules/change/listing.ts";
import { ownersMatter } from "../rules/policy/approvals/asked.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import type { ChangeSource } from "./ports.ts";

/** A listing with the base's owners, where policies ask for them. */
export async function listedWithOwners(
  listing: Listing,
  policies: PolicySet,
  change: Pick<ChangeSource, "owners">,
): Promise<Listing> {
  if (!ownersMatter(policies)) return listing;
  return { ...listing, baseOwners: await change.owners(listing) };
}
