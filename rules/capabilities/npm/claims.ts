import type { Claim } from "../capability.ts";
import { claimByFolder } from "../in-folder.ts";

/** The largest lock file that is read: both sides of a change with one are then as much as is read. */
export const MAX_LOCK_BYTES = 16 * 1024 * 1024;

/** The same for YAML, whose parser takes more memory: both sides of a change take 300 MB. */
export const MAX_YAML_LOCK_BYTES = 6 * 1024 * 1024;

/** Claims files by their name, in any folder. */
export function claimsNamed(names: readonly string[]): (path: string) => Claim | null {
  return (path) => {
    if (!names.includes(path.split("/").at(-1) ?? "")) return null;
    return claimByFolder(path);
  };
}
