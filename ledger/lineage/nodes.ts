import { hash } from "node:crypto";
import { canonicalBytes, type JsonValue } from "../format/canonical.ts";
import type { ExecutionPredicate } from "../execution-predicate.ts";
import type { Omitted } from "../predicate-parts.ts";
import {
  allReasons,
  recordedItems,
  type RecordedCapability,
  type RecordedCheck,
  type RecordedReview,
  type VerdictPredicate,
} from "../predicates.ts";
import type { ReplayedRecord } from "../replay.ts";
import type {
  ActionNode,
  ApprovalNode,
  CapabilityNode,
  ChangeNode,
  CheckNode,
  ExecutionNode,
  OutcomeNode,
  PolicyNode,
  RecordNode,
  VerdictNode,
} from "./graph.ts";

/** The node of any record. */
export function recordNode(record: ReplayedRecord): RecordNode {
  return {
    kind: "record",
    id: `record:${record.leaf}`,
    index: record.index,
    leaf: record.leaf,
    recordKind: record.kind,
    decision: record.verdict?.verdict.decision ?? null,
    at: record.predicate.at,
    keyid: record.keyid,
  };
}

/** The id of the verdict that the record with this leaf (hex) holds. */
export function verdictId(leaf: string): string {
  return `verdict:${leaf}`;
}

/** The decision that a record holds. */
export function verdictNode(record: ReplayedRecord, predicate: VerdictPredicate): VerdictNode {
  const { decision, policyIds, provenance } = predicate.verdict;
  return {
    kind: "verdict",
    id: verdictId(record.leaf),
    index: record.index,
    leaf: record.leaf,
    decision,
    policyIds,
    at: predicate.at,
    origin: provenance.origin,
    simulation: provenance.simulation,
    confidence: provenance.confidence,
  };
}

/** What the gate was told. */
export function outcomeNode(leaf: string, { verdict }: VerdictPredicate): OutcomeNode {
  return { kind: "outcome", id: `outcome:${leaf}`, outcome: outcomeOf(verdict) };
}

function outcomeOf({ decision, provenance }: VerdictPredicate["verdict"]): OutcomeNode["outcome"] {
  if (provenance.simulation) return "simulated";
  return decision === "DENY" ? "blocked" : "allowed";
}

/** The id of the phase that the record with this leaf (hex) tells of. */
export function executionId(leaf: string): string {
  return `execution:${leaf}`;
}

/** One phase of one run. */
export function executionNode(record: ReplayedRecord, told: ExecutionPredicate): ExecutionNode {
  const { action, phase, simulation, command, workTree } = told;
  const { differences } = workTree;
  const ended = told.phase === "ended" ? told : null;
  return {
    kind: "execution",
    id: executionId(record.leaf),
    index: record.index,
    leaf: record.leaf,
    name: action.name,
    attempt: action.attempt,
    phase,
    at: told.at,
    simulation,
    program: command.program,
    allowDirty: workTree.allowDirty,
    differences: differences && lengthOf(differences),
    cause: told.phase === "blocked" ? told.cause : null,
    exitCode: ended?.exitCode ?? null,
    signal: ended?.signal ?? null,
    failure: ended?.failure ?? null,
  };
}

/** The change, one node however often it is judged. */
export function changeNode(predicate: VerdictPredicate): ChangeNode {
  const { base, head, mergeBase, filesDigest } = predicate.change;
  const id = nodeId("change", [repositoryOf(predicate), base, head, mergeBase, filesDigest]);
  const repository = predicate.repository.name;
  return { kind: "change", id, repository, base, head, mergeBase, filesDigest };
}

/** The action: one pull request is one node, whatever its head; what has no number is told apart by attempt and head. */
export function actionNode(predicate: VerdictPredicate): ActionNode {
  const { kind, name, number, attempt, title, actor, author } = predicate.action;
  const identity = number === null ? [name, attempt, predicate.change.head] : [number];
  return {
    kind: "action",
    id: nodeId("action", [repositoryOf(predicate), kind, ...identity]),
    action: kind,
    name,
    number,
    attempt,
    title: typeof title === "string" ? title : null,
    actor: actor?.login ?? null,
    author: author?.login ?? null,
    repository: predicate.repository.name,
  };
}

/** One capability delta of the change with node id `change`. */
export function capabilityNode(change: string, delta: RecordedCapability): CapabilityNode {
  const { kind: capability, name, holder, context, before, after, path, side, line } = delta;
  const seen = { name, holder, context, delta: delta.delta, before, after, path, side, line };
  return {
    kind: "capability",
    id: nodeId("capability", [change, capability, ...Object.values(seen)]),
    capability,
    ...seen,
  };
}

/** The policy that a check evaluated; null for a check that no document asks for. */
export function policyNode(check: RecordedCheck, predicate: VerdictPredicate): PolicyNode | null {
  const { policyId, document } = check;
  const source = predicate.policies.find(({ digest }) => digest === document);
  if (source === undefined) return null;
  return {
    kind: "policy",
    id: nodeId("policy", [policyId, document]),
    policyId,
    document,
    path: source.path,
    commit: source.commit,
  };
}

/** One evaluation, for the verdict of the record with this leaf. */
export function checkNode(leaf: string, check: RecordedCheck, triggersOmitted: number): CheckNode {
  const { policyId, document, outcome, reasons } = check;
  const id = nodeId("check", [leaf, policyId, document]);
  return { kind: "check", id, policyId, outcome, reasons, triggersOmitted };
}

/** The approvals that settled a reason, in the verdict or in a check whose reasons are all settled. */
export function approvalNodes(predicate: VerdictPredicate): ApprovalNode[] {
  const reviews = recordedItems<RecordedReview>(predicate.external.reviews);
  // The first of each id counts.
  const commits = new Map(reviews.toReversed().map(({ id, commit }) => [id, commit]));
  return allReasons(predicate)
    .flatMap(({ settledBy }) => settledBy)
    .filter(({ kind }) => kind === "approval")
    .map(({ id: review, actor, at }) => ({
      kind: "approval",
      id: nodeId("approval", [repositoryOf(predicate), review, actor, at]),
      review,
      actor,
      at,
      commit: commits.get(review) ?? null,
    }));
}

function lengthOf(list: readonly unknown[] | Omitted): number {
  return "digest" in list ? list.count : list.length;
}

/** Names change hands, numeric ids do not. */
function repositoryOf({ repository }: VerdictPredicate): JsonValue {
  return [repository.host, repository.id ?? repository.name];
}

/** Untrusted parts are hashed: no text of theirs can pose as another node's id. */
function nodeId(kind: string, identity: readonly JsonValue[]): string {
  return `${kind}:${hash("sha256", canonicalBytes(identity), "hex")}`;
}
