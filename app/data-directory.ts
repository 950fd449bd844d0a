import { join } from "node:path";
import { LedgerError } from "../ledger/errors.ts";
import { openLock } from "../ledger/append/lock.ts";
import { AppError } from "./errors.ts";

/** A process that just ended may take a moment to let go. */
const WAIT_MS = 2_000;

/**
 * Claims a data directory for this process, and answers how to let go of it. Throws `DATA_IN_USE`,
 * and `DATA_UNUSABLE` for what cannot be a folder of ours.
 *
 * Two Apps on one outbox would each write what it holds in memory over what the other was told.
 */
export async function claimDataDirectory(path: string): Promise<() => Promise<void>> {
  const ended = Promise.withResolvers<null>();
  const claimed = Promise.withResolvers<null>();
  const holding = openLock(join(path, "lock"), WAIT_MS).hold(async () => {
    claimed.resolve(null);
    await ended.promise;
  });
  holding.catch(claimed.reject);
  await claimed.promise.catch((error: unknown) => {
    if (error instanceof LedgerError && error.code === "LOCKED") throw inUse(path, error);
    throw isMachines(error) ? unusable(path, error) : error;
  });
  return () => {
    ended.resolve(null);
    return holding;
  };
}

function inUse(path: string, cause: Error): AppError {
  return new AppError(
    "DATA_IN_USE",
    `DATA_DIR ${path} is in use by another App`,
    "Stop that one, or give each its own DATA_DIR. Of a container that was killed it is free again after three minutes.",
    { cause },
  );
}

/** The machine refused: a file where the folder should be, no room, no right. */
function isMachines(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

function unusable(path: string, cause: Error): AppError {
  return new AppError(
    "DATA_UNUSABLE",
    `DATA_DIR ${path} cannot be used (${cause.message})`,
    "Set it to a folder that the App may write to, or that it can make.",
    { cause },
  );
}
