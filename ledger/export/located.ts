import { LedgerError } from "../errors.ts";

/** What `read` gives; a LedgerError that it throws comes out with the file's path before its message. */
export function located<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    throw new LedgerError(cause.code, `${path}: ${cause.message}`, { cause });
  }
}
