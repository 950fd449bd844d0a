import type { LedgerClone } from "../branch.ts";
import { noteVerifierKey } from "../format/note.ts";
import { parseTrustRoot } from "../format/trust-root.ts";
import { rootVersion } from "../verify/tree-files.ts";

/**
 * The keys that may sign the checkpoints of a ledger that verified, as tools for signed notes take
 * them: those of its newest keyset, one a line.
 *
 * Throws TRUST_INVALID for a keyset of another form.
 */
export async function verifierKeys(clone: LedgerClone): Promise<readonly string[]> {
  const paths = (await clone.files()).map(({ path }) => path);
  const newest = paths.reduce((best, path) => (version(path) > version(best) ? path : best), "");
  const { document, keys } = parseTrustRoot((await clone.read(newest)) ?? new Uint8Array(0));
  return document.roles.checkpoint.keys
    .flatMap((id) => keys.get(id) ?? [])
    .map((key) => noteVerifierKey(document.origin, key));
}

function version(path: string): number {
  return rootVersion(path) ?? 0;
}
