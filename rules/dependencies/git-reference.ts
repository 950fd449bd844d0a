import type { VersionRange } from "./dependency.ts";

/**
 * How far what a git reference names may move: a full object name not at all, what is named like a
 * version (`v1.2.3`) as far as its author's promise, and all else, a branch or the default one, to
 * anything.
 */
export function rangeOfGitReference(reference: string): VersionRange {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(reference)) return "exact";
  return /^v?\d[\w.+-]*$/.test(reference) ? "bounded" : "open";
}
