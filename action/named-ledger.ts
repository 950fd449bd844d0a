import { join } from "node:path";
import { openRemoteLedgerBranch } from "../git/remote-ledger-branch.ts";
import { trustPath } from "../ledger/format/ledger-files.ts";
import { trustRootDigest } from "../ledger/format/trust-root.ts";
import type { SigningKey } from "../ledger/format/keys.ts";
import type { Ledger } from "../ledger/record.ts";
import { newestOrigin } from "../ledger/newest-origin.ts";
import { openSequencer } from "../ledger/sequencer.ts";
import { ActionError } from "./errors.ts";
import { remoteOf, type Runner } from "./runner.ts";

export interface LedgerAccess {
  readonly key: SigningKey;
  /** sha256 (hex) of the trust root that the workflow names. */
  readonly root: string;
  readonly token: string | null;
}

/**
 * The repository's ledger, to append to; null where the App keeps it, as the newest verdict tells.
 *
 * A ledger is not believed because it is there: its root has to be the one that was named. Throws
 * LEDGER_ABSENT and LEDGER_NOT_OURS.
 */
export async function openNamedLedger(
  runner: Runner,
  { key, root, token }: LedgerAccess,
  stack: AsyncDisposableStack,
): Promise<Ledger | null> {
  const branch = stack.use(await openRemoteLedgerBranch(remoteOf(runner, token)));
  const tip = await branch.tip();
  if (tip === null) throw absent();
  const found = await tip.read(trustPath(1));
  if (found === null || trustRootDigest(found) !== root) throw notOurs(found);
  const ledger = openSequencer({
    branch,
    key,
    expectedRoot: root,
    repositoryId: runner.repository.id,
    directory: join(runner.temp, "bailiff-ledger"),
  });
  const { size } = await ledger.observe();
  const writer = await newestOrigin((await branch.tip()) ?? tip, size, ["app", "action"]);
  return writer === "app" ? null : ledger;
}

function absent(): ActionError {
  return new ActionError(
    "LEDGER_ABSENT",
    "The branch governance-ledger is not there, so nothing can be recorded.",
    "Let an administrator begin it as docs/ledger.md says and push it, or set the input ledger to `off`.",
  );
}

function notOurs(found: Uint8Array | null): ActionError {
  const what = found === null ? "holds no ledger" : `has the root ${trustRootDigest(found)}`;
  return new ActionError(
    "LEDGER_NOT_OURS",
    `The branch governance-ledger ${what}, which is not the one that ledger-root names.`,
    "Find out who made it; where that was an administrator of yours, name its root.",
  );
}
