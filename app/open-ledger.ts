import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openRemoteLedgerBranch } from "../git/remote-ledger-branch.ts";
import { trustPath } from "../ledger/format/ledger-files.ts";
import type { Ledger } from "../ledger/record.ts";
import { openSequencer } from "../ledger/sequencer.ts";
import type { Config } from "./config.ts";
import { AppError } from "./errors.ts";
import type { Tokens } from "./tokens.ts";
import type { WorkKey } from "./work-key.ts";

export interface LedgerOptions {
  readonly key: WorkKey;
  readonly config: Config;
  readonly tokens: Tokens;
  readonly now: () => Date;
  /** The repository's address for git. */
  readonly url: string;
  /** What is opened here is closed there. */
  readonly stack: AsyncDisposableStack;
}

/**
 * The repository's ledger, null where nobody set one up.
 *
 * Nothing is initialised here, and a ledger is not believed because it is there: it has to be
 * one of those in the configuration. One that this App wrote to and that is gone is not absent.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger | null> {
  const { config, key, tokens, now, url, stack } = options;
  const branch = stack.use(
    await openRemoteLedgerBranch({
      url,
      token: await tokens.get(key, config.signingKey === null ? "read" : "write"),
      cacheDir: join(config.dataDirectory, "git"),
      now,
    }),
  );
  const directory = join(config.dataDirectory, "ledgers", key.repository.id);
  const tip = await branch.tip();
  if (tip === null) {
    if (existsSync(directory)) throw gone();
    return null;
  }
  if (config.signingKey === null) throw withoutKey();
  return openSequencer({
    branch,
    key: config.signingKey,
    expectedRoot: trustedRoot(await tip.read(trustPath(1)), config.ledgerRoots),
    repositoryId: key.repository.id,
    directory,
  });
}

function gone(): AppError {
  return new AppError(
    "LEDGER_GONE",
    "The branch governance-ledger, which held this repository's records, is gone.",
    "Push it back from a clone that has it, then run this check again.",
  );
}

function withoutKey(): AppError {
  return new AppError(
    "LEDGER_WITHOUT_KEY",
    "This repository has the branch governance-ledger, and this App has no key to sign records with.",
    "Set BAILIFF_SIGNING_KEY and restart the App, then run this check again.",
  );
}

/** The sha256 (hex) of a trust root that the configuration names; throws for any other. */
function trustedRoot(root: Uint8Array | null, trusted: readonly string[]): string {
  if (root === null)
    throw new AppError(
      "LEDGER_NOT_OURS",
      "The branch governance-ledger holds no ledger.",
      "Move what stands on it elsewhere, then let an administrator run: bailiff ledger init",
    );
  const digest = hash("sha256", root, "hex");
  if (trusted.includes(digest)) return digest;
  throw new AppError(
    "LEDGER_NOT_OURS",
    `The ledger's trust root has the sha256 ${digest}, which this App was not told to append to.`,
    "If an administrator of yours made it, add that digest to BAILIFF_LEDGER_ROOTS and restart the App; if not, find out who did.",
  );
}
