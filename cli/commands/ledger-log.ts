import { openLedgerClone } from "../../git/ledger-clone.ts";
import { replay } from "../../ledger/replay.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { ledgerLogLine } from "../../report/ledger-log-text.ts";
import { recordJson, recordText } from "../../report/record-text.ts";
import type { Command } from "../command.ts";
import { choice, parseOptions, wholeNumber } from "../options.ts";
import { EXIT, UsageError } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;

/** `bailiff ledger log`: every record, a line each, oldest first. */
export const ledgerLog: Command = {
  usage: `
bailiff ledger log    [--repo DIR] [--format text|json]
  Every record, oldest first, a line each. Reads; \`ledger verify\` is what proves.`,

  async run(args, { out, colour }) {
    const { values } = parseOptions("ledger log", args, {
      repo: { type: "string" },
      format: { type: "string" },
    });
    const format = choice("format", values.format ?? "text", FORMATS);
    await using clone = await openLedgerClone({ repository: values.repo ?? "." });
    const entries: unknown[] = [];
    for await (const record of replay(clone)) {
      if (format === "text") out(ledgerLogLine(record, { colour }));
      else {
        const { index, leaf, kind, predicate } = record;
        entries.push({ index, leaf, kind, at: predicate.at, id: predicate.id });
      }
    }
    if (format === "json") out(jsonDocument(entries));
    return EXIT.ok;
  },
};

/** `bailiff ledger show INDEX`: one record, whole. */
export const ledgerShow: Command = {
  usage: `
bailiff ledger show   INDEX [--repo DIR] [--format text|json]
  One record, whole.`,

  async run(args, { out, colour }) {
    const options = { repo: { type: "string" }, format: { type: "string" } } as const;
    const { values, words } = parseOptions("ledger show", args, options, { atMost: 1 });
    const format = choice("format", values.format ?? "text", FORMATS);
    const index = wholeNumber("index", words[0]);
    if (index === undefined) {
      throw new UsageError("ledger show: INDEX is missing", "see `bailiff ledger log`");
    }
    await using clone = await openLedgerClone({ repository: values.repo ?? "." });
    for await (const record of replay(clone, { only: new Set([index]) })) {
      out(format === "json" ? recordJson(record) : recordText(record, { colour }));
      return EXIT.ok;
    }
    throw new UsageError(`the ledger has no record ${index}`, "see `bailiff ledger log`");
  },
};
