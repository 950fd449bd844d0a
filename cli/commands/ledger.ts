import type { Command } from "../command.ts";
import { UsageError } from "../terminal.ts";
import { ledgerExport } from "./ledger-export.ts";
import { ledgerInit } from "./ledger-init.ts";
import { ledgerLog, ledgerShow } from "./ledger-log.ts";
import { ledgerProof } from "./ledger-proof.ts";
import { ledgerPin, ledgerVerify } from "./ledger-verify.ts";

const verbs = new Map<string, Command>([
  ["init", ledgerInit],
  ["log", ledgerLog],
  ["show", ledgerShow],
  ["verify", ledgerVerify],
  ["pin", ledgerPin],
  ["proof", ledgerProof],
  ["export", ledgerExport],
]);

/** `bailiff ledger …`: begins, reads, verifies and exports a ledger. */
export const ledgerCommand: Command = {
  verbs,
  usage: [...verbs.values()].map(({ usage }) => usage.trim()).join("\n"),

  run([verb = "", ...rest], terminal) {
    const found = verbs.get(verb);
    if (found !== undefined) return found.run(rest, terminal);
    const known = [...verbs.keys()].join(", ");
    throw new UsageError(`ledger: say one of ${known}`, "see `bailiff ledger --help`");
  },
};
