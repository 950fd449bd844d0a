import type { Capability } from "../capabilities/capability.ts";
import { firstOfEach } from "../capabilities/first-of-each.ts";
import { contentDigest } from "../capabilities/holder-content.ts";
import { printable } from "../capabilities/printable.ts";
import type { Dependency } from "./dependency.ts";

/** What dependencies grant, with the levels of each kind from weakest to strongest. */
export const dependencyKinds = {
  "dependency.source": ["encrypted", "plain"],
  "dependency.range": ["exact", "bounded", "open"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * What the dependencies of one version of a file grant.
 *
 * `dependency.source`: whoever has that host or git repository decides what comes, once for each of
 * them; the ecosystem's own registry and the repository's own paths are not told.
 * `dependency.range`: how far the version of a dependency that the project names may move.
 */
export function dependencyGrants(dependencies: readonly Dependency[]): Capability[] {
  const elsewhere = dependencies.flatMap((dependency) => sourceOf(dependency));
  const sources = firstOfEach(elsewhere, ({ name, holder, level }) => `${level} ${holder} ${name}`);
  return [...sources, ...dependencies.flatMap((dependency) => rangeOf(dependency))];
}

function sourceOf({ ecosystem, source, line, sourceLine = line }: Dependency): Capability[] {
  const { origin, level } = source;
  if (origin === null) return [];
  const named = { name: printable(origin), holder: ecosystem, level };
  return [{ kind: "dependency.source", ...named, ...granted(sourceLine, ecosystem, origin) }];
}

function rangeOf({ ecosystem, name, group, range, line }: Dependency): Capability[] {
  if (range === undefined) return [];
  const holder = printable(group === "" ? ecosystem : `${ecosystem} ${group}`);
  const named = { name: printable(name), holder, level: range };
  return [{ kind: "dependency.range", ...named, ...granted(line, ecosystem, name) }];
}

function granted(line: number, ecosystem: string, what: string) {
  const holderContent = contentDigest(ecosystem, what);
  return { context: "", line, certainty: "exact", reach: [], holderContent } as const;
}
