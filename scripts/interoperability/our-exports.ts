import { copyFile, cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createFixtureRepository } from "../../test/git/fixture-repository.ts";
import { common, LedgerBuilder, recordLine } from "../../test/ledger/ledger-builder.ts";
import { runCli } from "../../test/cli/run-cli.ts";

/** One ledger, exported into one folder each time that it grew. */
export interface OurExports {
  /** The export as it was at each size. */
  readonly folders: ReadonlyMap<number, string>;
  /** The checkpoints at each size but the last. */
  readonly earlier: readonly string[];
  readonly verifierKey: string;
  /** Files of `ledger proof`, by index, for the last size. */
  readonly proofs: ReadonlyMap<number, string>;
}

const MOST_IN_A_BATCH = 1_000;

/** Grows a ledger to these sizes and exports it with the commands that a user has, into `directory`. */
export async function exportOurs(
  directory: string,
  sizes: readonly number[],
  proven: readonly number[],
): Promise<OurExports> {
  await using repository = await createFixtureRepository({ bare: true });
  const ledger = new LedgerBuilder();
  const folders = new Map<number, string>();
  const earlier: string[] = [];
  let committed = 0;
  let verifierKey = "";
  for (const size of sizes) {
    grow(ledger, size);
    for (; committed < ledger.commits.length; committed += 1) {
      const { files = {}, message = "" } = ledger.commits[committed] ?? {};
      await repository.commit(files, { branch: "governance-ledger", message });
    }
    const to = join(directory, "growing");
    verifierKey = await ledgerCommand(repository.directory, "export", "--to", to);
    folders.set(size, join(directory, String(size)));
    await cp(to, join(directory, String(size)), { recursive: true });
    if (size === sizes.at(-1)) continue;
    earlier.push(join(directory, `checkpoint.${size}`));
    await copyFile(join(to, "checkpoint"), join(directory, `checkpoint.${size}`));
  }
  const proofs = new Map<number, string>();
  for (const index of proven) {
    const path = join(directory, `${index}.tlog-proof`);
    await writeFile(path, await ledgerCommand(repository.directory, "proof", String(index)));
    proofs.set(index, path);
  }
  return { folders, earlier, verifierKey: verifierKey.trim(), proofs };
}

function grow(ledger: LedgerBuilder, target: number): void {
  while (ledger.size < target) {
    const count = Math.min(MOST_IN_A_BATCH, target - ledger.size);
    ledger.place(Array.from({ length: count }, (_, at) => lineAt(ledger.size + at)));
  }
}

function lineAt(index: number): Uint8Array {
  return recordLine("omission", common({ id: index.toString(16).padStart(16, "0") }));
}

async function ledgerCommand(repository: string, ...args: readonly string[]): Promise<string> {
  const { status, out, said } = await runCli(["ledger", ...args, "--repo", repository]);
  if (status !== 0) throw new Error(`bailiff ledger ${args[0] ?? ""}: ${said}`);
  return out;
}
