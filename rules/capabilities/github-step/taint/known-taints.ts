import { sourceAt } from "../../github-expression/sources.ts";
import { embeddedIn } from "../../github-expression/embedded.ts";
import {
  type ExpressionPath,
  showPath,
  yieldedPathsIn,
} from "../../github-expression/yielded-paths.ts";
import { onceForEach } from "../../once-for-each.ts";
import type { DataEntry, DataNode } from "../../data/data-node.ts";
import { mergeTaints, passThrough, type Taint } from "./taint.ts";
import { addWritten, type TaintsByName } from "./written-values.ts";

/** The texts of others that a context's values hold: `env`, `steps`, `needs`, `matrix`, `inputs`. */
export type ContextTaints = Readonly<
  Record<string, ((path: ExpressionPath) => readonly Taint[]) | undefined>
>;

/** One `env`: what its variables hold, and all of them together. */
export interface EnvTaints {
  readonly byName: ReadonlyMap<string, readonly Taint[]>;
  /** By names in upper case: of all the variables that are one to Windows. */
  readonly inAnyCase: ReadonlyMap<string, readonly Taint[]>;
  readonly all: readonly Taint[];
}

/**
 * The texts of others that an expression can yield, given what the contexts hold. Paths that it
 * takes from a context are named as what the text came through.
 */
export function taintsOfExpression(inner: string, contexts: ContextTaints): readonly Taint[] {
  return mergeTaints(yieldedPathsIn(inner).map((path) => taintsAt(path, contexts)));
}

/** As `taintsOfExpression`, of all the expressions in all the texts of a node. */
export function taintsOfNode(node: DataNode, contexts: ContextTaints): readonly Taint[] {
  if (node.type === "list")
    return mergeTaints(node.items.map((item) => taintsOfNode(item, contexts)));
  if (node.type === "map") {
    return mergeTaints(node.entries.map(({ value }) => taintsOfNode(value, contexts)));
  }
  const expressions = embeddedIn(node.text);
  return mergeTaints(expressions.map(({ inner }) => taintsOfExpression(inner, contexts)));
}

/** What the variables of an `env` hold; of one that stands there twice, either. */
export function taintsOfEnv(entries: readonly DataEntry[], contexts: ContextTaints): EnvTaints {
  const byName: TaintsByName = new Map();
  const inAnyCase: TaintsByName = new Map();
  for (const { key, value } of entries) {
    const taints = taintsOfNode(value, contexts);
    addWritten(byName, key.text, taints);
    addWritten(inAnyCase, key.text.toUpperCase(), taints);
  }
  return { byName, inAnyCase, all: mergeTaints([...byName.values()]) };
}

function taintsAt(path: ExpressionPath, contexts: ContextTaints): readonly Taint[] {
  const [context, ...keys] = path;
  const lookUp = Object.hasOwn(contexts, context ?? "") ? contexts[context ?? ""] : undefined;
  const held = lookUp ? passThrough(lookUp(keys), showPath(path)) : [];
  const source = knownSource(path);
  return source ? [{ ...source, through: "", certainty: "exact" }, ...held] : held;
}

const knownSource = onceForEach(sourceAt);
