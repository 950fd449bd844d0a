import type { LedgerClone, LedgerFile } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import type { PublicKey } from "../format/keys.ts";
import type { Pin } from "../format/pin.ts";
import {
  parseTrustRoot,
  trustRootDigest,
  verifyTrustRoot,
  type TrustRoot,
} from "../format/trust-root.ts";
import { sinceTouched, type History } from "./history.ts";
import type { Keyset } from "./keys-in-force.ts";
import type { Problems } from "./problems.ts";
import { rootVersion, type TreeFiles } from "./tree-files.ts";

/** Whom a ledger believes: the chain of keysets as far as it holds. */
export interface Trust {
  readonly origin: string;
  /** The sha256 (hex) of `trust/1.root.json`: what a pin anchors. */
  readonly digest: string;
  /** Version 1 first. */
  readonly keysets: readonly Keyset[];
  /** The repositories (ids) that any version names. */
  readonly repositories: ReadonlySet<string>;
}

export interface TrustContext {
  readonly files: TreeFiles;
  readonly history: History;
  readonly problems: Problems;
  readonly pin?: Pin | undefined;
  readonly repositoryId?: string | undefined;
}

/**
 * Reads the chain of keysets from version 1; null where version 1 itself does not hold.
 *
 * Reports TRUST_INVALID for a keyset that is missing, of another form, origin or version, not signed
 * by its own and the last one's `root` role, replaced after it was published, or not the pinned one;
 * TRUST_ROLLBACK for an older version under a newer name, and for one that history had and that is
 * gone; FOREIGN_RECORD where the keysets do not name the repository that was asked for.
 */
export async function checkTrust(clone: LedgerClone, context: TrustContext): Promise<Trust | null> {
  reportHistory(context);
  const chain: ReadRoot[] = [];
  for (const file of inVersionOrder(context.files.readable.trust)) {
    const next = await readNext(clone, { file, chain, context });
    if (next === null) break;
    chain.push(next);
  }
  const [first] = chain;
  if (first === undefined) {
    if (!context.problems.has("TRUST_INVALID")) {
      context.problems.add("TRUST_INVALID", FIRST, "it is not there");
    }
    return null;
  }
  checkAnchors(first, chain, context);
  return trustOf(first, chain);
}

/** The keys of every version, by id. */
export function everyKey({ keysets }: Trust): ReadonlyMap<string, PublicKey> {
  return new Map(keysets.flatMap(({ keys }) => [...keys]));
}

/** For each key (id) that any version revokes, the first index that it may not sign. */
export function revokedFrom({ keysets }: Trust): ReadonlyMap<string, number> {
  const revoked = keysets.flatMap((keyset) => [...keyset.revokedFrom]);
  return earliestByKey(revoked.map(([key, from]) => ({ key, from })));
}

const FIRST = "trust/1.root.json";

interface ReadRoot {
  readonly path: string;
  readonly digest: string;
  readonly root: TrustRoot;
}

interface Link {
  readonly file: LedgerFile;
  readonly chain: readonly ReadRoot[];
  readonly context: TrustContext;
}

function reportHistory({ files, history, problems }: TrustContext): void {
  for (const { sort, path } of files.unreadable) {
    if (sort !== "trust") continue;
    const what = "it is a link, executable, too large, or there twice";
    problems.add("TRUST_INVALID", path, what, sinceTouched(history, path));
  }
  for (const [path, { became }] of history.touched) {
    if (rootVersion(path) === null || became === "added") continue;
    const since = sinceTouched(history, path);
    if (became === "removed") {
      problems.add("TRUST_ROLLBACK", path, "the branch once had this keyset", since);
    } else {
      problems.add("TRUST_INVALID", path, "it was replaced after it was published", since);
    }
  }
}

function inVersionOrder(files: readonly LedgerFile[]): readonly LedgerFile[] {
  return files.toSorted((a, b) => (rootVersion(a.path) ?? 0) - (rootVersion(b.path) ?? 0));
}

async function readNext(clone: LedgerClone, link: Link): Promise<ReadRoot | null> {
  const { path } = link.file;
  const { history, problems } = link.context;
  try {
    const bytes = (await clone.read(path)) ?? new Uint8Array(0);
    const root = parseTrustRoot(bytes);
    const read = { path, digest: trustRootDigest(bytes), root };
    const fault = versionFault(read, link);
    if (fault === null) {
      await verifyLink(read, link.chain.at(-1));
      return read;
    }
    problems.add(fault.code, path, fault.what, sinceTouched(history, path));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const what = `it is refused: ${error.message}`;
    problems.add("TRUST_INVALID", path, what, sinceTouched(history, path));
  }
  return null;
}

function versionFault({ path, root }: ReadRoot, { chain }: Link) {
  const { version, origin } = root.document;
  const named = rootVersion(path) ?? 0;
  const expected = chain.length + 1;
  if (version < named) return { code: "TRUST_ROLLBACK", what: `it is version ${version}` } as const;
  // Names rise from 1 on, so that none is below its place: where the version fits, the name does.
  if (version !== expected) {
    return { code: "TRUST_INVALID", what: `version ${expected} should come here` } as const;
  }
  const before = chain.at(-1)?.root.document.origin ?? origin;
  if (origin === before) return null;
  return { code: "TRUST_INVALID", what: `its origin is no longer ${before}` } as const;
}

/** Version N+1 is signed by the thresholds of N and of N+1. */
async function verifyLink({ root }: ReadRoot, before: ReadRoot | undefined): Promise<void> {
  await verifyTrustRoot(root);
  if (before !== undefined) await verifyTrustRoot(root, before.root);
}

function checkAnchors(
  first: ReadRoot,
  chain: readonly ReadRoot[],
  { pin, repositoryId, problems }: TrustContext,
): void {
  const { origin } = first.root.document;
  if (pin !== undefined && pin.origin !== origin) {
    problems.add("TRUST_INVALID", FIRST, `it is ledger ${origin}, the pin is of ${pin.origin}`);
  } else if (pin !== undefined && pin.trustRoot !== first.digest) {
    problems.add("TRUST_INVALID", FIRST, `its sha256 is ${first.digest}, not the pinned one`);
  }
  const last = chain.at(-1) ?? first;
  if (repositoryId !== undefined && !last.root.document.repositories.includes(repositoryId)) {
    problems.add("FOREIGN_RECORD", last.path, `it is not for repository ${repositoryId}`);
  }
}

function trustOf(first: ReadRoot, chain: readonly ReadRoot[]): Trust {
  return {
    origin: first.root.document.origin,
    digest: first.digest,
    keysets: chain.map(keysetOf),
    repositories: new Set(chain.flatMap(({ root }) => root.document.repositories)),
  };
}

function keysetOf({ digest, root: { document, keys } }: ReadRoot): Keyset {
  const { roles, revocations, version } = document;
  const kindsOf = (id: string) => new Set(document.keys[id]?.kinds);
  return {
    version,
    digest,
    keys,
    signers: new Map(roles.records.keys.map((id) => [id, kindsOf(id)])),
    checkpointKeys: roles.checkpoint.keys.flatMap((id) => keys.get(id) ?? []),
    revokedFrom: earliestByKey(revocations),
  };
}

/** A key that is revoked twice is revoked from the earlier index. */
function earliestByKey(
  revocations: readonly { readonly key: string; readonly from: number }[],
): ReadonlyMap<string, number> {
  const latestFirst = revocations.toSorted((a, b) => b.from - a.from);
  return new Map(latestFirst.map(({ key, from }) => [key, from]));
}
