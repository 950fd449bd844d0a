import {
  contentOf,
  type Contents,
  type ListedFile,
  type Listing,
  type Side,
} from "../../change/listing.ts";
import { OWNERS_PLACES } from "../../change/owners-places.ts";
import { fileKind } from "../../change/renames.ts";
import { type OwnersRule, ownersLines } from "./lines.ts";

/** A file of this size or more is not loaded (docs.github.com, "CODEOWNERS file size": under 3 MB). */
export const MAX_OWNERS_BYTES = 3_000_000;

/** The owners' file that one side obeys: the first that is there, whatever it holds. */
export interface EffectiveOwners {
  /** Null where there is none. */
  readonly path: string | null;
  readonly rules: readonly OwnersRule[];
  /** The path again where its bytes are missing, so that nothing is known of its rules. */
  readonly missing: string | null;
}

/** The owners' files of a change: as `git/` lists them, else those that the change touches. */
export function ownersFiles({ owners, files }: Listing): readonly ListedFile[] {
  if (owners) return owners.files;
  return OWNERS_PLACES.flatMap((place) => files.filter(({ path }) => path === place));
}

/** What `side` obeys. A link is not followed, and what is too large is not loaded: both own nothing. Throws `NotUnderstood`. */
export function effectiveOwners(listing: Listing, contents: Contents, side: Side): EffectiveOwners {
  const file = ownersFiles(listing).find((one) => one[side] !== undefined);
  const version = file?.[side];
  if (!file || !version) return { path: null, rules: [], missing: null };
  const content = contentOf(contents, side, file.path);
  const isFile = fileKind(version.mode) === "file";
  const isLoaded = isFile && content instanceof Uint8Array && content.length < MAX_OWNERS_BYTES;
  const isMissing = !(content instanceof Uint8Array) && content.unread !== "too-large";
  return {
    path: file.path,
    rules: isLoaded ? ownersLines(content).rules : [],
    missing: isFile && isMissing ? file.path : null,
  };
}
