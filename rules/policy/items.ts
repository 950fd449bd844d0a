import type {
  CapabilityFact,
  CommitFact,
  DependencyFact,
  Facts,
  FileFact,
  LineFact,
} from "../facts/facts.ts";
import type { FactPath } from "./fact-paths.ts";
import type { Each } from "./policy-set.ts";

/** What a policy is evaluated for: an item of the list that it walks, or null for the whole change. */
export type Item = FileFact | LineFact | CapabilityFact | DependencyFact | CommitFact | null;

/** The fact that a policy walks. */
export const LISTS: Readonly<Record<Each, FactPath>> = {
  files: "change.files",
  lines: "change.lines",
  capabilities: "capabilities",
  dependencies: "dependencies",
  commits: "commits",
};

/**
 * The items of the list that a policy walks; one null where it walks none. null where this host does
 * not know the list: that is not an empty one.
 */
export function itemsOf(each: Each | null, facts: Facts): readonly Item[] | null {
  if (each === null) return [null];
  if (each === "files" || each === "lines") return facts.change[each];
  return facts[each];
}
