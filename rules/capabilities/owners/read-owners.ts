import type { Contents, ListedFile, Listing, Side } from "../../change/listing.ts";
import { isSameVersion } from "../../change/owners-places.ts";
import type { UnreadFact } from "../../facts/facts.ts";
import type { Capability } from "../capability.ts";
import { NotUnderstood } from "../not-understood.ts";
import { type EffectiveOwners, effectiveOwners, ownersFiles } from "./effective.ts";
import { ownerCapabilities } from "./owner-capabilities.ts";
import { grantsOf } from "./owner-grants.ts";
import { territoriesOf } from "./territories.ts";

/** Who has to approve what, where a change alters it, on each side; and why that is not known. */
export interface OwnersReading {
  readonly base: readonly (Capability & { readonly path: string })[];
  readonly head: readonly (Capability & { readonly path: string })[];
  readonly unread: readonly UnreadFact[];
}

const NOTHING: OwnersReading = { base: [], head: [], unread: [] };

const WHY_MOVED =
  "the base has changed another file of owners since this change left it; merge the base into the head";

const WHY_MISSING = "its content is missing, so that nobody knows what it gives to whom";

/**
 * Compares what both sides of a change say of who owns what.
 *
 * Unlike a reader's, its grants are properties of both sides together: which file counts depends on
 * what other files there are, and what a rule owns on all rules below it. What the base has changed
 * of these files since the merge base makes the merge's owners those of neither side: unread.
 */
export function readOwners(listing: Listing, contents: Contents): OwnersReading {
  const files = ownersFiles(listing);
  const [changed] = files.filter((file) => !isSameVersion(file.base, file.head) && !isMerged(file));
  if (!changed) return NOTHING;
  if (files.some((file) => file.baseTip !== undefined && !isMerged(file))) {
    return unread(changed.path, "head", WHY_MOVED);
  }
  try {
    return compareOwners(listing, contents);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return unread(changed.path, "head", error.message);
  }
}

function compareOwners(listing: Listing, contents: Contents): OwnersReading {
  const base = effectiveOwners(listing, contents, "base");
  const head = effectiveOwners(listing, contents, "head");
  if (base.missing !== null) return unread(base.missing, "base", WHY_MISSING);
  if (head.missing !== null) return unread(head.missing, "head", WHY_MISSING);
  const grants = grantsOf(territoriesOf(listing, base, head));
  return {
    base: placed(ownerCapabilities(grants, "base", whyLost(listing, base, head)), base),
    head: placed(ownerCapabilities(grants, "head", ""), head),
    unread: [],
  };
}

/** The base has what the head has already. */
function isMerged({ head, baseTip }: ListedFile): boolean {
  return baseTip !== undefined && isSameVersion(head, baseTip);
}

function unread(path: string, side: Side, why: string): OwnersReading {
  return { ...NOTHING, unread: [{ path, side, claim: "grants", why, line: null }] };
}

function placed(capabilities: readonly Capability[], { path }: EffectiveOwners) {
  return capabilities.map((capability) => ({ ...capability, path: path ?? "" }));
}

/** The rules of a file that stays as it is may count no more; no line of it shows why. */
function whyLost(listing: Listing, base: EffectiveOwners, head: EffectiveOwners): string {
  if (base.path === head.path || head.path === null) return "";
  const stays = ownersFiles(listing).some((file) => file.path === base.path && file.head);
  return stays ? `${head.path} is read instead` : "";
}
