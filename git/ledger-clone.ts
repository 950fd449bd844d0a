import type { LedgerClone, LedgerFile } from "../ledger/branch.ts";
import { pathText } from "../rules/change/path-text.ts";
import { GitError } from "./errors.ts";
import { readHistory } from "./ledger-history.ts";
import { LEDGER_REF } from "./ledger-tip.ts";
import { missingObject } from "./object-reader.ts";
import { useRepository, type Repository } from "./repository.ts";
import { git } from "./run-git.ts";
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

const REMOTE_REF = "refs/remotes/origin/governance-ledger";
const MAX_LISTING_BYTES = 512 * 1024 * 1024;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** What `readAll` holds at once, whichever comes first. */
const WINDOW_FILES = 256;
const WINDOW_BYTES = 8 * 1024 * 1024;

async function resolveLedger(repository: Repository, ref: string | undefined): Promise<string> {
  if (ref !== undefined) return repository.resolve(ref);
  const names = [LEDGER_REF, REMOTE_REF].map((name) => `${name}^{commit}`);
  const commit = (await repository.store.objects.info(names)).find((info) => info !== null)?.oid;
  if (commit !== undefined) return commit;
  const remedy = "fetch the branch governance-ledger, or run bailiff ledger init";
  throw new GitError("LEDGER_ABSENT", `there is no ledger in this repository; ${remedy}`);
}

function cloneAt(store: Store, commit: string): LedgerClone {
  let listing: Promise<readonly LedgerFile[]> | null = null;
  let byPath: Promise<ReadonlyMap<string, LedgerFile>> | null = null;
  const files = () => (listing ??= listTree(store, commit));
  const index = () =>
    (byPath ??= files().then((all) => new Map(all.map((file) => [file.path, file]))));
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
  };
}

/** `<mode> <type> <id> <size>\t<path>\0`, in the order of the paths' bytes; a submodule's size is `-`. */
async function listTree(store: Store, commit: string): Promise<readonly LedgerFile[]> {
  const stdout = await git({
    gitDir: store.gitDir,
    args: ["ls-tree", "-r", "-l", "-z", "--full-tree", commit],
    maxOutputBytes: MAX_LISTING_BYTES,
  });
  const files: LedgerFile[] = [];
  for (let at = 0; at < stdout.length;) {
    const tab = stdout.indexOf(0x09, at);
    const end = stdout.indexOf(0, tab);
    const fields = stdout.toString("latin1", at, tab).split(/ +/);
    const [mode = "", , oid = "", size = ""] = fields;
    if (size === "BAD") throw missingObject(oid);
    const sizeBytes = size === "-" ? 0 : Number(size);
    files.push({ path: pathText(stdout.subarray(tab + 1, end)), mode, oid, sizeBytes });
    at = end + 1;
  }
  return files;
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
