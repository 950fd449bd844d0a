import type { VersionRange } from "../../dependencies/dependency.ts";

/**
 * How far requirements that hold together (`~> 1.2`, `>= 1.2.3`) let a version move; none of them
 * asks for nothing.
 *
 * Source: guides.rubygems.org/patterns/#declaring-dependencies.
 */
export function rangeOfRequirements(requirements: readonly string[]): VersionRange {
  const all = requirements.flatMap((text) => text.split(",")).map((text) => text.trim());
  if (all.some((one) => /^=?\s*\d/.test(one))) return "exact";
  return all.some((one) => /^(?:~>|<=?)/.test(one)) ? "bounded" : "open";
}
