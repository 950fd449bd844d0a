import type { Capability } from "../capability.ts";
import type { Power } from "../container/powers.ts";
import type { DataNode } from "../data/data-node.ts";

/** A power and where it is given. */
export type PlacedPower = Power & Pick<Capability, "line" | "endLine">;

/** A power at a node's place; none for none. */
export function at({ line, endLine }: DataNode, power: Power | null): PlacedPower[] {
  return power === null ? [] : [{ ...power, line, endLine }];
}
