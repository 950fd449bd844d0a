import { sha256Hex } from "../canonical.ts";
import { canonicalExpression } from "./github-expression/canonical-expression.ts";
import { replaceEmbedded } from "./github-expression/embedded.ts";
import type { DataNode } from "./data/data-node.ts";

/**
 * A node as canonical text: equal exactly where two nodes mean the same, whatever the order of
 * keys, quoting, layout, comments and anchors, and the spelling of expressions. Strings are JSON strings; null, booleans and
 * numbers stand as written. `without` names keys of a map that are left out, at its top only.
 */
export function canonicalText(node: DataNode, without: readonly string[] = []): string {
  const text = canonicalValue(node, without);
  return node.tag === undefined ? text : `${node.tag} ${text}`;
}

function canonicalValue(node: DataNode, without: readonly string[]): string {
  if (node.type === "list") return `[${node.items.map((item) => canonicalText(item)).join()}]`;
  if (node.type === "scalar") return canonicalScalar(node.resolved, node.text);
  const entries = node.entries
    .filter(({ key }) => !without.includes(key.text))
    .map(({ key, value }) => `${JSON.stringify(key.text)}:${canonicalText(value)}`);
  return `{${entries.sort().join()}}`;
}

/** The sha256 (hex) of canonical texts, for `Capability.holderContent`. */
export function contentDigest(...texts: readonly string[]): string {
  return sha256Hex(JSON.stringify(texts));
}

/** The sha256 (hex) of a whole file, for formats of which the content is not read. */
export function bytesDigest(content: Uint8Array): string {
  return sha256Hex(content);
}

function canonicalScalar(resolved: string, text: string): string {
  if (resolved === "null") return "null";
  return resolved === "string" ? JSON.stringify(inOneSpelling(text)) : text;
}

// `${{secrets.T}}` is `${{ secrets.T }}`.
function inOneSpelling(text: string): string {
  if (!text.includes("${{")) return text;
  return replaceEmbedded(text, ({ inner }) => `\${{${canonicalExpression(inner)}}}`);
}
