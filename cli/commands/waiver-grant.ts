import { openRepository } from "../../git/repository.ts";
import type { RecordDraft } from "../../ledger/record.ts";
import { grantsIn } from "../../maestro/exceptions.ts";
import { waiversText } from "../../report/exceptions-text.ts";
import type { Evidence } from "../../rules/evidence.ts";
import { buildFacts } from "../../rules/facts/build.ts";
import { instantOf } from "../../rules/waivers/instant.ts";
import { openFindings, type OpenFindings } from "../../rules/waivers/open-findings.ts";
import { whyVoid, type WhyVoid } from "../../rules/waivers/standing.ts";
import type { Waiver } from "../../rules/waivers/waiver.ts";
import { waiverContext } from "../../rules/waivers/waiving.ts";
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
import { parseOptions, repositoryId } from "../options.ts";
import { EXIT, UsageError } from "../terminal.ts";

const NAME = "waiver grant";
const OPTIONS = {
  ...EXCEPTION_OPTIONS,
  ...CHANGE_OPTIONS,
  policy: { type: "string" },
  until: { type: "string" },
  owner: { type: "string" },
  print: { type: "boolean" },
} as const;

/** `bailiff waiver grant`: excepts what a policy finds in a change, on the record. */
export const waiverGrant: Command = {
  usage: `
bailiff waiver grant  --policy ID --until DATE --because REASON --by LOGIN [--owner WHO] [--repo DIR]
                      [--base REV] [--head REV] [--policies FILE|PACK]…
                      [--key FILE] [--root DIGEST --repository-id ID] | [--print --repository-id ID]
  Waives what the policy finds in this change, and nothing that comes later, until the end of that day
  (UTC). --print writes an entry for .github/bailiff-waivers.yml instead of a record.`,

  async run(args, { env, now, out }) {
    const { values } = parseOptions(NAME, args, OPTIONS);
    const by = namedBy(NAME, values);
    const owner = values.owner === undefined ? by.login : requiredWords(NAME, values, "owner");
    const asked = {
      policyId: requiredWords(NAME, values, "policy"),
      reason: requiredWords(NAME, values, "because"),
      expires: untilOf(requiredWords(NAME, values, "until")),
      ...{ owner, grantedBy: by, at: now().toISOString() },
    };
    const { base, head, policies = [] } = values;
    const change = { base, head, policies, at: now() };
    await using repository = await openRepository(values.repo ?? ".");
    if (values.print === true) {
      const id = repositoryId(requiredWords(NAME, values, "repository-id"));
      const evidence = await readExceptedChange(repository, { ...change, repositoryId: id });
      out(
        waiversOf({ ...asked, source: "file", grantedBy: null }, evidence)
          .map(entryText)
          .join(""),
      );
      return EXIT.ok;
    }
    const writer = await readLedgerWriter(repository, values, env);
    await using local = await openLocalLedger(repository, writer, now);
    const evidence = await readExceptedChange(repository, {
      ...change,
      repositoryId: local.repositoryId,
    });
    const waivers = waiversOf({ ...asked, source: "record" }, evidence);
    const observed = await local.ledger.observe();
    const drafts = waivers.map((waiver) => draftOf(waiver, evidence, observed));
    const placed = await local.ledger.append(drafts, new Map());
    const leaves = placed.map(({ leaf }) => leaf);
    const granted = grantsIn(await local.ledger.standing("waiver"));
    const mine = granted.filter(({ leaf }) => leaves.includes(leaf));
    out(waiversText(mine.map(({ waiver }) => ({ waiver, state: "open" }))));
    return EXIT.ok;
  },
};

function untilOf(text: string): string {
  const instant = instantOf(text);
  if (instant !== null) return new Date(instant).toISOString();
  throw new UsageError(
    `--until ${JSON.stringify(text)} is no date`,
    "write a day (2026-12-31) or a time in UTC (2026-12-31T12:00:00Z)",
  );
}

type Asked = Pick<
  Waiver,
  "policyId" | "reason" | "expires" | "owner" | "grantedBy" | "at" | "source"
>;

/** One for each document that has such a policy; throws a `UsageError` for one that would not stand. */
function waiversOf(asked: Asked, evidence: Evidence): readonly Waiver[] {
  const { policies } = evidence.policies;
  const ids = [...new Set(policies.map(({ id }) => id))];
  if (!ids.includes(asked.policyId)) {
    throw new UsageError(`there is no policy ${asked.policyId}`, `use one of ${ids.join(", ")}`);
  }
  const found = openFindings(asked.policyId, {
    ...{ policies, facts: buildFacts(evidence), listing: evidence.listing },
  }).filter(({ findings }) => findings.length > 0);
  if (found.length === 0) {
    throw new UsageError(
      `${asked.policyId} finds nothing in this change that could be waived`,
      "see what it finds with `bailiff check`",
    );
  }
  return found.map((one) => standingOrRefused(waiverOf(asked, one, evidence), evidence));
}

const MAX_FINDINGS = 1000;

function waiverOf(asked: Asked, { document, findings }: OpenFindings, evidence: Evidence): Waiver {
  if (findings.length > MAX_FINDINGS) {
    throw new UsageError(
      `${asked.policyId} finds ${findings.length} things, and a waiver names at most ${MAX_FINDINGS}`,
      "split the change",
    );
  }
  const { repository, listing } = evidence;
  const id = `${asked.policyId}-${listing.head.slice(0, 12)}`;
  return {
    ...asked,
    id,
    document,
    repositoryId: repository.id ?? "",
    commit: listing.head,
    findings,
  };
}

function standingOrRefused(waiver: Waiver, evidence: Evidence): Waiver {
  const context = waiverContext(evidence);
  const why = whyVoid(waiver, context);
  if (why === null) return waiver;
  const days = context.settings.longestMs / 86_400_000;
  const [what, remedy] = REFUSALS[why] ?? [`it would not stand: ${why}`, "correct it"];
  throw new UsageError(`the waiver is refused: ${what}`, remedy.replace("DAYS", String(days)));
}

const REFUSALS: Partial<Record<WhyVoid, readonly [what: string, remedy: string]>> = {
  expired: ["--until has passed", "name a day to come"],
  "too-long": ["--until is further away than the policies allow", "name a day within DAYS days"],
  "not-waivable": [
    "the policy does not allow it",
    "ask who owns the policy: waivable says record, file or false",
  ],
  "not-granted": [
    "whoever grants it is not among those whom the policies name in waivers.grant",
    "let one of its users grant it; teams and roles are not proven here",
  ],
};

function draftOf(
  waiver: Waiver,
  { listing: { head, headTree } }: Evidence,
  observed: RecordDraft["observed"],
): RecordDraft {
  const { policyId, document, findings, owner, reason, expires, grantedBy, at } = waiver;
  return {
    kind: "waiver",
    subject: { commit: head, tree: headTree },
    observed,
    predicate: {
      ...{ act: "grant", at, repository: { id: waiver.repositoryId }, policyId, document },
      ...{ findings: [...findings], owner, reason, expires },
      grantedBy: grantedBy && recordedActor(grantedBy),
    },
  };
}

/** JSON's texts are YAML's. */
function entryText(waiver: Waiver): string {
  const { id, policyId, document, repositoryId: repository, commit, findings, owner } = waiver;
  const entry = {
    ...{ id, policy: policyId, document, repository, commit, findings, owner },
    ...{ reason: waiver.reason, granted: waiver.at, expires: waiver.expires },
  };
  return Object.entries(entry)
    .map(([key, value], at) => `${at === 0 ? "  - " : "    "}${key}: ${JSON.stringify(value)}\n`)
    .join("");
}
