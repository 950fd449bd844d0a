import type { LedgerClone, LedgerFile } from "../ledger/branch.ts";
import { GitError } from "./errors.ts";
import { readHistory, readMergedCheckpoints } from "./ledger-history.ts";
import { LEDGER_REF } from "./ledger-tip.ts";
import { listLedgerTree } from "./ledger-tree.ts";
import { missingObject } from "./object-reader.ts";
import { useRepository, type Repository } from "./repository.ts";
import type { Store } from "./store.ts";

export interface LedgerCloneOptions {
  readonly repository: string | Repository;
  /** A revision. Default: the ledger's branch, else the one that a clone has of its origin. */
  readonly ref?: string;
}

/** A ledger in a clone on this machine, fixed at the commit that the ref names now. */
export async function openLedgerClone({
  repository: place,
  ref,
}: LedgerCloneOptions): Promise<LedgerClone & AsyncDisposable> {
  const repository = await useRepository(place);
  try {
    const commit = await resolveLedger(repository, ref);
    return {
      ...cloneAt(repository.store, commit),
      [Symbol.asyncDispose]: repository[Symbol.asyncDispose],
    };
  } catch (error) {
    await repository[Symbol.asyncDispose]();
    throw error;
  }
}

/** What a clone has of its origin's ledger. */
export const REMOTE_LEDGER_REF = "refs/remotes/origin/governance-ledger";

/** A ref that names a ledger, and the commit that it names now. */
export interface LedgerHead {
  readonly ref: string;
  readonly commit: string;
}

/** The ledgers of a repository, the one that is read first: its own branch, and its origin's. */
export async function ledgerHeads({ store }: Repository): Promise<readonly LedgerHead[]> {
  const refs = [LEDGER_REF, REMOTE_LEDGER_REF];
  const infos = await store.objects.info(refs.map((ref) => `${ref}^{commit}`));
  return refs.flatMap((ref, index) => {
    const commit = infos[index]?.oid;
    return commit === undefined ? [] : [{ ref, commit }];
  });
}

const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** What `readAll` holds at once, whichever comes first. */
const WINDOW_FILES = 256;
const WINDOW_BYTES = 2 * 1024 * 1024;

async function resolveLedger(repository: Repository, ref: string | undefined): Promise<string> {
  if (ref !== undefined) return resolveBranchFirst(repository, ref);
  const [head] = await ledgerHeads(repository);
  if (head !== undefined) return head.commit;
  const remedy = "fetch the branch governance-ledger, or run bailiff ledger init";
  throw new GitError("LEDGER_ABSENT", `there is no ledger in this repository; ${remedy}`);
}

/**
 * A tag named like the branch would win in git's own order, and anyone who may push can make one
 * that points to an older head; a full id stays what it is.
 */
async function resolveBranchFirst(repository: Repository, ref: string): Promise<string> {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64}|HEAD|refs\/.*)$/.test(ref)) return repository.resolve(ref);
  for (const kind of ["refs/heads/", "refs/remotes/"]) {
    const commit = await resolved(repository, `${kind}${ref}`);
    if (commit !== null) return commit;
  }
  return repository.resolve(ref);
}

async function resolved(repository: Repository, name: string): Promise<string | null> {
  try {
    return await repository.resolve(name);
  } catch (error) {
    if (error instanceof GitError && error.code === "UNKNOWN_REVISION") return null;
    throw error;
  }
}

function cloneAt(store: Store, commit: string): LedgerClone {
  let listing: Promise<readonly LedgerFile[]> | null = null;
  let byPath: Promise<ReadonlyMap<string, LedgerFile>> | null = null;
  const files = () => (listing ??= listLedgerTree(store, commit));
  const index = () =>
    (byPath ??= files().then(
      (all) => new Map(all.filter(isContent).map((one) => [one.path, one])),
    ));
  return {
    commit,
    files,
    read: async (path) => {
      const file = (await index()).get(path);
      if (file === undefined || file.mode === "160000") return null;
      const limits = { type: "blob", maxBytes: MAX_FILE_BYTES } as const;
      return (await store.objects.read([file.oid], limits))[0] ?? null;
    },
    readAll: async function* (paths) {
      const all = await index();
      yield* readBlobs(
        store,
        paths.map((path) => blobOf(all, path)),
      );
    },
    history: () => readHistory(store, commit),
    mergedCheckpoints: () => readMergedCheckpoints(store, commit),
  };
}

function isContent({ mode }: LedgerFile): boolean {
  return mode !== "040000" && mode !== "000000";
}

function blobOf(files: ReadonlyMap<string, LedgerFile>, path: string): string {
  const file = files.get(path);
  if (file === undefined || file.mode === "160000") {
    throw new GitError("NOT_A_FILE", `the ledger has no file ${JSON.stringify(path)}`);
  }
  return file.oid;
}

/** Reads ahead in windows, so that waiting for git does not cost once a file. */
async function* readBlobs(store: Store, oids: readonly string[]): AsyncIterable<Uint8Array> {
  for (let start = 0; start < oids.length; start += WINDOW_FILES) {
    const window = oids.slice(start, start + WINDOW_FILES);
    const infos = await store.objects.info(window);
    for (const group of groupBySize(infos.map((info, index) => info ?? lost(window[index])))) {
      yield* await store.objects.read(group, { type: "blob", maxBytes: MAX_FILE_BYTES });
    }
  }
}

function* groupBySize(infos: readonly { oid: string; sizeBytes: number }[]): Iterable<string[]> {
  let group: string[] = [];
  let bytes = 0;
  for (const { oid, sizeBytes } of infos) {
    if (group.length > 0 && bytes + sizeBytes > WINDOW_BYTES) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(oid);
    bytes += sizeBytes;
  }
  yield group;
}

function lost(oid = ""): never {
  throw missingObject(oid);
}
