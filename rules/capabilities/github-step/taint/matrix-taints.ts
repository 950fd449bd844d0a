import { entryOf, type DataMap, type DataNode } from "../../data/data-node.ts";
import { type ContextTaints, taintsOfNode } from "./known-taints.ts";
import { ANY_NAME, emptyStore, type TaintStore } from "./taint-store.ts";

/**
 * The texts of others in the values of a job's matrix, by key in lower case: of a list that an
 * expression gives, of an item, or under any key where the whole matrix is an expression.
 */
export function matrixTaints(job: DataMap, contexts: ContextTaints): TaintStore {
  const store = emptyStore();
  const strategy = entryOf(job, "strategy")?.value;
  const matrix = strategy?.type === "map" ? entryOf(strategy, "matrix")?.value : strategy;
  if (matrix) addMatrix(store, matrix, contexts);
  return store;
}

// `{os: [a, b], version: ${{ fromJSON(…) }}, include: [{os: c, extra: d}]}`
function addMatrix(store: TaintStore, matrix: DataNode, contexts: ContextTaints): void {
  if (matrix.type === "list") {
    for (const item of matrix.items) addMatrix(store, item, contexts);
  } else if (matrix.type === "scalar") {
    store.add([ANY_NAME], taintsOfNode(matrix, contexts));
  } else {
    for (const { key, value } of matrix.entries) {
      const name = key.text.toLowerCase();
      if (name === "include") addMatrix(store, value, contexts);
      else if (name !== "exclude") {
        store.add([name.startsWith("${{") ? ANY_NAME : name], taintsOfNode(value, contexts));
      }
    }
  }
}
