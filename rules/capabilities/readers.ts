import type { FileVersion, Listing, Side, Wanted } from "../change/listing.ts";
import { fileKind } from "../change/renames.ts";
import type { CapabilityReader, Claim } from "./capability.ts";
import { githubWorkflow } from "./github-workflow.ts";

/** Every reader of a format. A path belongs to the first that claims it. */
export const readers: readonly CapabilityReader[] = [githubWorkflow];

/** One version of a changed file that a reader claims. */
export interface ClaimedVersion {
  readonly path: string;
  readonly side: Side;
  readonly version: FileVersion;
  readonly reader: CapabilityReader;
  readonly claim: Claim;
}

/** All claimed versions of a change, in the order of the listing, base before head. */
export function claimVersions(listing: Listing): ClaimedVersion[] {
  return listing.files.flatMap(({ path, base, head }) => {
    const claimed = claimPath(path);
    if (!claimed) return [];
    const sides = [
      { side: "base" as const, version: base },
      { side: "head" as const, version: head },
    ];
    return sides.flatMap(({ side, version }) =>
      version ? [{ path, side, version, ...claimed }] : [],
    );
  });
}

/** The contents that reading a change needs: every claimed version that is a regular file. */
export function claimedVersions(listing: Listing): Wanted[] {
  return claimVersions(listing)
    .filter(({ version }) => fileKind(version.mode) === "file")
    .map(({ path, side, reader }) => ({ path, side, maxBytes: reader.maxBytes }));
}

function claimPath(path: string): { reader: CapabilityReader; claim: Claim } | null {
  for (const reader of readers) {
    const claim = reader.claims(path);
    if (claim) return { reader, claim };
  }
  return null;
}
