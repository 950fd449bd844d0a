import type { Listing, Side } from "../change/listing.ts";
import { compareBytes } from "../change/path-order.ts";
import type { DependencyFact } from "../facts/facts.ts";
import { type Match, type Paired, pairInTurn } from "../capabilities/pair-in-turn.ts";
import { printable } from "../capabilities/printable.ts";
import type { Dependency } from "./dependency.ts";
import { comparedIntegrity } from "./integrity.ts";
import { packageUrlOf } from "./package-url.ts";
import { withoutUserAndQuery } from "./source.ts";

/** A dependency and the file that names it. */
export interface LocatedDependency extends Dependency {
  readonly path: string;
}

/** The dependencies on both sides of a change. */
export interface DependencySides {
  readonly base: readonly LocatedDependency[];
  readonly head: readonly LocatedDependency[];
  readonly listing: Listing;
}

/**
 * What a change does to what a repository takes in from elsewhere: a fact for each dependency that
 * it adds, changes or removes, sorted by path, line, ecosystem, name and side.
 *
 * The same dependency at another place, in another list or in another file is no change. Of what
 * is still alone, these are paired in turn: the same version in the same file, the same list of it,
 * the same file, and by name from files that are gone to files that are new.
 */
export function diffDependencies({ base, head, listing }: DependencySides): DependencyFact[] {
  const oneSided = new Set(
    listing.files.filter((file) => !file.base || !file.head).map((file) => file.path),
  );
  const matches: readonly Match<LocatedDependency>[] = [
    (item) => [item.path, ...identityOf(item)],
    (item) => identityOf(item),
    ({ path, version }) => [path, version],
    ({ path, group }) => [path, group],
    ({ path }) => [path],
    ({ path }) => (oneSided.has(path) ? [] : null),
  ];
  const named = matches.map((match): Match<LocatedDependency> => (item) => {
    const equal = match(item);
    return equal && [item.ecosystem, item.name, ...equal];
  });
  const known = digestsByContent(base);
  return pairInTurn(base, head, named, compareLocated)
    .flatMap((pair) => factsOf(pair, known))
    .sort(compareFacts);
}

/** All that decides what comes; where and in which list it is named does not. */
function identityOf({ version, source, integrity }: Dependency): readonly unknown[] {
  return [
    version,
    source.text,
    source.level,
    integrity === undefined ? null : [...integrity].sort(),
  ];
}

/**
 * The digests that the base has for a version from a source. A second copy that is held to another
 * one pairs with nothing, as the first one still has its counterpart.
 */
function digestsByContent(base: readonly LocatedDependency[]): ReadonlyMap<string, Dependency> {
  const known = new Map<string, Dependency>();
  for (const item of base) {
    const key = contentKeyOf(item);
    const integrity = [...(known.get(key)?.integrity ?? []), ...(item.integrity ?? [])];
    known.set(key, { ...item, integrity });
  }
  return known;
}

function contentKeyOf({ path, ecosystem, name, version, source }: LocatedDependency): string {
  return JSON.stringify([path, ecosystem, name, version, source.text]);
}

function factsOf(
  { base, head }: Paired<LocatedDependency>,
  known: ReadonlyMap<string, Dependency>,
): DependencyFact[] {
  const seen = head ?? base;
  if (!seen || (base && head && isSame(base, head))) return [];
  const side: Side = head ? "head" : "base";
  const integrity = head
    ? comparedIntegrity(base ?? known.get(contentKeyOf(head)) ?? null, head)
    : comparedIntegrity(null, seen);
  const isOfDigest = integrity === "changed" || integrity === "restated";
  return [
    {
      ecosystem: seen.ecosystem,
      name: printable(seen.name),
      delta: base && head ? "changed" : head ? "added" : "removed",
      from: shownVersion(base),
      to: shownVersion(head),
      direct: seen.direct,
      source: printable(seen.source.text),
      integrity,
      purl: packageUrlOf(seen),
      ...{ path: seen.path, side },
      line: isOfDigest ? (seen.integrityLine ?? seen.line) : lineOf(base, seen),
    },
  ];
}

/** What changed stands where its version does. */
function lineOf(base: Dependency | null, { version, line, versionLine }: Dependency): number {
  return base && base.version !== version ? (versionLine ?? line) : line;
}

function isSame(base: Dependency, head: Dependency): boolean {
  return JSON.stringify(identityOf(base)) === JSON.stringify(identityOf(head));
}

function shownVersion(dependency: Dependency | null): string | null {
  const version = dependency?.version ?? null;
  return version === null ? null : printable(withoutUserAndQuery(version));
}

function compareLocated(left: LocatedDependency, right: LocatedDependency): number {
  return (
    compareBytes(left.path, right.path) ||
    left.line - right.line ||
    compareBytes(JSON.stringify(identityOf(left)), JSON.stringify(identityOf(right))) ||
    compareBytes(left.group, right.group)
  );
}

function compareFacts(left: DependencyFact, right: DependencyFact): number {
  return (
    compareBytes(left.path, right.path) ||
    left.line - right.line ||
    compareBytes(left.ecosystem, right.ecosystem) ||
    compareBytes(left.name, right.name) ||
    compareBytes(left.side, right.side) ||
    compareBytes(left.to ?? "", right.to ?? "") ||
    compareBytes(JSON.stringify(left), JSON.stringify(right))
  );
}
