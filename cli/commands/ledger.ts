import { commandFamily } from "../command-family.ts";
import { ledgerExport } from "./ledger-export.ts";
import { ledgerInit } from "./ledger-init.ts";
import { ledgerLog, ledgerShow } from "./ledger-log.ts";
import { ledgerProof } from "./ledger-proof.ts";
import { ledgerPin, ledgerVerify } from "./ledger-verify.ts";

/** `bailiff ledger …`: begins, reads, verifies and exports a ledger. */
export const ledgerCommand = commandFamily("ledger", [
  ["init", ledgerInit],
  ["log", ledgerLog],
  ["show", ledgerShow],
  ["verify", ledgerVerify],
  ["pin", ledgerPin],
  ["proof", ledgerProof],
  ["export", ledgerExport],
]);
