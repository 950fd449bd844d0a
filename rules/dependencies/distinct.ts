import { firstOfEach } from "../capabilities/first-of-each.ts";
import { NotUnderstood } from "../capabilities/not-understood.ts";
import type { Dependency } from "./dependency.ts";

/** How many ranges one file may grant: as much as is told of a whole change. */
const MAX_RANGES = 20_000;

/**
 * Each dependency of a file once, whatever the places where it is written: of equal ones the first.
 * Throws `NotUnderstood` for a file of more ranges than a change may grant.
 */
export function distinctDependencies(dependencies: readonly Dependency[]): readonly Dependency[] {
  const ranges = dependencies.reduce((sum, { range }) => sum + (range === undefined ? 0 : 1), 0);
  if (ranges > MAX_RANGES) {
    throw new NotUnderstood("too-many-dependencies", "too many dependencies");
  }
  return firstOfEach(dependencies, ({ ecosystem, name, version, group, source, integrity }) =>
    JSON.stringify([ecosystem, name, version, group, source.text, source.level, integrity ?? null]),
  );
}
