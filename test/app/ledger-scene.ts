import { execFileSync } from "node:child_process";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { initLedger } from "../../ledger/genesis.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import type { Scene } from "./scene.ts";

export const LEDGER = "governance-ledger";

/** The key that the App signs with in these tests. */
export const signing = generateSigningKey();

/** What an administrator does: a ledger for `ids`; answers the digest of its trust root. */
export async function initLedgerOf(
  repository: RepositoryHandle,
  ids: readonly string[] = [String(repository.id)],
): Promise<string> {
  await using branch = await openLedgerBranch({ repository: repository.gitFolder });
  const pin = await initLedger(branch, { key: signing.key, repositories: ids, at: new Date() });
  return parsePin(pin).trustRoot;
}

/** The variables of an App that may append to ledgers of these roots. */
export function trusting(...roots: readonly string[]): Record<string, string> {
  return { BAILIFF_SIGNING_KEY: signing.pem, BAILIFF_LEDGER_ROOTS: roots.join(",") };
}

/** A repository with a ledger that the scene's App appends to from now on. */
export async function withLedger(
  scene: Scene,
  name: string,
  files: Readonly<Record<string, string>> = {},
): Promise<RepositoryHandle> {
  const repository = await scene.repository(name, files);
  const root = await initLedgerOf(repository);
  await scene.stopApp();
  await scene.startApp(trusting(root));
  return repository;
}

export function git({ gitFolder }: RepositoryHandle, ...args: readonly string[]): string {
  return execFileSync("git", ["-C", gitFolder, ...args], { encoding: "utf8" }).trim();
}

/** The ledger's commits after the first, oldest first: one for each append. */
export function appendsOf(repository: RepositoryHandle): readonly string[] {
  return git(repository, "log", "--reverse", "--format=%s", `refs/heads/${LEDGER}`)
    .split("\n")
    .slice(1);
}
