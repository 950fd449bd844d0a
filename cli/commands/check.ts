import { openRepository, type Repository } from "../../git/repository.ts";
import { thisVersion } from "../../maestro/evaluator.ts";
import type { Governed } from "../../maestro/govern.ts";
import type { Gate } from "../../maestro/ports.ts";
import { githubCommands } from "../../report/annotations-github.ts";
import { sarif } from "../../report/sarif.ts";
import { verdictJson } from "../../report/verdict-json.ts";
import { verdictText } from "../../report/verdict-text.ts";
import { governLocally } from "../local-govern.ts";
import type { AskedLedger, LocalLedger } from "../local-ledger.ts";
import type { Command } from "../command.ts";
import { JUDGING_OPTIONS, refuseUnrecorded } from "../judging-options.ts";
import { choice, parseOptions } from "../options.ts";
import { EXIT, type Terminal } from "../terminal.ts";

const FORMATS = ["text", "json", "sarif", "github"] as const;
type Format = (typeof FORMATS)[number];

/** `bailiff check`: judges a change of a local repository. */
export const checkCommand: Command = {
  usage: `
bailiff check [--repo DIR] [--base REV] [--head REV] [--policy FILE|PACK]… [--simulate]
              [--record [--key FILE] [--root DIGEST --repository-id ID]] [--format text|json|sarif|github]
  Judges the change from merge base to head. Without --base that is the default branch (origin/HEAD,
  else main or master, here or of origin), without --head it is HEAD. Exit: 0 ALLOW, WARN or simulated, 1 DENY,
  2 usage or invalid policy, 3 no verdict.`,

  async run(args, terminal) {
    const { values } = parseOptions("check", args, JUDGING_OPTIONS);
    refuseUnrecorded("check", values);
    const format = choice("format", values.format ?? "text", FORMATS);
    await using repository = await openRepository(values.repo ?? ".");
    await using ledger =
      values.record === true ? await openLedger(repository, values, terminal) : null;
    const governed = await governLocally(repository, {
      name: "check",
      ...{ base: values.base, head: values.head },
      named: values.policy ?? [],
      simulate: values.simulate ?? false,
      at: terminal.now(),
      ledger: ledger?.ledger ?? null,
      repositoryId: ledger?.repositoryId ?? null,
      gate: exitStatusGate,
      triesCandidate: true,
    });
    terminal.out(shown(governed, format, terminal));
    return exitOf(governed);
  },
};

/** Loaded when it is asked for, as commands are. */
async function openLedger(
  repository: Repository,
  asked: AskedLedger,
  { env, now }: Terminal,
): Promise<LocalLedger> {
  const { openLocalLedger, readLedgerWriter } = await import("../local-ledger.ts");
  return openLocalLedger(repository, await readLedgerWriter(repository, asked, env), now);
}

/** The gate of a terminal is the exit status, which `exitOf` gives once all is said. */
const exitStatusGate: Gate = {
  begin: () => Promise.resolve(),
  conclude: ({ verdict: { decision, provenance } }) =>
    Promise.resolve(decision === "DENY" && !provenance.simulation ? "blocked" : "allowed"),
  fail: () => Promise.resolve(),
};

function shown({ judgement, record }: Governed, format: Format, { colour }: Terminal): string {
  switch (format) {
    case "text":
      return verdictText({ judgement, record, colour });
    case "json":
      return verdictJson(judgement, record);
    case "sarif":
      return sarif(judgement, thisVersion());
    case "github":
      return githubCommands(judgement);
  }
}

function exitOf({ outcome }: Governed): number {
  return outcome === "blocked" ? EXIT.denied : EXIT.ok;
}
