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
  const elsewhere = dependencies.flatMap((dependency) => sourceGrants(dependency));
  const sources = firstOfEach(elsewhere, ({ name, holder, level }) => `${level} ${holder} ${name}`);
  return [...sources, ...dependencies.flatMap((dependency) => rangeOf(dependency))];
}

/** A source that a file names for whatever it takes in, as a list of registries does. */
export function sourceGrants(
  named: Pick<Dependency, "ecosystem" | "source" | "line" | "sourceLine" | "certainty">,
): Capability[] {
  const { ecosystem, source, line, sourceLine = line } = named;
  const { origin, level } = source;
  if (origin === null) return [];
  const shown = { name: printable(origin), holder: ecosystem, level };
  const place = { ...named, line: sourceLine };
  return [{ kind: "dependency.source", ...shown, ...granted(place, origin) }];
}

function rangeOf(dependency: Dependency): Capability[] {
  const { ecosystem, name, group, range, line, versionLine = line } = dependency;
  if (range === undefined) return [];
  const holder = printable(group === "" ? ecosystem : `${ecosystem} ${group}`);
  const shown = { name: printable(name), holder, level: range };
  const place = { ...dependency, line: versionLine };
  return [{ kind: "dependency.range", ...shown, ...granted(place, name) }];
}

function granted(
  { ecosystem, line, certainty = "exact" }: Pick<Dependency, "ecosystem" | "line" | "certainty">,
  what: string,
) {
  const holderContent = contentDigest(ecosystem, what);
  return { context: "", line, certainty, reach: [], holderContent } as const;
}
