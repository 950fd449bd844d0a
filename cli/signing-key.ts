import { readFile } from "node:fs/promises";
import { LedgerError } from "../ledger/errors.ts";
import { parseSigningKey, type SigningKey } from "../ledger/format/keys.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/** A signing key as it was given, not yet looked at, and what to call its place. */
export interface GivenKey {
  readonly place: string;
  readonly pem: string;
}

/** The signing key: `--key FILE`, else `BAILIFF_SIGNING_KEY` (PKCS#8 PEM, Ed25519). */
export async function readSigningKey(
  file: string | undefined,
  env: Terminal["env"],
): Promise<SigningKey> {
  return signingKeyOf(await readGivenKey(file, env));
}

/** Reads it once: a pipe (`--key <(…)`) has nothing to read a second time. */
export async function readGivenKey(
  file: string | undefined,
  env: Terminal["env"],
): Promise<GivenKey> {
  if (file === undefined) return { place: "BAILIFF_SIGNING_KEY", pem: pemOf(env) };
  const pem = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UsageError(
      `${file}: the file cannot be read`,
      "name a key file; `bailiff keys generate --out FILE` makes one",
      { cause },
    );
  });
  return { place: file, pem };
}

/** Throws a `UsageError` for what is no key of ours. */
export function signingKeyOf({ place, pem }: GivenKey): SigningKey {
  try {
    return parseSigningKey(pem);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new UsageError(`${place}: ${error.message}`, undefined, { cause: error });
  }
}

function pemOf(env: Terminal["env"]): string {
  const pem = env.BAILIFF_SIGNING_KEY ?? "";
  if (pem.includes("-----BEGIN")) return pem;
  if (pem !== "") {
    // What it holds is not printed: it may be a key that lost its first line.
    const what = "BAILIFF_SIGNING_KEY holds no PEM";
    throw new UsageError(what, "put the key itself into it, or name its file with --key FILE");
  }
  throw new UsageError(
    "no signing key was given",
    "use --key FILE or set BAILIFF_SIGNING_KEY; `bailiff keys generate --out FILE` makes one",
  );
}
