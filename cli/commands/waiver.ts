import { openRepository } from "../../git/repository.ts";
import { grantsIn, type GrantedWaiver } from "../../maestro/exceptions.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { type ListedWaiver, waiversText } from "../../report/exceptions-text.ts";
import { instantOf } from "../../rules/waivers/instant.ts";
import type { Command } from "../command.ts";
import { commandFamily } from "../command-family.ts";
import { EXCEPTION_OPTIONS, namedBy, recordedActor, requiredWords } from "../exception-options.ts";
import { openLocalLedger, readLedgerWriter } from "../local-ledger.ts";
import { choice, parseOptions } from "../options.ts";
import { NOT_VERIFIED, readingLedger } from "../reading-ledger.ts";
import { recordedExceptions } from "../recorded-exceptions.ts";
import { EXIT, UsageError } from "../terminal.ts";
import { waiverGrant } from "./waiver-grant.ts";

const waiverList: Command = {
  usage: `
bailiff waiver list   [--repo DIR] [--format text|json]
  Every waiver on the record, and whether it is open, expired or revoked.`,

  async run(args, terminal) {
    const { values } = parseOptions("waiver list", args, {
      repo: { type: "string" },
      format: { type: "string" },
    });
    const format = choice("format", values.format ?? "text", ["text", "json"]);
    return await readingLedger(terminal, async () => {
      const { out, say, now } = terminal;
      const grants = grantsIn(await recordedExceptions(values.repo ?? ".", "waiver"));
      const listed = grants.map((grant) => listedWaiver(grant, now()));
      out(format === "json" ? jsonDocument(listed) : waiversText(listed));
      if (format === "text") say(NOT_VERIFIED);
      return EXIT.ok;
    });
  },
};

function listedWaiver({ waiver, revoked }: GrantedWaiver, now: Date): ListedWaiver {
  const isOver = (instantOf(waiver.expires) ?? 0) <= now.getTime();
  return { waiver, state: revoked ? "revoked" : isOver ? "expired" : "open" };
}

const waiverRevoke: Command = {
  usage: `
bailiff waiver revoke ID --because REASON --by LOGIN [--repo DIR] [--key FILE] [--root DIGEST --repository-id ID]
  Ends a waiver, on the record. Its ID is in \`waiver list\`.`,

  async run(args, { env, now, out }) {
    const name = "waiver revoke";
    const { values, words } = parseOptions(name, args, EXCEPTION_OPTIONS, { atMost: 1 });
    const by = namedBy(name, values);
    const reason = requiredWords(name, values, "because");
    await using repository = await openRepository(values.repo ?? ".");
    const writer = await readLedgerWriter(repository, values, env);
    await using local = await openLocalLedger(repository, writer, now);
    const grants = grantsIn(await local.ledger.standing("waiver"));
    const found = grants.find(({ waiver, revoked }) => waiver.id === words[0] && !revoked);
    if (found === undefined) {
      throw new UsageError(
        `${name}: there is no open waiver ${words[0] ?? "without an ID"}`,
        "see `bailiff waiver list`",
      );
    }
    const draft = {
      kind: "waiver" as const,
      subject: found.subject,
      observed: await local.ledger.observe(),
      predicate: {
        ...{ act: "revoke", at: now().toISOString(), repository: { id: local.repositoryId } },
        ...{ revokes: found.leaf, reason, revokedBy: recordedActor(by) },
      },
    };
    await local.ledger.append([draft], new Map());
    out(waiversText([{ waiver: found.waiver, state: "revoked" }]));
    return EXIT.ok;
  },
};

/** `bailiff waiver …`: exceptions from policies, on the record. */
export const waiverCommand = commandFamily("waiver", [
  ["grant", waiverGrant],
  ["list", waiverList],
  ["revoke", waiverRevoke],
]);
