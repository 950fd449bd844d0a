import { compareBytes } from "../change/path-order.ts";
import type { CapabilityFact } from "../facts/facts.ts";

/**
 * Joins capabilities that differ in nothing but their name into one, whose name lists them, and
 * then those that differ in nothing but their holder: `write-all` at the top of a workflow is one
 * thing to settle, not one for each scope of each job. Other items stay as they are; each stands
 * where the first of its like stood.
 */
export function joinAlike<Item extends object | null>(
  items: readonly (Item | CapabilityFact)[],
): (Item | CapabilityFact)[] {
  return joinBy("holder", joinBy("name", items));
}

function joinBy<Item extends object | null>(
  member: "name" | "holder",
  items: readonly (Item | CapabilityFact)[],
): (Item | CapabilityFact)[] {
  const groups = Map.groupBy(items, (item) =>
    // All have their members in one order. Canonical JSON would take twenty times as long.
    isCapability(item) ? JSON.stringify({ ...item, [member]: null }) : item,
  );
  return [...groups.values()].flatMap((group) => {
    const [first, ...alike] = group.filter(isCapability);
    if (first === undefined || alike.length === 0) return group;
    const texts = [first, ...alike].map((capability) => capability[member]);
    return [{ ...first, [member]: texts.sort(compareBytes).join(", ") }];
  });
}

function isCapability(item: object | null): item is CapabilityFact {
  return item !== null && "holder" in item;
}
