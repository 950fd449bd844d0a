import type { Lineage } from "../ledger/lineage/graph.ts";
import { jsonDocument } from "./escape/json.ts";

/** `lineage --format json`: the graph as one document, `{ nodes, edges }`. */
export function lineageJson({ nodes, edges }: Lineage): string {
  return jsonDocument({ nodes, edges });
}
