import type { ExpressionPath } from "../../github-expression/yielded-paths.ts";
import { mergeTaints, type Taint } from "./taint.ts";

/** The key of what was written under a name that cannot be told: it may be any of its siblings. */
export const ANY_NAME = "*";

/** Which values are known to hold texts of others, by their keys: `["x", "y"]` for an output. */
export interface TaintStore {
  readonly add: (keys: readonly string[], taints: readonly Taint[]) => void;
  /** The taints at a path, with those of all that is below it; null is any key. */
  readonly at: (path: ExpressionPath) => readonly Taint[];
  /** Whether a value was added under this first key. */
  readonly has: (key: string) => boolean;
}

/** A store that holds nothing yet. */
export function emptyStore(): TaintStore {
  const root = emptyNode();
  return {
    add: (keys, taints) => {
      if (taints.length > 0) addBelow(root, keys, taints);
    },
    at: (path) => taintsAt(root, path),
    has: (key) => root.below.has(key),
  };
}

interface Node {
  /** Of this value and of all below it. */
  taints: readonly Taint[];
  readonly below: Map<string, Node>;
}

function emptyNode(): Node {
  return { taints: [], below: new Map() };
}

function addBelow(root: Node, keys: readonly string[], taints: readonly Taint[]): void {
  let node = root;
  node.taints = mergeTaints([node.taints, taints]);
  for (const key of keys) {
    const next = node.below.get(key) ?? emptyNode();
    node.below.set(key, next);
    next.taints = mergeTaints([next.taints, taints]);
    node = next;
  }
}

function taintsAt(node: Node, path: ExpressionPath): readonly Taint[] {
  const [key, ...rest] = path;
  if (key === undefined || key === null || node.below.size === 0) return node.taints;
  const named = node.below.get(key);
  const unnamed = node.below.get(ANY_NAME);
  return mergeTaints([named ? taintsAt(named, rest) : [], unnamed ? taintsAt(unnamed, rest) : []]);
}
