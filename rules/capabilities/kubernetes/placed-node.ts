import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";

/** How a tree's places and texts become those of the file that it is a part of. */
export interface Placing {
  /** Both 1-based. */
  lineOf(line: number): number;
  textOf(text: string): string;
}

/** The same node where it stands in the whole file. */
export function placedNode(node: DataNode, placing: Placing): DataNode {
  if (node.type === "scalar") return placedScalar(node, placing);
  const span = { line: placing.lineOf(node.line), endLine: placing.lineOf(node.endLine) };
  if (node.type === "list") {
    return { ...node, ...span, items: node.items.map((item) => placedNode(item, placing)) };
  }
  const entries: DataMap["entries"] = node.entries.map(({ key, value }) => ({
    key: placedScalar(key, placing),
    value: placedNode(value, placing),
  }));
  return { ...node, ...span, entries };
}

function placedScalar(scalar: DataScalar, placing: Placing): DataScalar {
  const { text, line, endLine } = scalar;
  const span = { line: placing.lineOf(line), endLine: placing.lineOf(endLine) };
  return { ...scalar, text: placing.textOf(text), ...span };
}
