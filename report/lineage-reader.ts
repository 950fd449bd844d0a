import type { EdgeKind, Lineage, LineageEdge, LineageNode } from "../ledger/lineage/graph.ts";

/** Walks a lineage by its edges; every answer keeps the graph's order. */
export interface LineageReader {
  all<K extends LineageNode["kind"]>(kind: K): readonly NodeOf<K>[];
  /** Nodes of `kind` that an `edge` leads to, from node `id`. */
  after<K extends LineageNode["kind"]>(id: string, edge: EdgeKind, kind: K): readonly NodeOf<K>[];
  /** Nodes of `kind` that an `edge` comes from, to node `id`. */
  before<K extends LineageNode["kind"]>(id: string, edge: EdgeKind, kind: K): readonly NodeOf<K>[];
}

type NodeOf<K extends LineageNode["kind"]> = Extract<LineageNode, { kind: K }>;

/** Indexes a lineage once, so that telling it takes time in proportion to its size. */
export function readLineage({ nodes, edges }: Lineage): LineageReader {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const from = Map.groupBy(edges, (edge) => edge.from);
  const to = Map.groupBy(edges, (edge) => edge.to);
  const pick = <K extends LineageNode["kind"]>(
    list: readonly LineageEdge[] | undefined,
    edge: EdgeKind,
    { end, kind }: { end: "from" | "to"; kind: K },
  ) =>
    (list ?? [])
      .filter((candidate) => candidate.kind === edge)
      .map((candidate) => byId.get(candidate[end]))
      .filter((node) => isOf(node, kind));
  return {
    all: (kind) => nodes.filter((node) => isOf(node, kind)),
    after: (id, edge, kind) => pick(from.get(id), edge, { end: "to", kind }),
    before: (id, edge, kind) => pick(to.get(id), edge, { end: "from", kind }),
  };
}

function isOf<K extends LineageNode["kind"]>(
  node: LineageNode | undefined,
  kind: K,
): node is NodeOf<K> {
  return node?.kind === kind;
}
