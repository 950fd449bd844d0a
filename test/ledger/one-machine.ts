import type { LedgerBranch } from "../../ledger/branch.ts";
import type { DurableFiles } from "../../ledger/append/durable-files.ts";
import type { Pin } from "../../ledger/format/pin.ts";
import type { RecordDraft } from "../../ledger/record.ts";
import type { FakeBranch } from "./fake-branch.ts";
import { memoryFiles } from "./memory-files.ts";
import { Mortal, mortalBranch, mortalFiles, watchedKey, type Death } from "./mortal-writer.ts";
import { newLedger, soundRecords, verdictDraft, WRITER_KEY, writerOf } from "./writer-fixture.ts";

export function draft(number: number): RecordDraft {
  return verdictDraft({ number });
}

/** One machine: its disk, the branch, and every head that its key ever signed. */
export interface Machine<Branch extends LedgerBranch = FakeBranch> {
  readonly branch: Branch;
  readonly pin: Pin;
  readonly stored: Map<string, Uint8Array>;
  readonly heads: Map<string, Set<string>>;
}

/** A machine whose ledger is new, and whose disk is empty. */
export async function machine(): Promise<Machine> {
  return { ...(await newLedger()), stored: new Map(), heads: new Map() };
}

/** A process on a machine, which may die; its disk may be another one than the machine's. */
export function process(
  { branch, pin, stored, heads }: Machine<LedgerBranch>,
  death: Death | null = null,
  files: DurableFiles = memoryFiles(stored),
) {
  const mortal = new Mortal(death);
  const writer = writerOf(
    { branch: mortalBranch(mortal, branch), pin },
    { files: mortalFiles(mortal, files), key: watchedKey(WRITER_KEY, heads) },
  );
  return { mortal, writer };
}

/** The pull requests that the ledger has verdicts on, in order. */
export async function judged({
  branch,
}: Pick<Machine<LedgerBranch>, "branch">): Promise<readonly unknown[]> {
  const [, ...records] = await soundRecords(branch);
  return records.map(({ predicate }) => (predicate["action"] as { number: unknown }).number);
}

/** The sizes for which two roots were signed. */
export function twoRoots({ heads }: Pick<Machine, "heads">): readonly string[] {
  return [...heads].filter(([, roots]) => roots.size > 1).map(([size]) => size);
}
