import type { Claim } from "../capability.ts";
import { claimByFolder } from "../in-folder.ts";

/** The largest lock file in YAML that is read: its parser takes more memory, 300 MB for both sides of a change. */
export const MAX_YAML_LOCK_BYTES = 6 * 1024 * 1024;

/** Claims files by their name, in any folder. */
export function claimsNamed(names: readonly string[]): (path: string) => Claim | null {
  return (path) => {
    if (!names.includes(path.split("/").at(-1) ?? "")) return null;
    return claimByFolder(path);
  };
}
