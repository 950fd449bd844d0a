import type { FileVersion, ListedFile, Listing, Side, Wanted } from "../change/listing.ts";
import { fileKind } from "../change/renames.ts";
import type { CapabilityReader, Claim } from "./capability.ts";
import { bindingGyp } from "./binding-gyp.ts";
import { bunLock } from "./bun-lock.ts";
import { compose } from "./compose.ts";
import { devcontainer } from "./devcontainer.ts";
import { dockerfile } from "./dockerfile.ts";
import { gitModules } from "./git-modules.ts";
import { githubAction } from "./github-action.ts";
import { githubWorkflow } from "./github-workflow.ts";
import { kubernetes } from "./kubernetes.ts";
import { npmLock } from "./npm-lock.ts";
import { npmPackage } from "./npm-package.ts";
import { npmSettings } from "./npm-settings.ts";
import { pnpmLock } from "./pnpm-lock.ts";
import { yarnLock } from "./yarn-lock.ts";

/** Every reader of a format. A path belongs to the first that claims it. */
export const readers: readonly CapabilityReader[] = [
  githubWorkflow,
  githubAction,
  gitModules,
  npmPackage,
  npmSettings,
  npmLock,
  yarnLock,
  pnpmLock,
  bunLock,
  bindingGyp,
  dockerfile,
  compose,
  devcontainer,
  // The last one: it looks into every YAML file that nobody else claims.
  kubernetes,
];

/** One version of a changed file that a reader claims. */
export interface ClaimedVersion {
  readonly path: string;
  readonly side: Side;
  readonly version: FileVersion;
  readonly reader: CapabilityReader;
  readonly claim: Claim;
  readonly landing: Landing;
}

/**
 * What merging makes of a changed file. `as-judged`: the head's version stands for the base's.
 * `nothing`: the base has the head's version already. `mixed`: both sides changed it, each in its
 * way, so that the merged file is neither version, and the base may hold no grant any more that
 * the merge base held. So does a file that the head adds while it removes one that the base
 * changed: a merge that detects renames takes the base's change along.
 */
type Landing = "as-judged" | "nothing" | "mixed";

/** All claimed versions of a change, in the order of the listing, base before head. */
export function claimVersions(listing: Listing): ClaimedVersion[] {
  const leavesChanges = listing.files.some(leavesChange);
  return listing.files.flatMap((file) => {
    const { path, base, head } = file;
    const claimed = claimPath(path);
    if (!claimed) return [];
    const sides = [
      { side: "base" as const, version: base },
      { side: "head" as const, version: head },
    ];
    const takesChanges = leavesChanges && base === undefined;
    const landing = takesChanges ? "mixed" : landingOf(file);
    return sides.flatMap(({ side, version }) =>
      version ? [{ path, side, version, landing, ...claimed }] : [],
    );
  });
}

/** The contents that reading a change needs: every claimed version that is a regular file. */
export function claimedVersions(listing: Listing): Wanted[] {
  return claimVersions(listing)
    .filter(({ version }) => fileKind(version.mode) === "file")
    .map(({ path, side, reader }) => ({ path, side, maxBytes: reader.maxBytes }));
}

/** The reader that a path belongs to and how it claims it; null where none does. */
export function claimPath(path: string): { reader: CapabilityReader; claim: Claim } | null {
  for (const reader of readers) {
    const claim = reader.claims(path);
    if (claim) return { reader, claim };
  }
  return null;
}

/** The head removes, or renames, what the base has changed since. */
function leavesChange({ head, baseTip }: ListedFile): boolean {
  return head === undefined && baseTip !== undefined && baseTip !== null;
}

function landingOf({ head, baseTip }: ListedFile): Landing {
  if (baseTip === undefined) return "as-judged";
  return baseTip?.oid === head?.oid && baseTip?.mode === head?.mode ? "nothing" : "mixed";
}
