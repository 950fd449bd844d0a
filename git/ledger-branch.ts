import { openDurableFiles } from "../ledger/append/durable-files.ts";
import type { LedgerBranch } from "../ledger/branch.ts";
import { trustPath } from "../ledger/format/ledger-files.ts";
import { GitError, oneLine } from "./errors.ts";
import { foreignChange } from "./ledger-changes.ts";
import { writeCommit } from "./ledger-commit.ts";
import { LEDGER_REF, openTip } from "./ledger-tip.ts";
import { useRepository, type Repository } from "./repository.ts";
import { git, runGit } from "./run-git.ts";
import type { Store } from "./store.ts";

export interface LedgerBranchOptions {
  /** A folder, or a repository that stays open longer. */
  readonly repository: string | Repository;
  /** The time that commits carry; nothing rests on it. */
  readonly now?: () => Date;
  /** A folder of the writer's own, in which the last commit that was made from here is noted. */
  readonly notes?: string;
}

/**
 * The ledger's branch of a repository on this machine.
 *
 * With `notes`, a head that does more to the last commit from here than append is no tip:
 * LEDGER_BRANCH_UNUSABLE. A head from before that commit is one, and another ledger's: whoever reads
 * them tells by their size and root.
 */
export async function openLedgerBranch({
  repository: place,
  now = () => new Date(),
  notes,
}: LedgerBranchOptions): Promise<LedgerBranch & AsyncDisposable> {
  const repository = await useRepository(place);
  const files = notes === undefined ? null : openDurableFiles(notes);
  return {
    tip: async () => {
      // Before the branch, which another process of ours moves first and notes then.
      const own = await files?.read(OWN_HEAD);
      const commit = await readLedgerRef(repository);
      if (commit === null) return null;
      if (own) await refuseForeign(repository.store, Buffer.from(own).toString().trim(), commit);
      return openTip(repository.store, commit);
    },
    advance: async (from, changed, message) => {
      if ((await readLedgerRef(repository)) !== from) return "lost-race";
      const content = { from, files: changed, message, at: now() };
      const commit = await writeCommit(repository.location, content);
      const outcome = await moveBranch(repository, commit, from);
      if (outcome === "advanced") await files?.write(OWN_HEAD, Buffer.from(`${commit}\n`));
      return outcome;
    },
    [Symbol.asyncDispose]: repository[Symbol.asyncDispose],
  };
}

const OWN_HEAD = "ledger-head";
/** Another ledger's head has another one, which says more than that files were changed. */
const ROOT = trustPath(1);

async function refuseForeign(store: Store, own: string, commit: string): Promise<void> {
  if (own === commit) return;
  const [info] = /^[0-9a-f]+$/.test(own) ? await store.objects.info([own]) : [];
  if (!info) throw unusable(`was at ${own}, which is gone; fetch it from a clone that has it`);
  const foreign = await foreignChange(store, own, commit);
  if (foreign === null || (await isAncestor(store, commit, own))) return;
  const [before, after] = await store.objects.info([own, commit].map((id) => `${id}:${ROOT}`));
  if (before?.oid === after?.oid) throw foreign;
}

async function isAncestor({ gitDir }: Store, commit: string, of: string): Promise<boolean> {
  const { status } = await runGit({ gitDir, args: ["merge-base", "--is-ancestor", commit, of] });
  return status === 0;
}

/**
 * The branch's commit; null where there is no such branch.
 *
 * Refuses a branch that only points to another: writing to the ledger would move that one.
 */
async function readLedgerRef({ store }: Repository): Promise<string | null> {
  const format = "--format=%(objectname) %(objecttype) %(refname) %(symref)";
  const stdout = await git({ gitDir: store.gitDir, args: ["for-each-ref", format, LEDGER_REF] });
  const lines = stdout.toString("utf8").split("\n");
  const line = lines.find((each) => each.split(" ")[2] === LEDGER_REF);
  if (line === undefined) {
    if (stdout.length === 0) return null;
    throw unusable("is a folder of branches");
  }
  const [commit = "", type, , target] = line.split(" ");
  if (target !== "") throw unusable("is a symbolic ref");
  if (type !== "commit") throw unusable(`names a ${type ?? "thing"}, not a commit`);
  return commit;
}

/** Moves the branch if it still is at `from`; whatever git says of a failure, the ref decides. */
async function moveBranch(
  repository: Repository,
  commit: string,
  from: string | null,
): Promise<"advanced" | "lost-race"> {
  const old = from ?? "0".repeat(commit.length);
  const args = ["update-ref", "--no-deref", LEDGER_REF, commit, old];
  const { status, stderr } = await runGit({ gitDir: repository.store.gitDir, args });
  if (status === 0) return "advanced";
  if ((await readLedgerRef(repository)) !== from) return "lost-race";
  if (/\.lock': File exists/.test(stderr)) throw unusable(LOCKED);
  throw unusable(`could not be moved: ${oneLine(stderr)}`);
}

/** A git that was killed leaves its lock behind, in the repository itself. */
const LOCKED =
  "is locked; where no git is at work, remove the file refs/heads/governance-ledger.lock " +
  "of the repository's git folder";

function unusable(what: string): GitError {
  return new GitError("LEDGER_BRANCH_UNUSABLE", `the branch ${LEDGER_REF} ${what}`);
}
