import { openLedgerClone } from "../../git/ledger-clone.ts";
import type { Checkpoint } from "../../ledger/format/checkpoint.ts";
import { queryLineage, type LineageQuery } from "../../ledger/lineage/query.ts";
import { refuseUnsigned } from "../../ledger/signed-head.ts";
import { lineageJson } from "../../report/lineage-json.ts";
import { lineageText } from "../../report/lineage-text.ts";
import type { Command } from "../command.ts";
import { choice, parseOptions, wholeNumber } from "../options.ts";
import { NOT_VERIFIED, readingLedger } from "../reading-ledger.ts";
import { EXIT, UsageError } from "../terminal.ts";

const DECISIONS = ["ALLOW", "WARN", "DENY"] as const;

/** `bailiff lineage`: replays the ledger's records into a graph, and tells the part that was asked for. */
export const lineageCommand: Command = {
  usage: `
bailiff lineage [--repo DIR] [--commit SHA] [--pr N] [--actor A] [--policy ID] [--decision D]
                [--as-of INDEX] [--format text|json]
  What was judged, by which policies, with which outcome; every filter that is given must hold.`,

  async run(args, terminal) {
    const { values } = parseOptions("lineage", args, {
      repo: { type: "string" },
      commit: { type: "string" },
      pr: { type: "string" },
      actor: { type: "string" },
      policy: { type: "string" },
      decision: { type: "string" },
      "as-of": { type: "string" },
      format: { type: "string" },
    });
    const format = choice("format", values.format ?? "text", ["text", "json"]);
    const query: LineageQuery = {
      commit: values.commit,
      pullRequest: wholeNumber("pr", values.pr),
      actor: values.actor,
      policy: values.policy,
      decision:
        values.decision === undefined ? undefined : choice("decision", values.decision, DECISIONS),
      asOf: wholeNumber("as-of", values["as-of"]),
    };
    await using clone = await openLedgerClone({ repository: values.repo ?? "." });
    return await readingLedger(terminal, async () => {
      refuseBeyond(await refuseUnsigned(clone), query);
      const lineage = await queryLineage(clone, query);
      const { out, say, colour } = terminal;
      out(format === "json" ? lineageJson(lineage) : lineageText(lineage, { colour }));
      if (format === "text") say(NOT_VERIFIED);
      return EXIT.ok;
    });
  },
};

/** Nobody knows the ledger as it will be. */
function refuseBeyond({ size }: Checkpoint, { asOf = 0 }: LineageQuery): void {
  if (asOf < size) return;
  throw new UsageError(
    `--as-of ${asOf}: the ledger's last record is index ${size - 1}`,
    "see `bailiff ledger log`",
  );
}
