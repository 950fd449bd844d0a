import type { Capability } from "../capability.ts";
import type { Place } from "../not-understood.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { type Way, wayTo } from "../reach.ts";

/** What is granted or guarded, and to whom; a guard under another holder's name guards something else. */
export interface Granted {
  readonly kind: string;
  readonly name: string;
  readonly holder: string;
  readonly context?: string;
  readonly level?: string | undefined;
  readonly reach?: readonly Way[];
}

/** A capability that stands at a place and moves from file to file only under its holder's name. */
export function granted({ name, holder, level, ...rest }: Granted, at: Place): Capability {
  return {
    ...{ context: "", reach: [], ...rest, name: printable(name), holder: printable(holder) },
    ...(level === undefined ? {} : { level }),
    ...{ line: at.line, certainty: "exact" },
    holderContent: contentDigest(rest.kind, holder),
  };
}

/** So many are compared each; more of them are compared as a whole. */
const MOST_ACTORS = 1_000;

/**
 * A power of several: one way for each of whom it is given to. It is told where nobody has it, too,
 * so that who is given it first is a raise, and a guard that comes with its exceptions is none.
 */
export function grantedToEach(
  power: Omit<Granted, "reach">,
  at: Place,
  actors: readonly { readonly text: string; readonly line: number }[],
): Capability {
  const isBounded = actors.length <= MOST_ACTORS;
  const all = contentDigest(...actors.map(({ text }) => text).sort());
  const reach = isBounded
    ? actors.map(({ text, line }) => wayTo(text, line))
    : [wayTo(all, at.line)];
  const named = printable(actors.map(({ text }) => text).join(", "));
  return granted({ ...power, context: named === "" ? "nobody" : named, reach }, at);
}
