import type { FileVersion } from "./listing.ts";

/**
 * Where GitHub reads the owners from: the first of these that a tree has. In these letters only,
 * at these places only (docs.github.com, "About code owners").
 */
export const OWNERS_PLACES: readonly string[] = [
  ".github/CODEOWNERS",
  "CODEOWNERS",
  "docs/CODEOWNERS",
];

/** Whether two versions, or what is missing in their place, are the same. */
export function isSameVersion(
  one: FileVersion | null | undefined,
  other: FileVersion | null | undefined,
): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}
