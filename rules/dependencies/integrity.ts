import type { DependencyFact } from "../facts/facts.ts";
import type { Dependency } from "./dependency.ts";

/** How a digest says by what it was made, from weakest to strongest. */
const ALGORITHMS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

/**
 * What has become of the digests that hold a dependency to its content.
 *
 * `changed`: the same version may have another content now, or nothing holds it any more.
 * `restated`: the same version is told by digests that nobody can compare with the earlier ones,
 * as they are made in a stronger or an unknown way; package managers do so when they are updated.
 */
export function comparedIntegrity(
  base: Dependency | null,
  seen: Dependency,
): DependencyFact["integrity"] {
  const before = base?.integrity ?? [];
  if (seen.integrity === undefined) return before.length > 0 ? "changed" : null;
  const after = seen.integrity;
  if (after.length === 0) return before.length > 0 ? "changed" : "absent";
  if (before.length === 0 || base?.version !== seen.version) return "present";
  const others = after.filter((digest) => !before.includes(digest));
  if (others.length === 0) return isWeaker(after, before) ? "changed" : "present";
  if (hasGrown(seen, before)) return "present";
  return others.some((digest) => isComparable(digest, before)) ? "changed" : "restated";
}

/** Terraform adds digests for each platform that is met, and keeps those that it had. */
function hasGrown({ ecosystem, integrity = [] }: Dependency, before: readonly string[]): boolean {
  return ecosystem === "terraform" && before.every((digest) => integrity.includes(digest));
}

/** Whether a digest is made as one of these is, or in a weaker way than one of them. */
function isComparable(digest: string, before: readonly string[]): boolean {
  return before.some((known) => {
    if (algorithmOf(known) === algorithmOf(digest)) return true;
    return strengthOf(digest) !== -1 && strengthOf(digest) < strengthOf(known);
  });
}

function isWeaker(after: readonly string[], before: readonly string[]): boolean {
  const strongest = (digests: readonly string[]): number => Math.max(...digests.map(strengthOf));
  return strongest(after) < strongest(before);
}

function strengthOf(digest: string): number {
  return ALGORITHMS.indexOf(algorithmOf(digest));
}

/** `sha512-…`, `sha256:…`, `sha1=…`; yarn writes the version of its cache, `10c0/…`. */
function algorithmOf(digest: string): string {
  return /^[A-Za-z0-9]+(?=[-:=/])/.exec(digest)?.[0].toLowerCase() ?? "";
}
