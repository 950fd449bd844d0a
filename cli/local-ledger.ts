import { constants } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { openLedgerBranch } from "../git/ledger-branch.ts";
import { readSmall } from "../git/location.ts";
import { openRepository, type Repository } from "../git/repository.ts";
import type { SigningKey } from "../ledger/format/keys.ts";
import type { Ledger } from "../ledger/record.ts";
import { openSequencer } from "../ledger/sequencer.ts";
import { repositoryId, rootDigest } from "./options.ts";
import { readSigningKey } from "./signing-key.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/** The ledger of a repository on this machine, opened to append. */
export interface LocalLedger extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly repositoryId: string;
}

/** What this machine was told of a ledger: which root it may append under, for which repository. */
export interface TrustedLedger {
  /** sha256 (hex) of `trust/1.root.json`. */
  readonly root: string;
  readonly repositoryId: string;
}

/** Who may write to the ledger of this machine, and under which root. */
export interface LedgerWriter {
  readonly key: SigningKey;
  readonly trusted: TrustedLedger;
}

/** What the user said of the ledger; undefined where they left it to the environment or to notes. */
export interface AskedLedger {
  readonly key?: string;
  readonly root?: string;
  readonly "repository-id"?: string;
}

/**
 * Reads the signing key, and the root that the ledger must have: it was noted by `ledger init`, or
 * is told by `--root`. A ledger is not believed because it is there.
 */
export async function readLedgerWriter(
  repository: Repository,
  asked: AskedLedger,
  env: Terminal["env"],
): Promise<LedgerWriter> {
  return ledgerWriter(repository, asked, await readSigningKey(asked.key, env));
}

/** The same with a key that was read before. */
export async function ledgerWriter(
  repository: Repository,
  asked: AskedLedger,
  key: SigningKey,
): Promise<LedgerWriter> {
  return { key, trusted: trustedByOptions(asked) ?? (await readTrustedLedger(repository)) };
}

/** Opens the ledger for appending. */
export async function openLocalLedger(
  repository: Repository,
  { key, trusted }: LedgerWriter,
  now: Terminal["now"],
): Promise<LocalLedger> {
  const branch = await openLedgerBranch({ repository, now, notes: stateFolder(repository) });
  return {
    repositoryId: trusted.repositoryId,
    ledger: openSequencer({
      ...{ branch, key },
      expectedRoot: trusted.root,
      repositoryId: trusted.repositoryId,
      directory: join(stateFolder(repository), "sequencer"),
    }),
    [Symbol.asyncDispose]: () => branch[Symbol.asyncDispose](),
  };
}

/**
 * The ledger of the repository in `folder`, opened anew for each call.
 *
 * An open one has processes of git; a terminal's Ctrl-C that is meant for a governed command ends
 * them too, and its end is to be recorded none the less.
 */
export function reopeningLedger(
  folder: string,
  writer: LedgerWriter,
  now: Terminal["now"],
): Ledger {
  const withLedger = async <T>(use: (ledger: Ledger) => Promise<T>): Promise<T> => {
    await using repository = await openRepository(folder);
    await using local = await openLocalLedger(repository, writer, now);
    return await use(local.ledger);
  };
  return {
    observe: () => withLedger((ledger) => ledger.observe()),
    standing: (kind) => withLedger((ledger) => ledger.standing(kind)),
    append: (...records) => withLedger((ledger) => ledger.append(...records)),
  };
}

/** Makes the place of the note. Throws where nothing could be noted: a ledger is then not begun. */
export async function makeRoomForNote(repository: Repository): Promise<void> {
  await mkdir(stateFolder(repository), { recursive: true, mode: 0o700 });
  await access(stateFolder(repository), constants.W_OK);
}

/** Notes which ledger this machine may append to. */
export async function noteTrustedLedger(
  repository: Repository,
  trusted: TrustedLedger,
): Promise<void> {
  await writeFile(notePath(repository), `${JSON.stringify(trusted)}\n`, { mode: 0o600 });
}

/** Beside the objects, out of every tree: `.git/bailiff`. */
export function stateFolder({ location }: Repository): string {
  return join(location.commonDir, "bailiff");
}

function notePath(repository: Repository): string {
  return join(stateFolder(repository), "ledger.json");
}

function trustedByOptions(asked: AskedLedger): TrustedLedger | null {
  const { root, "repository-id": id } = asked;
  if (root === undefined && id === undefined) return null;
  if (root !== undefined && id !== undefined) {
    return { root: rootDigest("root", root), repositoryId: repositoryId(id) };
  }
  throw new UsageError(
    "--root and --repository-id go together",
    "give the root's sha256, the last field of the pin, and the repository's id in it",
  );
}

/** `{"root":"<sha256>","repositoryId":"123456"}` */
const note = z.strictObject({
  root: z.string().regex(/^[0-9a-f]{64}$/),
  repositoryId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
});

const MAX_NOTE_BYTES = 4_096;

async function readTrustedLedger(repository: Repository): Promise<TrustedLedger> {
  const path = notePath(repository);
  const bytes = await readSmall(path, MAX_NOTE_BYTES);
  const remedy = "name the root that you trust with --root and --repository-id";
  if (bytes === null) {
    const what = "this repository has no ledger that was begun on this machine";
    throw new UsageError(what, `run \`bailiff ledger init\`, or ${remedy}`);
  }
  try {
    return note.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw new UsageError(`${path} is no note of \`bailiff ledger init\``, remedy, { cause });
  }
}
