import type { ListedFile, Listing } from "../rules/change/listing.ts";
import { isSameVersion } from "../rules/change/owners-places.ts";
import type { ChangeSource, GovernedAction, Saw, Seen } from "./ports.ts";
import { isRefusal } from "./refusal.ts";

/** Of so many earlier commits one change is compared; who pushes more often asks for new approvals. */
const MAX_COMPARED = 20;

const NOTHING_SEEN: Seen = { sameChange: false, sameFor: [] };

/**
 * Makes the function that lists the change base → earlier commit and compares it with `listing` by
 * paths, modes and the blobs of both sides. A commit that is gone, or whose change cannot be told,
 * had nothing the same.
 */
export function seenChanges(
  action: GovernedAction,
  change: Pick<ChangeSource, "list">,
  listing: Listing,
): Saw {
  const compared = new Map<string, Promise<Seen>>();
  const compare = async (commit: string): Promise<Seen> => {
    try {
      const range = { base: listing.base, head: commit };
      return sameIn((await change.list({ ...action, range })).files, listing.files);
    } catch (error) {
      if (isRefusal(error)) return NOTHING_SEEN;
      throw error;
    }
  };
  return (commit) => {
    const known = compared.get(commit);
    if (known !== undefined) return known;
    if (compared.size >= MAX_COMPARED) return Promise.resolve(NOTHING_SEEN);
    const seen = compare(commit);
    compared.set(commit, seen);
    return seen;
  };
}

function sameIn(then: readonly ListedFile[], now: readonly ListedFile[]): Seen {
  const before = new Map(then.map((file) => [file.path, file]));
  const same = now.filter((file) => isSameFile(before.get(file.path), file));
  const sameChange = same.length === now.length && then.length === now.length;
  return { sameChange, sameFor: same.map(({ path }) => path) };
}

function isSameFile(before: ListedFile | undefined, now: ListedFile): boolean {
  return (
    before !== undefined &&
    isSameVersion(before.base, now.base) &&
    isSameVersion(before.head, now.head)
  );
}
