import type { Allowance } from "../capability.ts";
import type { DataNode } from "../data/data-node.ts";
import { decodeText } from "../data/text.ts";
import { parseYamlDocuments } from "../data/yaml.ts";
import { mentions } from "../mentions.ts";

/** What is in the name of every setting that grants something here. */
const GRANTING = ["allowed-tools", "hooks", "permission", "mcp"];

/**
 * The settings that stand before prose, between two lines of `---`; undefined where there are none
 * that grant anything.
 *
 *     ---
 *     allowed-tools: Bash(git:*)
 *     ---
 *     Write a message for what is staged.
 *
 * Throws `NotUnderstood` where they are no YAML. Places are those of the file.
 */
export function frontMatter(
  content: Uint8Array,
  maxBytes: number,
  allowance?: Allowance,
): DataNode | undefined {
  const text = decodeText(content, maxBytes);
  const [, settings] = /^---[ \t]*\r?\n(.*?)^---[ \t]*\r?(?:\n|$)/ms.exec(text) ?? [];
  if (settings === undefined || !text.startsWith("---")) return undefined;
  // Its first line keeps the lines where they are.
  const yaml = new TextEncoder().encode(`#\n${settings}`);
  // People describe agents in words that are no YAML.
  if (!mentions(yaml, GRANTING)) return undefined;
  const dialect = { maxBytes, documents: "one", mergeKeys: "merged" } as const;
  const [root] = parseYamlDocuments(yaml, dialect, allowance);
  return root?.type === "map" ? root : undefined;
}
