import type { LedgerClone } from "../branch.ts";
import { TRUST_FOLDER } from "../format/ledger-files.ts";
import { entryBatches } from "./ledger-entries.ts";
import type { ExportFile } from "./export-folder.ts";
import { TileStack } from "./tile-stack.ts";

/** The names at the top of an export: what of the branch is copied, the tiles, and their head. */
export const EXPORT_NAMES: ReadonlySet<string> = new Set([
  "checkpoint",
  "tile",
  "records",
  "policies",
  TRUST_FOLDER,
]);

/**
 * Streams the immutable files of a ledger's export: keysets, policy documents and batches as they
 * lie on the branch, and every tile and bundle of the tree of `size` records.
 *
 * The tiles are those that c2sp.org/tlog-tiles asks for: all full ones, and the partial ones of
 * every size that the branch signed, for as long as they did not become full. An earlier export has
 * left partial ones that did: of them those at the paths `left` are given too.
 */
export async function* exportFiles(
  clone: LedgerClone,
  size: number,
  left: ReadonlySet<string> = new Set(),
): AsyncGenerator<ExportFile> {
  yield* copiedFiles(clone);
  const stack = new TileStack();
  const given = new Set<string>();
  for await (const { path, bytes, entries } of entryBatches(clone)) {
    yield { path, bytes };
    for (const entry of entries) yield* stack.append(entry);
    for (const file of stack.partials(size, left)) {
      if (!given.has(file.path)) yield file;
      given.add(file.path);
    }
  }
}

async function* copiedFiles(clone: LedgerClone): AsyncGenerator<ExportFile> {
  const paths = (await clone.files())
    .map(({ path }) => path)
    .filter((path) => /^(?:trust|policies)\//.test(path));
  let next = 0;
  for await (const bytes of clone.readAll(paths)) yield { path: paths[next++] ?? "", bytes };
}
