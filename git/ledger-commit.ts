import { GitError } from "./errors.ts";
import { createOwnDirectory, type ObjectFormat } from "./own-directory.ts";
import { git } from "./run-git.ts";

export interface NewCommit {
  /** The parent, null for an orphan. */
  readonly from: string | null;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
  readonly at: Date;
}

/** The object folder to write to, and what git has to know of its repository. */
export interface CommitPlace {
  readonly objectsDir: string;
  readonly objectFormat: ObjectFormat;
  readonly shallow: Uint8Array | null;
}

/**
 * Writes files, trees and the commit in one process and gives the commit's id.
 *
 * Only the trees on the way to changed files are read: cost follows the batch, not the ledger.
 * No ref of the repository moves: fast-import's own goes away with the directory it runs in.
 */
export async function writeCommit(place: CommitPlace, commit: NewCommit): Promise<string> {
  const own = await createOwnDirectory({
    objectFormat: place.objectFormat,
    ...(place.shallow === null ? {} : { shallow: place.shallow }),
  });
  const stdout = await git({
    gitDir: own.gitDir,
    args: ["fast-import", "--quiet", "--done"],
    input: importStream(commit),
    environment: { GIT_OBJECT_DIRECTORY: place.objectsDir },
  }).finally(() => own.dispose());
  const id = stdout.toString("latin1").trim();
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) {
    throw new GitError("GIT_FAILED", "git fast-import named no commit");
  }
  return id;
}

const IDENTITY = "Bailiff <bailiff@noreply.invalid>";
const REF = "refs/heads/written";

/**
 *     commit refs/heads/written
 *     mark :1
 *     committer Bailiff <…> <seconds> +0000
 *     data <length>
 *     <message>
 *     from <id>
 *     M 100644 inline <path>
 *     data <length>
 *     <bytes>
 *     get-mark :1
 *     done
 */
function importStream({ from, files, message, at }: NewCommit): Buffer {
  const seconds = Math.floor(at.getTime() / 1_000);
  return Buffer.concat([
    text(`commit ${REF}\nmark :1\ncommitter ${IDENTITY} ${seconds} +0000\n`),
    ...data(text(message)),
    text(from === null ? "" : `from ${from}\n`),
    ...[...files].flatMap(([path, bytes]) => [
      text(`M 100644 inline ${plainPath(path)}\n`),
      ...data(bytes),
    ]),
    text("\nget-mark :1\ndone\n"),
  ]);
}

function data(bytes: Uint8Array): Uint8Array[] {
  return [text(`data ${bytes.length}\n`), bytes, text("\n")];
}

/** The ledger's own names need no quoting; anything else would speak to fast-import. */
function plainPath(path: string): string {
  const names = path.split("/");
  const plain = names.every((name) => /^[A-Za-z0-9._-]+$/.test(name) && !/^\.+$/.test(name));
  if (plain && !names.some((name) => name.toLowerCase() === ".git")) return path;
  throw new GitError("LEDGER_BRANCH_UNUSABLE", "a ledger's path may hold letters, digits, . _ - /");
}

function text(value: string): Uint8Array {
  return Buffer.from(value, "utf8");
}
