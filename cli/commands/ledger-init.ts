import { randomBytes } from "node:crypto";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { openRepository } from "../../git/repository.ts";
import { initLedger } from "../../ledger/genesis.ts";
import type { Command } from "../command.ts";
import { noteTrustedLedger } from "../local-ledger.ts";
import { parseOptions } from "../options.ts";
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
    const repositoryId = values["repository-id"] ?? `local-${randomBytes(8).toString("hex")}`;
    refuseOddId(repositoryId);
    await using repository = await openRepository(values.repo ?? ".");
    await using branch = await openLedgerBranch({ repository, now: terminal.now });
    const pin = await initLedger(branch, { key, repositories: [repositoryId], at: terminal.now() });
    await noteTrustedLedger(repository, { root: pin.split(" ").at(-1) ?? "", repositoryId });
    terminal.say(
      "One key holds the roles root, records and checkpoint: who has it can rewrite this ledger. Publish the pin out of band; it is what an auditor needs.",
    );
    terminal.out(`${pin}\n`);
    return EXIT.ok;
  },
};

function refuseOddId(id: string): void {
  if (/^[A-Za-z0-9-]{1,64}$/.test(id)) return;
  throw new UsageError(
    `--repository-id ${JSON.stringify(id)} is not an id`,
    "use the numeric id that the host gives (`gh api repos/OWNER/NAME --jq .id`)",
  );
}
