import { openLedgerClone } from "../../git/ledger-clone.ts";
import { exportLedger } from "../../ledger/export/export-ledger.ts";
import { verifierKeys } from "../../ledger/export/verifier-keys.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import { counted } from "../../report/counted.ts";
import { verificationText } from "../../report/verification-text.ts";
import type { Command } from "../command.ts";
import { openExportFolder } from "../export-folder.ts";
import { parseOptions } from "../options.ts";
import { EXIT, UsageError } from "../terminal.ts";
import { readPin } from "./ledger-verify.ts";

/** `bailiff ledger export`: a ledger that verified, as a directory that other tools check. */
export const ledgerExport: Command = {
  usage: `
bailiff ledger export --to DIR [--repo DIR] [--ref REV] [--pin PIN]
  Writes the ledger, once it verified, as a C2SP tlog-tiles directory for somebody else's tools,
  or continues an earlier export of it. Prints the key that its checkpoint is checked with.
  Exit: 0 it was exported, 1 the ledger does not hold.`,

  async run(args, { out, say, colour }) {
    const { values } = parseOptions("ledger export", args, {
      to: { type: "string" },
      repo: { type: "string" },
      ref: { type: "string" },
      pin: { type: "string" },
    });
    const { to, repo: repository = ".", ref } = values;
    if (to === undefined) {
      throw new UsageError("ledger export: --to is missing", "name an empty or absent folder");
    }
    const folder = openExportFolder(to);
    const pin = values.pin === undefined ? undefined : readPin(values.pin);
    await using clone = await openLedgerClone(
      ref === undefined ? { repository } : { repository, ref },
    );
    const verification = await verifyLedger(clone, { pin });
    if (!verification.ok) {
      const readAt = { ref: ref ?? "the ledger's branch", commit: clone.commit };
      say(verificationText(verification, { colour, readAt }).trimEnd());
      return EXIT.denied;
    }
    const { size, before } = await exportLedger(clone, folder);
    say(`Exported ${counted(size, "record")}, ${size - before} of them new.`);
    out(`${(await verifierKeys(clone)).join("\n")}\n`);
    return EXIT.ok;
  },
};
