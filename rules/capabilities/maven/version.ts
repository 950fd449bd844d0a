import type { VersionRange } from "../../dependencies/dependency.ts";

/** Versions that stand for whatever is published last. */
const LATEST = /^(?:LATEST|RELEASE|latest\.\w+|\+)$/;

/** `[1,2)`, `(,1.0]`; Gradle also writes the outside of a bracket for `(` and `)`. */
const INTERVAL = /^[[\](]([^,[\]()]*)(?:,([^,[\]()]*))?[\])[]$/;

/** A comma between two intervals. */
const UNION = /(?<=[\])[])\s*,\s*(?=[[\](])/;

/**
 * How far a version of Maven or Gradle may move: intervals, the words for the newest, versions that
 * end in `+`, and snapshots, which are published again and again. Anything else is one version.
 *
 * Source: maven.apache.org/pom.html#Dependency_Version_Requirement_Specification;
 * docs.gradle.org/current/userguide/dependency_versions.html.
 */
export function rangeOfVersion(text: string): VersionRange {
  if (LATEST.test(text) || text.endsWith("-SNAPSHOT")) return "open";
  if (text.endsWith("+")) return "bounded";
  if (!/^[[\](]/.test(text)) return "exact";
  const intervals = text.split(UNION).map((one) => INTERVAL.exec(one.trim()));
  if (intervals.length === 1 && intervals[0]?.[2] === undefined && intervals[0]) return "exact";
  return intervals.every((one) => (one?.[2] ?? one?.[1] ?? "").trim() !== "") ? "bounded" : "open";
}

/** The weakest of several ranges; undefined where there is none. */
export function widestRange(ranges: readonly VersionRange[]): VersionRange | undefined {
  return (["open", "bounded", "exact"] as const).find((range) => ranges.includes(range));
}
