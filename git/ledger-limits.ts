import { GitError } from "./errors.ts";

/** A million records, each in a batch of its own, judged by a million documents; their folders. */
const MAX_PATHS = 2_100_000;
/** Those paths together: one tree of long names can stand in very many folders. */
const MAX_PATH_BYTES = 128 * 1024 * 1024;

/** Counts paths of a ledger. Throws TOO_LARGE for more, or longer ones, than any ledger has. */
export function countPaths(commit: string): (path: string) => void {
  let paths = 0;
  let bytes = 0;
  return (path) => {
    paths += 1;
    bytes += path.length;
    if (paths <= MAX_PATHS && bytes <= MAX_PATH_BYTES) return;
    const limits = `${MAX_PATHS} paths, or ${MAX_PATH_BYTES} bytes of them`;
    throw new GitError("TOO_LARGE", `the ledger at ${commit} has more than ${limits}; none has`);
  };
}
