import type { VersionRange } from "../../dependencies/dependency.ts";
import { rangeOfVersion } from "../maven/version.ts";

/**
 * How far a version may move: one that floats (`1.*`, `*`) to whatever is published next, an
 * interval up to its end. `1.0` asks for that or a later one, of which NuGet takes the lowest.
 *
 * Source: learn.microsoft.com/nuget/concepts/package-versioning.
 */
export function rangeOfPackageVersion(text: string): VersionRange | undefined {
  if (text.includes("$(") || text.includes("@(")) return undefined;
  return text.includes("*") ? "open" : rangeOfVersion(text);
}
