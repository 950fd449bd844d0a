import { openChangeSource } from "../../git/change-source.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { thisEvaluator } from "../../maestro/evaluator.ts";
import { govern, type Governed } from "../../maestro/govern.ts";
import type { Gate } from "../../maestro/ports.ts";
import { githubCommands } from "../../report/annotations-github.ts";
import { sarif } from "../../report/sarif.ts";
import { verdictJson } from "../../report/verdict-json.ts";
import { verdictText } from "../../report/verdict-text.ts";
import { localAction, refusingEmpty, resolveRange } from "../local-action.ts";
import type { LocalLedger, openLocalLedger } from "../local-ledger.ts";
import { localPolicies } from "../local-policies.ts";
import type { Command } from "../command.ts";
import { choice, parseOptions } from "../options.ts";
import { EXIT, type Terminal } from "../terminal.ts";

const FORMATS = ["text", "json", "sarif", "github"] as const;
type Format = (typeof FORMATS)[number];

/** `bailiff check`: judges a change of a local repository. */
export const checkCommand: Command = {
  usage: `
bailiff check [--repo DIR] [--base REV] [--head REV] [--policy FILE|PACK]… [--simulate]
              [--record [--key FILE] [--root DIGEST --repository-id ID]] [--format text|json|sarif|github]
  Judges the change from merge base to head. Exit: 0 ALLOW, WARN or simulated, 1 DENY,
  2 usage or invalid policy, 3 no verdict.`,

  async run(args, terminal) {
    const { values } = parseOptions("check", args, {
      repo: { type: "string" },
      base: { type: "string" },
      head: { type: "string" },
      policy: { type: "string", multiple: true },
      simulate: { type: "boolean" },
      record: { type: "boolean" },
      key: { type: "string" },
      root: { type: "string" },
      "repository-id": { type: "string" },
      format: { type: "string" },
    });
    const format = choice("format", values.format ?? "text", FORMATS);
    await using repository = await openRepository(values.repo ?? ".");
    await using ledger =
      values.record === true ? await openLedger(repository, values, terminal) : null;
    const governed = await governLocally(repository, ledger, {
      ...{ base: values.base, head: values.head },
      named: values.policy ?? [],
      simulate: values.simulate ?? false,
      at: terminal.now(),
    });
    terminal.out(shown(governed, format, terminal));
    return exitOf(governed);
  },
};

/** Loaded when it is asked for, as commands are. */
async function openLedger(...asked: Parameters<typeof openLocalLedger>): Promise<LocalLedger> {
  const { openLocalLedger } = await import("../local-ledger.ts");
  return openLocalLedger(...asked);
}

interface Asked {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly named: readonly string[];
  readonly simulate: boolean;
  readonly at: Date;
}

async function governLocally(
  repository: Repository,
  ledger: LocalLedger | null,
  { base, head, named, simulate, at }: Asked,
): Promise<Governed> {
  const repositoryId = ledger?.repositoryId ?? null;
  const range = await resolveRange(repository, { base, head });
  return govern(localAction(range, { name: "check", repositoryId, at }), {
    change: refusingEmpty(openChangeSource({ repository })),
    gate: exitStatusGate,
    ledger: ledger?.ledger ?? null,
    evaluator: thisEvaluator,
    policies: () => localPolicies(repository, range.base, { named, simulate, repositoryId }),
    external: () => Promise.resolve({ reviews: null, statuses: null }),
  });
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
      return sarif(judgement, thisEvaluator().version);
    case "github":
      return githubCommands(judgement);
  }
}

function exitOf({ outcome }: Governed): number {
  return outcome === "blocked" ? EXIT.denied : EXIT.ok;
}
