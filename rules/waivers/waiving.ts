import type { Evidence } from "../evidence.ts";
import { contentsOf } from "./fingerprint.ts";
import type { Waiving } from "./settle.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { standingWaivers, type WaiverContext } from "./standing.ts";
import type { Waiver } from "./waiver.ts";

type Given = Pick<Evidence, "action" | "repository" | "origin" | "policies">;

/** What waivers are held against where a change is judged. */
export function waiverContext({ action, repository, origin, policies }: Given): WaiverContext {
  return {
    policies: policies.policies,
    settings: policies.waivers ?? DEFAULT_SETTINGS,
    repositoryId: repository.id,
    at: action.at,
    origin,
  };
}

/** Every waiver that was given, from the record and from the file. */
export function givenWaivers({
  external,
  policies,
}: Pick<Evidence, "policies"> & Partial<Evidence>): readonly Waiver[] {
  return [...(external?.waivers ?? []), ...(policies.waiverFile?.waivers ?? [])];
}

/** What may settle findings of a change; null where nothing stands, or the change is not given. */
export function waivingOf(evidence: Given & Partial<Evidence>): Waiving | null {
  const { listing } = evidence;
  const waivers = standingWaivers(givenWaivers(evidence), waiverContext(evidence));
  if (waivers.length === 0 || listing === undefined) return null;
  return { waivers, contents: contentsOf(listing) };
}
