import type { Tip } from "../ledger/branch.ts";
import { readCommits, readFileAt, type Store } from "./store.ts";
import { entryAt, readTrees } from "./tree.ts";

export const LEDGER_BRANCH = "governance-ledger";
export const LEDGER_REF = `refs/heads/${LEDGER_BRANCH}`;

/** One commit of a ledger, read by its own trees whatever moves since. */
export function openTip(store: Store, commit: string): Tip {
  return {
    commit,
    read: (path) => readFileAt(store, commit, path),
    list: (folder) => listFolder(store, commit, folder),
  };
}

async function listFolder(store: Store, commit: string, folder: string): Promise<string[]> {
  const [{ tree } = { tree: "" }] = await readCommits(store, [commit]);
  const entry = await entryAt(store.objects, tree, folder);
  if (entry?.mode !== "040000") return [];
  const names = (await readTrees(store.objects, [entry.oid])).get(entry.oid)?.keys() ?? [];
  return [...names].sort();
}
