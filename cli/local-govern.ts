import { openChangeSource } from "../git/change-source.ts";
import { openPastChanges } from "../git/past-changes.ts";
import type { Repository } from "../git/repository.ts";
import type { Ledger } from "../ledger/record.ts";
import { thisEvaluator } from "../maestro/evaluator.ts";
import { govern, type Governed } from "../maestro/govern.ts";
import type { Gate } from "../maestro/ports.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import { localAction, refusingEmpty, resolveRange, type AskedRange } from "./local-action.ts";
import { localPolicies } from "./local-policies.ts";

/** One run of a command on this machine: what is judged, by what, and the gate that it has to pass. */
export interface LocalRun extends AskedRange {
  /** What policies see as `action.name`. */
  readonly name: string;
  /** Policy files and packs that judge instead of the repository's own. */
  readonly named: readonly string[];
  readonly simulate: boolean;
  readonly at: Date;
  readonly ledger: Ledger | null;
  /** The id that the ledger knows the repository by, null without a ledger. */
  readonly repositoryId: string | null;
  readonly gate: Gate;
  /** Whether policies that the change brings are tried on what came in before. */
  readonly triesCandidate?: boolean;
}

/** Judges a change of a local repository, records it where there is a ledger, and concludes the gate. */
export async function governLocally(repository: Repository, run: LocalRun): Promise<Governed> {
  const { name, named, simulate, at, ledger, repositoryId, gate } = run;
  const range = await resolveRange(repository, run);
  return govern(localAction(range, { name, repositoryId, at }), {
    change: refusingEmpty(openChangeSource({ repository }), run),
    ...{ gate, ledger },
    // Those that were named judge here, and not the repository's own.
    ...(run.triesCandidate === true &&
      named.length === 0 && { past: openPastChanges({ repository }) }),
    evaluator: thisEvaluator,
    policies: () => localPolicies(repository, range.base, { named, simulate, repositoryId }),
    external: () => Promise.resolve(NOTHING_KNOWN),
  });
}
