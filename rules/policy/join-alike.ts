import { canonicalJson } from "../canonical.ts";
import { compareBytes } from "../change/path-order.ts";
import type { CapabilityFact } from "../facts/facts.ts";

/**
 * Joins capabilities that differ in nothing but their name into one, whose name lists them:
 * `write-all` at one line is one thing to settle, not one for each scope. Other items stay as they
 * are; each stands where the first of its like stood.
 */
export function joinAlike<Item extends object | null>(
  items: readonly (Item | CapabilityFact)[],
): (Item | CapabilityFact)[] {
  const groups = Map.groupBy(items, (item) =>
    isCapability(item) ? canonicalJson({ ...item, name: null }) : item,
  );
  return [...groups.values()].flatMap((group) => {
    const capabilities = group.filter(isCapability);
    return capabilities.length > 1 ? [named(capabilities)] : group;
  });
}

function isCapability(item: object | null): item is CapabilityFact {
  return item !== null && "holder" in item;
}

function named(alike: readonly CapabilityFact[]): CapabilityFact {
  const [first] = alike;
  const names = alike.map(({ name }) => name).sort(compareBytes);
  return { ...(first as CapabilityFact), name: names.join(", ") };
}
