import type { CapabilityFact, DependencyFact, Facts, FileFact } from "../facts/facts.ts";
import type { Each } from "./policy-set.ts";

/** What a policy is evaluated for: an item of the list that it walks, or null for the whole change. */
export type Item = FileFact | CapabilityFact | DependencyFact | null;

/**
 * The items of the list that a policy walks; one null where it walks none. null where this host does
 * not know the list: that is not an empty one.
 */
export function itemsOf(each: Each | null, facts: Facts): readonly Item[] | null {
  if (each === null) return [null];
  return each === "files" ? facts.change.files : facts[each];
}
