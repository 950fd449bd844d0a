import {
  overrideIn,
  reviewIn,
  type WaiverPredicate,
  waiverPredicate,
} from "../ledger/exception-predicates.ts";
import type { Ledger, StandingRecord, Subject } from "../ledger/record.ts";
import type { Override } from "../rules/break-glass/override.ts";
import type { Judgement } from "../rules/evidence.ts";
import type { External } from "../rules/facts/facts.ts";
import type { PolicySet } from "../rules/policy/policy-set.ts";
import { isUnsettled } from "../rules/verdict/decide.ts";
import { isSameLogin } from "../rules/facts/same-login.ts";
import type { Waiver } from "../rules/waivers/waiver.ts";

/** A grant that the ledger holds, and the leaf (hex) of its record. `revoked`: by a later record. */
export interface GrantedWaiver {
  readonly waiver: Waiver;
  readonly leaf: string;
  readonly subject: Subject;
  readonly revoked: boolean;
}

/** An emergency override that the ledger holds. `reviewed`: somebody else has looked at it since. */
export interface RecordedEmergency {
  readonly override: Override;
  readonly leaf: string;
  readonly subject: Subject;
  readonly reviewed: boolean;
}

/** The waivers that records tell of, in their order. What has not a waiver's form is none. */
export function grantsIn(records: readonly StandingRecord[]): readonly GrantedWaiver[] {
  const read = records.flatMap((record) => {
    const { data } = waiverPredicate.safeParse(record.predicate);
    return data === undefined ? [] : [{ ...record, data }];
  });
  const revoked = new Set(read.flatMap(({ data }) => (data.act === "revoke" ? data.revokes : [])));
  return read.flatMap(({ data, leaf, subject }) => {
    if (data.act !== "grant" || subject === null) return [];
    const waiver = waiverOf(data, subject.commit);
    return [{ waiver, leaf, subject, revoked: revoked.has(leaf) }];
  });
}

function waiverOf(data: WaiverPredicate & { act: "grant" }, commit: string): Waiver {
  const { id, policyId, document, findings, owner, reason, expires, at } = data;
  const { login, proven, via } = data.grantedBy;
  return {
    ...{ id, source: "record", policyId, document, repositoryId: data.repository.id, commit },
    ...{ findings, owner, reason, expires, grantedBy: { login, proven, via }, at },
  };
}

/** The overrides that records tell of, in their order. Nobody reviews what is their own. */
export function emergenciesIn(records: readonly StandingRecord[]): readonly RecordedEmergency[] {
  const reviews = records.flatMap(({ predicate }) => reviewIn(predicate) ?? []);
  return records.flatMap(({ predicate, leaf, subject }) => {
    const told = overrideIn(predicate);
    if (told === null || subject === null) return [];
    const { login, proven, via } = told.by;
    const { id, reason, at } = told;
    const override = {
      ...{ id, head: subject.commit, reason, at },
      repositoryId: told.repository.id,
    };
    const reviewed = reviews.some(
      (review) => review.closes === leaf && !isSameLogin(review.by.login, login),
    );
    return [{ override: { ...override, by: { login, proven, via } }, leaf, subject, reviewed }];
  });
}

/** What stands where nothing is excepted, and who could know of exceptions. */
interface Standing {
  readonly judgement: Judgement;
  readonly policies: PolicySet;
  readonly ledger: Ledger | null;
}

/**
 * The exceptions of a repository that its ledger holds, for a change against which something stands;
 * null where nothing does, or nobody keeps any. Of waivers only those of the policies that judge.
 */
export async function readExceptions({
  judgement,
  policies,
  ledger,
}: Standing): Promise<Pick<External, "waivers" | "overrides" | "awaitingReview"> | null> {
  if (ledger === null || !judgement.verdict.reasons.some(isUnsettled)) return null;
  const isWaivable = policies.policies.some(({ waivable }) => waivable !== false);
  const waivers = isWaivable ? grantsIn(await ledger.standing("waiver")) : [];
  const emergencies = emergenciesIn(await ledger.standing("incident"));
  const { id: repositoryId } = judgement.facts.repository;
  const { head } = judgement.facts.change;
  return {
    waivers: waivers
      .filter(({ waiver, revoked }) => !revoked && isAbout(waiver, policies))
      .map(({ waiver }) => waiver),
    overrides: emergencies.map(({ override }) => override).filter((one) => one.head === head),
    awaitingReview: emergencies.filter(
      ({ override, reviewed }) => !reviewed && override.repositoryId === repositoryId,
    ).length,
  };
}

function isAbout({ policyId, document }: Waiver, { policies }: PolicySet): boolean {
  return policies.some((policy) => policy.id === policyId && policy.document === document);
}
