import type { Claim } from "../capability.ts";
import { claimByFolder } from "../in-folder.ts";

/** The largest lock file in YAML that is read: its parser takes more memory, 300 MB for both sides of a change. */
export const MAX_YAML_LOCK_BYTES = 6 * 1024 * 1024;

/** Claims files by their name, in any folder, whatever a file system makes of its case. */
export function claimsNamed(names: readonly string[]): (path: string) => Claim | null {
  return (path) => {
    if (!names.includes(nameOf(path))) return null;
    return claimByFolder(path);
  };
}

/** A file's name as it is claimed: in lower case. */
export function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? path).toLowerCase();
}
