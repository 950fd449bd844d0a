import type { PlacedRecord } from "../ledger/record.ts";
import type { Evidence, Judgement } from "../rules/evidence.ts";
import { judge, judgeAgain, wantedContents } from "../rules/judge.ts";
import type { Listing } from "../rules/change/listing.ts";
import type { External } from "../rules/facts/facts.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import { askedFacts } from "../rules/policy/facts-asked.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { readExceptions } from "./exceptions.ts";
import { listedWithOwners } from "./owners.ts";
import type { GovernedAction, Outcome, Ports, Trouble } from "./ports.ts";
import { isRefusal } from "./refusal.ts";
import { reviewCandidate } from "./review-candidate.ts";
import { seenChanges } from "./seen-change.ts";
import { verdictRecord } from "./verdict-record.ts";

/** What one governed run came to. */
export interface Governed {
  readonly judgement: Judgement;
  readonly listing: Listing;
  readonly record: PlacedRecord | null;
  readonly outcome: Outcome;
}

/**
 * Runs one action through its gate: gather → judge → record → enforce.
 *
 * The gate concludes only after the verdict's record is durable. Whatever fails before that
 * blocks the gate with its reason, and is thrown on to the host.
 */
export async function govern(action: GovernedAction, ports: Ports): Promise<Governed> {
  await ports.gate.begin(action);
  const { judgement, listing, record } = await judgeAndRecord(action, ports).catch(
    async (error: unknown) => {
      // A gate that cannot say it either must not hide what went wrong.
      await ports.gate.fail(action, troubleOf(error)).catch(() => undefined);
      throw error;
    },
  );
  const outcome = await ports.gate.conclude(judgement, record);
  return { judgement, listing, record, outcome };
}

async function judgeAndRecord(action: GovernedAction, ports: Ports) {
  const [policies, listing, observed] = await Promise.all([
    ports.policies(action),
    ports.change.list(action),
    ports.ledger?.observe() ?? null,
  ]);
  const { judgement: judged, evidence } = await judgeListing({ action, ports, policies, listing });
  const judgement = await withReview(judged, evidence, ports);
  const { external } = evidence;
  if (ports.ledger === null || observed === null) return { judgement, listing, record: null };

  const filesDigest = await ports.change.digest(listing);
  const draft = verdictRecord({
    action,
    listing,
    filesDigest,
    policies,
    external,
    judgement,
    evaluator: ports.evaluator(),
    observed,
  });
  const [record] = await ports.ledger.append([draft], documentsOf(policies));
  if (record === undefined) throw new Error("the ledger placed no record, and gave no reason");
  return { judgement, listing, record };
}

async function judgeListing(run: {
  action: GovernedAction;
  ports: Ports;
  policies: PolicySet;
  listing: Listing;
}): Promise<{ readonly judgement: Judgement; readonly evidence: Evidence }> {
  const { action, ports, policies } = run;
  const listing = await listedWithOwners(run.listing, policies, ports.change);
  const contents = await ports.change.read(listing, wantedContents(listing));
  const asked = askedFacts(policies.policies);
  const commits = asked.commits ? await ports.change.commits(listing) : null;
  const evidenceWith = (external: External): Evidence => ({
    action: action.facts,
    repository: action.repository,
    origin: action.origin,
    ...{ policies, listing, external, contents, commits },
  });
  const unknowing = (): Judgement => judge(evidenceWith(NOTHING_KNOWN));
  const saw = seenChanges(action, ports.change, listing);
  const evidence = evidenceWith(await ports.external(action, policies, unknowing, saw));
  const judgement = judge(evidence);
  const exceptions = await readExceptions({ judgement, policies, ledger: ports.ledger });
  if (exceptions === null) return { judgement, evidence };
  const excepted = evidenceWith({ ...evidence.external, ...exceptions });
  return { judgement: judgeAgain(judgement.facts, excepted), evidence: excepted };
}

/** Policies that the change brings are tried on the past before it is recorded: that takes a while. */
async function withReview(
  judgement: Judgement,
  evidence: Evidence,
  { past, change }: Ports,
): Promise<Judgement> {
  if (past === undefined) return judgement;
  const nowMs = () => performance.now();
  const candidate = await reviewCandidate(evidence, { past, change, nowMs });
  return candidate === null ? judgement : { ...judgement, candidate };
}

function documentsOf({ sources, waiverFile }: PolicySet): ReadonlyMap<string, Uint8Array> {
  const all = waiverFile === undefined ? sources : [...sources, waiverFile.source];
  return new Map(all.map(({ digest, bytes }) => [digest, bytes]));
}

/** What a gate may say of a failure: a room's refusal explains itself, a defect of ours does not. */
export function troubleOf(error: unknown): Trouble {
  if (isRefusal(error)) {
    return { message: error.message, remedy: error.remedy ?? "Mend it, then run the check again." };
  }
  return {
    message: "Bailiff failed before it reached a verdict.",
    remedy: "Run the check again; if it fails again, tell the people who run this Bailiff.",
  };
}
