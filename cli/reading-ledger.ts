import { LedgerError } from "../ledger/errors.ts";
import { PROBLEM_CODES } from "../ledger/verify/problems.ts";
import { terminalText } from "../report/escape/terminal.ts";
import { EXIT, type Terminal } from "./terminal.ts";

/** What reading a ledger never proves, for people. */
export const NOT_VERIFIED =
  "Only read, and held against the signed head: `bailiff ledger verify` is what proves it.";

/**
 * Runs what reads a ledger. Where that is refused for what a verification reports too, it says so in
 * one line, and returns the exit status of a verification that failed.
 */
export async function readingLedger(
  { say }: Pick<Terminal, "say">,
  read: () => Promise<number>,
): Promise<number> {
  try {
    return await read();
  } catch (error) {
    if (!isProblem(error)) throw error;
    say(
      terminalText(`bailiff: ${error.message.replace(/\.$/, "")}; run \`bailiff ledger verify\``),
    );
    return EXIT.denied;
  }
}

function isProblem(error: unknown): error is LedgerError {
  const codes: readonly string[] = PROBLEM_CODES;
  return error instanceof LedgerError && codes.includes(error.code);
}
