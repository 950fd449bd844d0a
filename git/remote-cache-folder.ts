import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RemoteAccess } from "./environment.ts";
import { fillOwnDirectory, removeFolder } from "./own-directory.ts";
import { FETCH_TIMEOUT_MS, type RemoteOptions } from "./remote-cache.ts";
import { packFiles, removeAbandoned, sizeOf } from "./remote-incoming.ts";

/** A remote's git directory, in use until it is disposed of. */
export interface RemoteCache extends Disposable {
  readonly gitDir: string;
}

/**
 * Finds or makes the cache's git directory for a remote; `kind` keeps different uses apart.
 *
 * What forks push stays in a blobless cache for good: one that outgrew its budget is begun anew,
 * when nobody in this process uses it. A whole one is the ledger's, which no fork adds to.
 */
export async function openRemoteCache(
  options: RemoteOptions,
  access: RemoteAccess,
  kind: "blobless" | "whole",
): Promise<RemoteCache> {
  const { cacheDir, maxCacheBytes = MAX_CACHE_BYTES } = options;
  const name = createHash("sha256").update(access.url).digest("hex").slice(0, 32);
  const gitDir = join(cacheDir, `${name}.${kind}.git`);
  const budgetBytes = kind === "whole" ? Infinity : maxCacheBytes;
  const prepare = async () => {
    await tidy(cacheDir, gitDir, budgetBytes);
    if (!(await exists(gitDir))) await make(cacheDir, gitDir, remoteConfig(access, kind));
  };
  return use(gitDir, prepare);
}

/** Twice what one fetch may bring: what a repository has itself fits, and is fetched again at once. */
const MAX_CACHE_BYTES = 4 * 1024 * 1024 * 1024;
/** What a file counts at least: git looks through thousands of small packs slower than through one. */
const MIN_FILE_BYTES = 256 * 1024;

interface Use {
  users: number;
  readonly prepared: Promise<void>;
}

const uses = new Map<string, Use>();

/** The first user prepares it; those who come while it is in use take it as it is. */
async function use(gitDir: string, prepare: () => Promise<void>): Promise<RemoteCache> {
  const shared = uses.get(gitDir) ?? { users: 0, prepared: prepare() };
  shared.users += 1;
  uses.set(gitDir, shared);
  const end = () => {
    shared.users -= 1;
    if (shared.users === 0) uses.delete(gitDir);
  };
  try {
    await shared.prepared;
  } catch (error) {
    end();
    throw error;
  }
  return { gitDir, [Symbol.dispose]: end };
}

async function tidy(cacheDir: string, gitDir: string, budgetBytes: number): Promise<void> {
  await removeAbandoned(gitDir, FETCH_TIMEOUT_MS);
  if ((await cachedBytes(gitDir)) > budgetBytes) {
    // Moved first: another process sees a whole cache or none.
    await rename(gitDir, join(cacheDir, `${OUTGROWN}${randomBytes(8).toString("hex")}`));
  }
  const names = await readdir(cacheDir).catch(() => []);
  const outgrown = names.filter((name) => name.startsWith(OUTGROWN));
  await Promise.all(outgrown.map((name) => removeFolder(join(cacheDir, name))));
}

const OUTGROWN = "old-";

async function cachedBytes(gitDir: string): Promise<number> {
  const sizes = await Promise.all((await packFiles(gitDir)).map((path) => sizeOf(path)));
  return sizes.reduce((sum, size) => sum + Math.max(size, MIN_FILE_BYTES), 0);
}

async function make(cacheDir: string, gitDir: string, config: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(join(cacheDir, "new-"));
  await fillOwnDirectory(fresh, { objectFormat: "sha1", config });
  await rename(fresh, gitDir).catch(async (error: unknown) => {
    // Another process was first: its directory is as good.
    await rm(fresh, { recursive: true, force: true });
    if (!(await exists(gitDir))) throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A promised blob may be missing: git has to know that it was left out on purpose. */
function remoteConfig(access: RemoteAccess, kind: "blobless" | "whole"): string {
  const remote = `[remote "origin"]\n\turl = ${JSON.stringify(access.url)}\n`;
  if (kind === "whole") return remote;
  const promisor = "\tpromisor = true\n\tpartialCloneFilter = blob:none\n";
  return `${remote}${promisor}[extensions]\n\tpartialClone = origin\n`;
}
