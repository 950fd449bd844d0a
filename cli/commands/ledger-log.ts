import { openLedgerClone } from "../../git/ledger-clone.ts";
import type { LedgerClone } from "../../ledger/branch.ts";
import { replay } from "../../ledger/replay.ts";
import { refuseUnsigned } from "../../ledger/signed-head.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { ledgerLogLine } from "../../report/ledger-log-text.ts";
import { recordJson, recordText } from "../../report/record-text.ts";
import type { Command } from "../command.ts";
import { choice, parseOptions, recordIndex } from "../options.ts";
import { NOT_VERIFIED, readingLedger } from "../reading-ledger.ts";
import { EXIT, UsageError, type Terminal } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;

/** `bailiff ledger log`: every record, a line each, oldest first. */
export const ledgerLog: Command = {
  usage: `
bailiff ledger log    [--repo DIR] [--format text|json]
  Every record, oldest first, a line each. Reads; \`ledger verify\` is what proves.`,

  async run(args, terminal) {
    const { values } = parseOptions("ledger log", args, {
      repo: { type: "string" },
      format: { type: "string" },
    });
    const format = choice("format", values.format ?? "text", FORMATS);
    await using clone = await openLedgerClone({ repository: values.repo ?? "." });
    return await readingLedger(terminal, async () => {
      await refuseUnsigned(clone);
      await (format === "json" ? logJson(clone, terminal) : logText(clone, terminal));
      return EXIT.ok;
    });
  },
};

async function logText(clone: LedgerClone, { out, say, colour }: Terminal): Promise<void> {
  for await (const record of replay(clone)) out(ledgerLogLine(record, { colour }));
  say(NOT_VERIFIED);
}

async function logJson(clone: LedgerClone, { out }: Terminal): Promise<void> {
  const entries: unknown[] = [];
  for await (const { index, leaf, kind, predicate } of replay(clone)) {
    entries.push({ index, leaf, kind, at: predicate.at, id: predicate.id });
  }
  out(jsonDocument(entries));
}

/** `bailiff ledger show INDEX`: one record, whole. */
export const ledgerShow: Command = {
  usage: `
bailiff ledger show   INDEX [--repo DIR] [--format text|json]
  One record, whole.`,

  async run(args, terminal) {
    const options = { repo: { type: "string" }, format: { type: "string" } } as const;
    const { values, words } = parseOptions("ledger show", args, options, { atMost: 1 });
    const format = choice("format", values.format ?? "text", FORMATS);
    const index = recordIndex("ledger show", words[0]);
    await using clone = await openLedgerClone({ repository: values.repo ?? "." });
    return await readingLedger(terminal, async () => {
      await refuseUnsigned(clone);
      const { out, say, colour } = terminal;
      for await (const record of replay(clone, { only: new Set([index]) })) {
        out(format === "json" ? recordJson(record) : recordText(record, { colour }));
        if (format === "text") say(NOT_VERIFIED);
        return EXIT.ok;
      }
      throw new UsageError(`the ledger has no record ${index}`, "see `bailiff ledger log`");
    });
  },
};
