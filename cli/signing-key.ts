import { readFile } from "node:fs/promises";
import { LedgerError } from "../ledger/errors.ts";
import { parseSigningKey, type SigningKey } from "../ledger/format/keys.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/** The signing key: `--key FILE`, else `BAILIFF_SIGNING_KEY` (PKCS#8 PEM, Ed25519). */
export async function readSigningKey(
  file: string | undefined,
  env: Terminal["env"],
): Promise<SigningKey> {
  const place = file ?? "BAILIFF_SIGNING_KEY";
  try {
    return parseSigningKey(file === undefined ? pemOf(env) : await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const cause = { cause: error };
    if (error instanceof LedgerError) {
      throw new UsageError(`${place}: ${error.message}`, undefined, cause);
    }
    throw new UsageError(
      `${place}: the file cannot be read`,
      "name a key file; `bailiff keys generate --out FILE` makes one",
      cause,
    );
  }
}

function pemOf(env: Terminal["env"]): string {
  const pem = env.BAILIFF_SIGNING_KEY ?? "";
  if (pem !== "") return pem;
  throw new UsageError(
    "no signing key was given",
    "use --key FILE or set BAILIFF_SIGNING_KEY; `bailiff keys generate --out FILE` makes one",
  );
}
