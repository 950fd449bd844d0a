import { randomBytes } from "node:crypto";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { ledgerHeads, REMOTE_LEDGER_REF } from "../../git/ledger-clone.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { initLedger } from "../../ledger/genesis.ts";
import type { Command } from "../command.ts";
import { makeRoomForNote, noteTrustedLedger, stateFolder } from "../local-ledger.ts";
import { hostedRepositoryId, parseOptions } from "../options.ts";
import { readSigningKey } from "../signing-key.ts";
import { EXIT, UsageError } from "../terminal.ts";

/** `bailiff ledger init`: begins a ledger, once, by an administrator. */
export const ledgerInit: Command = {
  usage: `
bailiff ledger init   [--repo DIR] [--key FILE] [--repository-id ID]
  Begins a ledger on the orphan branch governance-ledger, and prints its pin. ID is the
  repository's numeric id on its host; a repository that has none gets a random one.`,

  async run(args, terminal) {
    const { values } = parseOptions("ledger init", args, {
      repo: { type: "string" },
      key: { type: "string" },
      "repository-id": { type: "string" },
    });
    const key = await readSigningKey(values.key, terminal.env);
    const id = values["repository-id"];
    const repositoryId =
      id === undefined ? `local-${randomBytes(8).toString("hex")}` : hostedRepositoryId(id);
    await using repository = await openRepository(values.repo ?? ".");
    await refuseSecondLedger(repository);
    await makeRoomForNote(repository);
    await using branch = await openLedgerBranch({
      repository,
      now: terminal.now,
      notes: stateFolder(repository),
    });
    const pin = await initLedger(branch, { key, repositories: [repositoryId], at: terminal.now() });
    await noteTrustedLedger(repository, { root: pin.split(" ").at(-1) ?? "", repositoryId });
    terminal.say(
      "One key holds the roles root, records and checkpoint: who has it can rewrite this ledger. Publish the pin out of band; it is what an auditor needs.",
    );
    terminal.out(`${pin}\n`);
    return EXIT.ok;
  },
};

/** Where origin has one, another could not be pushed, and nobody would see what is recorded in it. */
async function refuseSecondLedger(repository: Repository): Promise<void> {
  const heads = await ledgerHeads(repository);
  if (!heads.some(({ ref }) => ref === REMOTE_LEDGER_REF)) return;
  throw new UsageError(
    "origin has a ledger (origin/governance-ledger)",
    "fetch it with `git fetch origin governance-ledger:governance-ledger`, and write with --root and --repository-id",
  );
}
