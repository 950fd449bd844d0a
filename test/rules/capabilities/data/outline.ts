import type { DataNode } from "../../../../rules/capabilities/data/data-node.ts";

/** A tree in one line: scalars as `text@line:column`, collections with their lines, tags before them. */
export function outline(node: DataNode): string {
  const tag = node.tag === undefined ? "" : `${node.tag} `;
  return tag + untagged(node);
}

function untagged(node: DataNode): string {
  const lines = `@${node.line}-${node.endLine}`;
  if (node.type === "scalar") return `${node.text}@${node.line}:${node.column}`;
  if (node.type === "list") return `[${node.items.map(outline).join(" ")}]${lines}`;
  const entries = node.entries.map(({ key, value }) => `${outline(key)}=${outline(value)}`);
  return `{${entries.join(" ")}}${lines}`;
}
