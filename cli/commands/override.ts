import { openRepository } from "../../git/repository.ts";
import { judge } from "../../rules/judge.ts";
import { isUnsettled, policyIdsOf } from "../../rules/verdict/decide.ts";
import { mayOverride } from "../../rules/break-glass/standing.ts";
import type { Evidence } from "../../rules/evidence.ts";
import { counted } from "../../report/counted.ts";
import { terminalText } from "../../report/escape/terminal.ts";
import type { NamedActor } from "../../rules/waivers/waiver.ts";
import type { Command } from "../command.ts";
import {
  CHANGE_OPTIONS,
  EXCEPTION_OPTIONS,
  namedBy,
  recordedActor,
  requiredWords,
} from "../exception-options.ts";
import { readExceptedChange } from "../excepted-change.ts";
import { openLocalLedger, readLedgerWriter } from "../local-ledger.ts";
import { parseOptions } from "../options.ts";
import { EXIT, UsageError } from "../terminal.ts";

/** `bailiff override`: lets one head pass in an emergency, on the record. */
export const overrideCommand: Command = {
  usage: `
bailiff override --because REASON --by LOGIN [--repo DIR] [--base REV] [--head REV] [--policies FILE|PACK]…
                 [--key FILE] [--root DIGEST --repository-id ID]
  Break-glass: settles whatever stands against exactly this head. Only people whom break_glass in the
  policy file names may, and somebody else has to review it: see \`bailiff incidents\`.`,

  async run(args, { env, now, out, say }) {
    const { values } = parseOptions("override", args, { ...EXCEPTION_OPTIONS, ...CHANGE_OPTIONS });
    const by = namedBy("override", values);
    const reason = requiredWords("override", values, "because");
    const { base, head, policies = [] } = values;
    await using repository = await openRepository(values.repo ?? ".");
    const writer = await readLedgerWriter(repository, values, env);
    await using local = await openLocalLedger(repository, writer, now);
    const { repositoryId } = local;
    const asked = { base, head, policies, repositoryId, at: now() };
    const evidence = await readExceptedChange(repository, asked);
    refuseUnnamed(by, evidence);
    const open = judge(evidence).verdict.reasons.filter(isUnsettled);
    const { listing } = evidence;
    if (open.length === 0) {
      throw new UsageError(
        `nothing stands against ${listing.head.slice(0, 7)}`,
        "it needs no override",
      );
    }
    const draft = {
      kind: "incident" as const,
      subject: { commit: listing.head, tree: listing.headTree },
      observed: await local.ledger.observe(),
      predicate: {
        ...{ type: "override", at: asked.at.toISOString(), repository: { id: repositoryId } },
        ...{ by: recordedActor(by), reason },
        ...{ policyIds: policyIdsOf(open), reasonsCount: open.length },
      },
    };
    const [placed] = await local.ledger.append([draft], new Map());
    const what = `${listing.head.slice(0, 7)} overridden by @${by.login}: ${reason}`;
    out(`${terminalText(`BREAK-GLASS: ${what}; ${counted(open.length, "reason")} stand`)}\n`);
    out(`On the record at index ${placed?.index ?? "?"}.\n`);
    say(
      "Judge the change again to let it pass; somebody else has to review this: `bailiff incidents`.",
    );
    return EXIT.ok;
  },
};

function refuseUnnamed(by: NamedActor, { policies }: Evidence): void {
  const { breakGlass = null } = policies;
  if (breakGlass === null) {
    throw new UsageError(
      "the policies name nobody who may override",
      "commit break_glass: { users: [LOGIN] } to the policy file of every layer",
    );
  }
  if (mayOverride(breakGlass, by)) return;
  const users = breakGlass.flatMap((layer) => layer.users).map((user) => `@${user}`);
  throw new UsageError(
    `@${by.login} is not among those who may override`,
    `ask ${users.join(", ") || "a team of break_glass, whose members are not proven here"}`,
  );
}
