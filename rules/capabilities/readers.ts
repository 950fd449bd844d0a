import {
  contentKey,
  type FileVersion,
  type ListedFile,
  type Listing,
  type Side,
  type Wanted,
} from "../change/listing.ts";
import { fileKind } from "../change/renames.ts";
import { bundler } from "./bundler.ts";
import type { CapabilityReader, Claim } from "./capability.ts";
import { agentPermissions } from "./agent-permissions.ts";
import { autorun } from "./autorun.ts";
import { bindingGyp } from "./binding-gyp.ts";
import { bunLock } from "./bun-lock.ts";
import { cargo } from "./cargo.ts";
import { compose } from "./compose.ts";
import { devcontainer } from "./devcontainer.ts";
import { dockerfile } from "./dockerfile.ts";
import { androidManifest } from "./android-manifest.ts";
import { appleEntitlements } from "./apple-entitlements.ts";
import { browserExtension } from "./browser-extension.ts";
import { denoModules } from "./deno-modules.ts";
import { denoPermissions } from "./deno-permissions.ts";
import { gitAttributes } from "./git-attributes.ts";
import { composer } from "./composer.ts";
import { gitModules } from "./git-modules.ts";
import { githubAction } from "./github-action.ts";
import { githubAppManifest } from "./github-app-manifest.ts";
import { githubWorkflow } from "./github-workflow.ts";
import { goMod } from "./go-mod.ts";
import { cloudformation } from "./cloudformation.ts";
import { iamPolicy } from "./iam-policy.ts";
import { npmPackage } from "./npm-package.ts";
import { terraform } from "./terraform.ts";
import { kubernetes } from "./kubernetes.ts";
import { mergeRules } from "./merge-rules.ts";
import { npmCode } from "./npm-code.ts";
import { npmLock } from "./npm-lock.ts";
import { npmSettings } from "./npm-settings.ts";
import { owners } from "./owners.ts";
import { pnpmLock } from "./pnpm-lock.ts";
import { repositorySettings } from "./repository-settings.ts";
import { updateBots } from "./update-bots.ts";
import { preCommit } from "./pre-commit.ts";
import { python } from "./python.ts";
import { yarnLock } from "./yarn-lock.ts";
import { gradleCatalog } from "./gradle-catalog.ts";
import { maven } from "./maven.ts";
import { nuget } from "./nuget.ts";

/**
 * Every reader of a format. One path can be claimed by several, as what it is called does not say
 * what it holds: each reads it, and one of another format finds nothing there.
 */
export const readers: readonly CapabilityReader[] = [
  githubWorkflow,
  githubAction,
  gitModules,
  npmPackage,
  bundler,
  maven,
  gradleCatalog,
  composer,
  nuget,
  terraform,
  cloudformation,
  iamPolicy,
  npmSettings,
  npmLock,
  yarnLock,
  pnpmLock,
  bunLock,
  bindingGyp,
  dockerfile,
  compose,
  devcontainer,
  browserExtension,
  githubAppManifest,
  androidManifest,
  appleEntitlements,
  denoPermissions,
  denoModules,
  repositorySettings,
  mergeRules,
  updateBots,
  gitAttributes,
  autorun,
  agentPermissions,
  owners,
  python,
  goMod,
  cargo,
  preCommit,
  npmCode,
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
    const claims = claimsOn(path);
    if (claims.length === 0) return [];
    const sides = [
      { side: "base" as const, version: base },
      { side: "head" as const, version: head },
    ];
    const takesChanges = leavesChanges && base === undefined;
    const landing = takesChanges ? "mixed" : landingOf(file);
    return sides.flatMap(({ side, version }) =>
      version ? claims.map((claimed) => ({ path, side, version, landing, ...claimed })) : [],
    );
  });
}

/** The contents that reading a change needs: every claimed version that is a regular file. */
export function claimedVersions(listing: Listing): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { path, side, version, reader } of claimVersions(listing)) {
    if (fileKind(version.mode) !== "file") continue;
    const key = contentKey(side, path);
    const maxBytes = Math.max(reader.maxBytes, wanted.get(key)?.maxBytes ?? 0);
    wanted.set(key, { path, side, maxBytes });
  }
  return [...wanted.values()];
}

/** A reader that claims a path, and how. */
interface ClaimOn {
  readonly reader: CapabilityReader;
  readonly claim: Claim;
}

/** Every reader that claims a path. */
export function claimsOn(path: string): ClaimOn[] {
  return readers.flatMap((reader) => {
    const claim = reader.claims(path);
    return claim ? [{ reader, claim }] : [];
  });
}

/** The strongest claim on a path; null where nobody claims it. */
export function strongestClaim(path: string): Claim | null {
  const claims = claimsOn(path).map(({ claim }) => claim);
  return claims.find((claim) => claim === "grants") ?? claims[0] ?? null;
}

/** The head removes, or renames, what the base has changed since. */
function leavesChange({ head, baseTip }: ListedFile): boolean {
  return head === undefined && baseTip !== undefined && baseTip !== null;
}

function landingOf({ head, baseTip }: ListedFile): Landing {
  if (baseTip === undefined) return "as-judged";
  return baseTip?.oid === head?.oid && baseTip?.mode === head?.mode ? "nothing" : "mixed";
}
