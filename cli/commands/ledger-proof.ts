import { openLedgerClone } from "../../git/ledger-clone.ts";
import { proveRecord } from "../../ledger/export/prove-record.ts";
import type { Command } from "../command.ts";
import { parseOptions, recordIndex } from "../options.ts";
import { readingLedger } from "../reading-ledger.ts";
import { EXIT, UsageError } from "../terminal.ts";

/** `bailiff ledger proof INDEX`: that one record is in the log, for anybody's tool. */
export const ledgerProof: Command = {
  usage: `
bailiff ledger proof  INDEX [--repo DIR] [--ref REV]
  A C2SP tlog-proof of one record, with the checkpoint: who has it needs no clone.`,

  async run(args, terminal) {
    const options = { repo: { type: "string" }, ref: { type: "string" } } as const;
    const { values, words } = parseOptions("ledger proof", args, options, { atMost: 1 });
    const index = recordIndex("ledger proof", words[0]);
    const { repo: repository = ".", ref } = values;
    await using clone = await openLedgerClone(
      ref === undefined ? { repository } : { repository, ref },
    );
    return await readingLedger(terminal, async () => {
      const proof = await proveRecord(clone, index);
      if (proof === null) {
        throw new UsageError(`the ledger has no record ${index}`, "see `bailiff ledger log`");
      }
      terminal.out(Buffer.from(proof).toString("utf8"));
      return EXIT.ok;
    });
  },
};
