import { localEvidence } from "../../cli/local-evidence.ts";
import { localAction } from "../../cli/local-action.ts";
import { openChangeSource } from "../../git/change-source.ts";
import type { HistoricCommit } from "../../git/recent-commits.ts";
import type { Repository } from "../../git/repository.ts";
import { isRefusal } from "../../maestro/refusal.ts";
import type { Judgement } from "../../rules/evidence.ts";
import { judge } from "../../rules/judge.ts";
import { packSource } from "../../rules/packs/packs.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { PolicyCheck } from "../../rules/verdict/verdict.ts";
import type { Counted, Fired, Outcome } from "./outcome.ts";

const pack = packSource("bailiff:recommended");
const policies = loadPolicies(pack ? [pack] : [], false);

/** Judges one commit against its first parent, a first one against the empty tree. Never throws. */
export async function judgeCommit(
  repository: Repository,
  { commit, parents }: HistoricCommit,
): Promise<Outcome> {
  const started = performance.now();
  try {
    const range = { base: parents[0] ?? repository.emptyTree, head: commit };
    const { verdict, checks, facts } = await judgeRange(repository, range);
    return {
      result: "judged",
      commit,
      ms: performance.now() - started,
      decision: verdict.decision,
      fired: checks.flatMap(firedOf),
      deltas: countDeltas(facts.capabilities),
      unread: facts.completeness.unread.length,
    };
  } catch (error) {
    const result = isRefusal(error) ? "refused" : "crashed";
    return { result, commit, ms: performance.now() - started, why: whyOf(error) };
  }
}

async function judgeRange(
  repository: Repository,
  range: { readonly base: string; readonly head: string },
): Promise<Judgement> {
  const branches = { baseBranch: null, headBranch: null };
  const run = { name: "history", repositoryId: null, at: new Date() };
  const action = localAction({ ...range, ...branches }, run);
  const change = openChangeSource({ repository });
  return judge({ ...(await localEvidence(change, action, policies.policies)), policies });
}

/** One policy denies, or warns, or (the reserved ones) does either. */
function firedOf({ policyId, reasons }: PolicyCheck): Fired[] {
  return (["DENY", "WARN"] as const).flatMap((decision) => {
    const those = reasons.filter((reason) => reason.decision === decision);
    const [first] = those;
    if (!first) return [];
    const { path, line, message } = first;
    return [{ policyId, decision, reasons: those.length, first: { path, line, message } }];
  });
}

function countDeltas(capabilities: Judgement["facts"]["capabilities"]): Counted[] {
  const counts = new Map<string, Counted>();
  for (const { kind, delta } of capabilities) {
    const key = `${kind} ${delta}`;
    counts.set(key, { kind, delta, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function whyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
