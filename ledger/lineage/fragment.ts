import type { ExecutionPredicate } from "../execution-predicate.ts";
import {
  recordedItems,
  type RecordedCapability,
  type RecordedCheck,
  type VerdictPredicate,
} from "../predicates.ts";
import type { ReplayedRecord } from "../replay.ts";
import type { EdgeKind, Lineage, LineageEdge } from "./graph.ts";
import { exceptionNodes, grantedNode } from "./exception-nodes.ts";
import { Triggers } from "./triggers.ts";
import {
  actionNode,
  approvalNodes,
  capabilityNode,
  changeNode,
  checkNode,
  executionId,
  executionNode,
  outcomeNode,
  policyNode,
  recordNode,
  verdictId,
  verdictNode,
} from "./nodes.ts";

/**
 * The graph of one record: all that its predicate says, and nothing that another record says.
 *
 * What is neither a verdict nor an execution nor grants an exception is a record node alone. Other records are named by
 * edges only, so join fragments with `joinLineages`, which leaves out edges that lead nowhere.
 */
export function recordFragment(record: ReplayedRecord): Lineage {
  const { verdict: predicate, execution } = record;
  if (execution !== null) return executionParts(record, execution);
  if (predicate === null) return otherParts(record);

  const parts = [
    changeParts(predicate),
    ...checkParts(record.leaf, predicate),
    approvalParts(record.leaf, predicate),
    verdictParts(record, predicate),
  ];
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
  };
}

function changeParts(predicate: VerdictPredicate): Lineage {
  const change = changeNode(predicate);
  const capabilities = deltasOf(predicate).map((delta) => capabilityNode(change.id, delta));
  return {
    nodes: [actionNode(predicate), change, ...capabilities],
    edges: capabilities.map(({ id }) => edge(id, "DERIVED_FROM", change.id)),
  };
}

function checkParts(leaf: string, predicate: VerdictPredicate): readonly Lineage[] {
  const change = changeNode(predicate).id;
  const triggers = new Triggers(change, deltasOf(predicate));
  return recordedItems<RecordedCheck>(predicate.checks).map((check) => {
    const fired = triggers.of(check);
    const node = checkNode(leaf, check, fired.omitted);
    const policy = policyNode(check, predicate);
    return {
      nodes: policy === null ? [node] : [policy, node],
      edges: [
        edge(change, "FED_INTO", node.id),
        ...(policy === null ? [] : [edge(policy.id, "USED_BY", node.id)]),
        ...fired.deltas.map((delta) => edge(delta, "TRIGGERED", node.id)),
        edge(node.id, "PRODUCED", verdictId(leaf)),
      ],
    };
  });
}

function approvalParts(leaf: string, predicate: VerdictPredicate): Lineage {
  const nodes = [...approvalNodes(predicate), ...exceptionNodes(predicate)];
  return { nodes, edges: nodes.map(({ id }) => edge(id, "AFFECTED", verdictId(leaf))) };
}

function verdictParts(record: ReplayedRecord, predicate: VerdictPredicate): Lineage {
  const verdict = verdictNode(record, predicate);
  const outcome = outcomeNode(record.leaf, predicate);
  const own = recordNode(record);
  const action = actionNode(predicate).id;
  const { supersedes } = predicate;
  return {
    nodes: [verdict, outcome, own],
    edges: [
      edge(action, "TRIGGERED", verdict.id),
      ...(supersedes === null ? [] : [edge(verdict.id, "DERIVED_FROM", verdictId(supersedes))]),
      ...(outcome.outcome === "blocked" ? [edge(verdict.id, "BLOCKED", action)] : []),
      edge(verdict.id, "GENERATED", outcome.id),
      edge(verdict.id, "GENERATED", own.id),
    ],
  };
}

function otherParts(record: ReplayedRecord): Lineage {
  const own = recordNode(record);
  const granted = grantedNode(record);
  if (granted === null) return { nodes: [own], edges: [] };
  return { nodes: [granted, own], edges: [edge(granted.id, "GENERATED", own.id)] };
}

function executionParts(record: ReplayedRecord, execution: ExecutionPredicate): Lineage {
  const node = executionNode(record, execution);
  const own = recordNode(record);
  return {
    nodes: [node, own],
    edges: [cameFrom(node.id, execution), edge(node.id, "GENERATED", own.id)],
  };
}

function cameFrom(id: string, execution: ExecutionPredicate): LineageEdge {
  switch (execution.phase) {
    case "started":
      return edge(verdictId(execution.verdictLeaf), "TRIGGERED", id);
    case "blocked":
      return edge(verdictId(execution.verdictLeaf), "BLOCKED", id);
    case "ended":
      return edge(executionId(execution.startedLeaf), "PRODUCED", id);
  }
}

function deltasOf({ capabilities }: VerdictPredicate): readonly RecordedCapability[] {
  return recordedItems<RecordedCapability>(capabilities);
}

function edge(from: string, kind: EdgeKind, to: string): LineageEdge {
  return { kind, from, to };
}
