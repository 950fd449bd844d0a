import { entryOf, type DataEntry } from "../../data/data-node.ts";
import { taintsOfNode } from "./known-taints.ts";
import { emptyStore, type TaintStore } from "./taint-store.ts";

/**
 * The texts of others in the defaults of inputs, by name in lower case: an input holds them where a
 * caller gives it nothing. A default can be made of inputs before it.
 */
export function inputTaints(inputs: readonly DataEntry[]): TaintStore {
  const store = emptyStore();
  for (const { key, value } of inputs) {
    const otherwise = value.type === "map" ? entryOf(value, "default")?.value : undefined;
    if (!otherwise) continue;
    store.add([key.text.toLowerCase()], taintsOfNode(otherwise, { inputs: store.at }));
  }
  return store;
}
