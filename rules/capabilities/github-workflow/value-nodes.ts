import type { Place } from "../not-understood.ts";
import type { DataNode, DataScalar } from "../data/data-node.ts";

/** Where a value stands. */
export interface Span extends Place {
  readonly endLine: number;
}

/** More combinations are left as they are written. */
const MAX_COMBINATIONS = 100;

/** A text as a node, as if it stood in the file at this place. */
export function textNode(text: string, { line, column, endLine }: Span): DataScalar {
  const written = { style: "flow", comment: "" } as const;
  return { type: "scalar", resolved: "string", text, ...written, line, column, endLine };
}

/** JSON as a node, all of it at one place; null for what is no JSON. Numbers become texts. */
export function jsonNode(json: string, at: Span): DataNode | null {
  try {
    return nodeOf(JSON.parse(json), at);
  } catch {
    return null;
  }
}

/** Every way to take one choice of each part, in order; null where there are too many. */
export function combinations<Of>(parts: readonly (readonly Of[])[]): readonly Of[][] | null {
  let taken: Of[][] = [[]];
  for (const choices of parts) {
    if (taken.length * choices.length > MAX_COMBINATIONS) return null;
    taken = taken.flatMap((chosen) => choices.map((choice) => [...chosen, choice]));
  }
  return taken;
}

/**
 * The texts that come from writing one choice of each part behind another; null where a part may
 * be no text, or where there are too many.
 */
export function combined(parts: readonly (readonly DataNode[])[], at: Span): DataNode[] | null {
  let texts = [""];
  for (const part of parts) {
    const choices = textsOf(part);
    if (choices.length < part.length || texts.length * choices.length > MAX_COMBINATIONS) {
      return null;
    }
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
  }
  return texts.map((text) => textNode(text, at));
}

/** The texts among nodes. */
export function textsOf(nodes: readonly DataNode[]): string[] {
  return nodes.flatMap((node) => (node.type === "scalar" ? [node.text] : []));
}

function nodeOf(value: unknown, at: Span): DataNode {
  if (Array.isArray(value)) {
    return { type: "list", items: value.map((item) => nodeOf(item, at)), ...spanOf(at) };
  }
  if (typeof value === "string") return textNode(value, at);
  if (typeof value !== "object") return textNode(JSON.stringify(value), at);
  const entries = Object.entries(value ?? {}).map(([key, item]) => {
    return { key: textNode(key, at), value: nodeOf(item, at) };
  });
  return { type: "map", entries, ...spanOf(at) };
}

function spanOf({ line, column, endLine }: Span): Span {
  return { line, column, endLine };
}
