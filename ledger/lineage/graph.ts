import type { ExecutionPredicate } from "../execution-predicate.ts";
import type { Omitted } from "../predicate-parts.ts";
import type {
  RecordedCapability,
  RecordedCheck,
  RecordedReason,
  VerdictPredicate,
} from "../predicates.ts";

/** A record of the ledger, of any kind. `leaf` is its leaf hash (hex); `decision` is null where it is no verdict. */
export interface RecordNode {
  readonly kind: "record";
  readonly id: string;
  readonly index: number;
  readonly leaf: string;
  readonly recordKind: string;
  readonly decision: "ALLOW" | "WARN" | "DENY" | null;
  readonly at: string;
  /** The id of the key that signed it. */
  readonly keyid: string;
}

/** A decision, with the place of its record. */
export interface VerdictNode {
  readonly kind: "verdict";
  readonly id: string;
  readonly index: number;
  readonly leaf: string;
  readonly decision: "ALLOW" | "WARN" | "DENY";
  readonly policyIds: readonly string[];
  readonly at: string;
  readonly origin: "app" | "action" | "cli";
  readonly simulation: boolean;
  readonly confidence: number;
}

/** What was judged: merge base → head, hex object ids. */
export interface ChangeNode {
  readonly kind: "change";
  readonly id: string;
  readonly repository: string | null;
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  readonly filesDigest: string;
}

/** What someone wanted to do. */
export interface ActionNode {
  readonly kind: "action";
  readonly id: string;
  readonly action: VerdictPredicate["action"]["kind"];
  readonly name: string | null;
  readonly number: number | null;
  readonly attempt: string | null;
  readonly title: string | null;
  readonly actor: string | null;
  readonly author: string | null;
  readonly repository: string | null;
}

/** One capability's difference over a change. */
export interface CapabilityNode extends Pick<
  RecordedCapability,
  "name" | "holder" | "context" | "delta" | "before" | "after" | "path" | "side" | "line"
> {
  readonly kind: "capability";
  readonly id: string;
  /** Its kind in the facts, `github.workflow.token`. */
  readonly capability: string;
}

/** One policy of one document (sha256, hex), and where that document came from. */
export interface PolicyNode {
  readonly kind: "policy";
  readonly id: string;
  readonly policyId: string;
  readonly document: string;
  readonly path: string;
  readonly commit: string | null;
}

/** One policy's evaluation for one verdict. */
export interface CheckNode {
  readonly kind: "check";
  readonly id: string;
  readonly policyId: string;
  readonly outcome: RecordedCheck["outcome"];
  readonly reasons: readonly RecordedReason[] | Omitted;
  /** How many deltas it fired on besides those that have an edge to it: see `Triggers`. */
  readonly triggersOmitted: number;
}

/** An act that settled a reason. `commit` is the head that it saw, null where the record does not say. */
export interface ApprovalNode {
  readonly kind: "approval";
  readonly id: string;
  /** The host's id of the review. */
  readonly review: string;
  readonly actor: string;
  readonly at: string;
  readonly commit: string | null;
}

/**
 * A waiver or an emergency override: an exception that settles reasons. `policyId` and `until` are
 * null of an override, which is bound to `commit` alone.
 */
export interface ExceptionNode {
  readonly kind: "exception";
  readonly id: string;
  readonly exception: "waiver" | "override";
  /** The id of its record, or in its file. */
  readonly name: string;
  readonly actor: string;
  readonly owner: string | null;
  readonly policyId: string | null;
  readonly commit: string;
  readonly reason: string;
  readonly at: string;
  readonly until: string | null;
}

/** What a verdict's gate was told. `simulated`: shown, never enforced. */
export interface OutcomeNode {
  readonly kind: "outcome";
  readonly id: string;
  readonly outcome: "allowed" | "blocked" | "simulated";
}

/**
 * One phase of one run of a command, with the place of its record.
 *
 * `exitCode`, `signal` and `failure` are null where it did not end, `cause` where it was not
 * blocked; `differences` counts how the work tree differed, null where nobody looked.
 */
export interface ExecutionNode {
  readonly kind: "execution";
  readonly id: string;
  readonly index: number;
  readonly leaf: string;
  readonly name: string;
  readonly attempt: string;
  readonly phase: ExecutionPredicate["phase"];
  readonly at: string;
  readonly simulation: boolean;
  readonly program: string;
  readonly allowDirty: boolean;
  readonly differences: number | null;
  readonly cause: "denied" | "work-tree" | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly failure: "not-found" | "not-executable" | "work-tree" | null;
}

export type LineageNode =
  | RecordNode
  | VerdictNode
  | ChangeNode
  | ActionNode
  | CapabilityNode
  | PolicyNode
  | CheckNode
  | ApprovalNode
  | ExceptionNode
  | OutcomeNode
  | ExecutionNode;

/**
 * The edges, each read `from KIND to`:
 *
 * | kind           | from → to                                                                     |
 * | -------------- | ----------------------------------------------------------------------------- |
 * | `FED_INTO`     | change → check: what it was evaluated on                                       |
 * | `USED_BY`      | policy → check: what it was evaluated by                                       |
 * | `TRIGGERED`    | action → verdict: what asked for it; capability → check: what it fired on;     |
 * |                | verdict → execution: the start of what it let pass                             |
 * | `PRODUCED`     | check → verdict; execution → execution: a start and its end                    |
 * | `AFFECTED`     | approval → verdict, exception → verdict: what settled a reason of it           |
 * | `BLOCKED`      | verdict → action: an enforced DENY; verdict → execution: what was not started  |
 * | `GENERATED`    | verdict → outcome; verdict, execution, exception → record                      |
 * | `DERIVED_FROM` | capability → change; verdict → the verdict that it supersedes                  |
 */
export type EdgeKind =
  | "FED_INTO"
  | "USED_BY"
  | "TRIGGERED"
  | "BLOCKED"
  | "PRODUCED"
  | "GENERATED"
  | "AFFECTED"
  | "DERIVED_FROM";

export interface LineageEdge {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
}

/** The graph that replaying records gives. Ids come from content: equal records, equal graph. */
export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/**
 * One graph of many, in order of appearance. A node or an edge that several tell of stands once.
 *
 * An edge to or from what no part holds (a superseded verdict beyond an `as of`) is left out.
 */
export function joinLineages(parts: readonly Lineage[]): Lineage {
  const nodes = new Map<string, LineageNode>();
  const edges = new Map<string, LineageEdge>();
  for (const part of parts) {
    for (const node of part.nodes) nodes.set(node.id, nodes.get(node.id) ?? node);
    for (const edge of part.edges) edges.set(`${edge.from} ${edge.kind} ${edge.to}`, edge);
  }
  const whole = [...edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to));
  return { nodes: [...nodes.values()], edges: whole };
}
