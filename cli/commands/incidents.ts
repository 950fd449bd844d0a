import { openRepository } from "../../git/repository.ts";
import { emergenciesIn } from "../../maestro/exceptions.ts";
import { jsonDocument } from "../../report/escape/json.ts";
import { type ListedOverride, overridesText } from "../../report/exceptions-text.ts";
import { isSameLogin } from "../../rules/facts/same-login.ts";
import type { Command } from "../command.ts";
import { EXCEPTION_OPTIONS, namedBy, recordedActor, requiredWords } from "../exception-options.ts";
import { openLocalLedger, readLedgerWriter } from "../local-ledger.ts";
import { choice, parseOptions } from "../options.ts";
import { NOT_VERIFIED, readingLedger } from "../reading-ledger.ts";
import { recordedExceptions } from "../recorded-exceptions.ts";
import { EXIT, type Terminal, UsageError } from "../terminal.ts";

/** `bailiff incidents`: the emergency overrides that wait for their review. */
export const incidentsCommand: Command = {
  usage: `
bailiff incidents [--all] [--check] [--repo DIR] [--format text|json]
  The emergency overrides that nobody reviewed yet; --all lists the others too. With --check it exits
  with 1 while there is one.
bailiff incidents review ID --because REASON --by LOGIN [--repo DIR] [--key FILE] [--root DIGEST --repository-id ID]
  Closes one, on the record: somebody else than who overrode has looked at it.`,

  run: ([verb, ...rest], terminal) =>
    verb === "review" ? review(rest, terminal) : list([verb ?? [], rest].flat(), terminal),
};

async function list(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseOptions("incidents", args, {
    repo: { type: "string" },
    all: { type: "boolean" },
    check: { type: "boolean" },
    format: { type: "string" },
  });
  const format = choice("format", values.format ?? "text", ["text", "json"]);
  return await readingLedger(terminal, async () => {
    const { out, say } = terminal;
    const all = emergenciesIn(await recordedExceptions(values.repo ?? ".", "incident"));
    const listed = all.map(({ override, reviewed }): ListedOverride => ({
      override,
      state: reviewed ? "reviewed" : "open",
    }));
    const open = listed.filter(({ state }) => state === "open");
    const shown = values.all === true ? listed : open;
    out(format === "json" ? jsonDocument(shown) : overridesText(shown));
    if (format === "text") say(NOT_VERIFIED);
    return values.check === true && open.length > 0 ? EXIT.denied : EXIT.ok;
  });
}

async function review(args: readonly string[], { env, now, out }: Terminal): Promise<number> {
  const name = "incidents review";
  const { values, words } = parseOptions(name, args, EXCEPTION_OPTIONS, { atMost: 1 });
  const by = namedBy(name, values);
  const reason = requiredWords(name, values, "because");
  await using repository = await openRepository(values.repo ?? ".");
  const writer = await readLedgerWriter(repository, values, env);
  await using local = await openLocalLedger(repository, writer, now);
  const all = emergenciesIn(await local.ledger.standing("incident"));
  const found = all.find(({ override, reviewed }) => override.id === words[0] && !reviewed);
  if (found === undefined) {
    const what = `${name}: there is no open incident ${words[0] ?? "without an ID"}`;
    throw new UsageError(what, "see `bailiff incidents`");
  }
  if (isSameLogin(found.override.by.login, by.login)) {
    throw new UsageError(
      `@${by.login} overrode it, and reviews nothing of that`,
      "let somebody else review it",
    );
  }
  const predicate = {
    ...{ type: "review", at: now().toISOString(), repository: { id: local.repositoryId } },
    ...{ closes: found.leaf, by: recordedActor(by), reason },
  };
  const observed = await local.ledger.observe();
  const { subject } = found;
  await local.ledger.append([{ kind: "incident", subject, observed, predicate }], new Map());
  out(overridesText([{ override: found.override, state: "reviewed" }]));
  return EXIT.ok;
}
