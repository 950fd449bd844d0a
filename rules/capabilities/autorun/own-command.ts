import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import type { Place } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";

/** Something that runs, or decides what runs, without being asked for by name. */
export interface OwnCommand {
  readonly kind: string;
  readonly name: string;
  readonly holder: string;
  readonly level?: string;
  /** For people. */
  readonly context?: string;
  /** All that decides what runs, as texts; another one is a raise. */
  readonly content: readonly string[];
  readonly at: Place;
}

/** A command as a power: the same one wherever it stands and however it is written. */
export function ownCommand(command: OwnCommand): Capability {
  const { kind, name, holder, level, context = "", content, at } = command;
  const digest = contentDigest(...content);
  return {
    ...{ kind, name: printable(name), holder: printable(holder), context: printable(context) },
    ...(level === undefined ? {} : { level }),
    ...{ line: at.line, certainty: "exact", reach: [wayTo(`content:${digest}`, at.line)] },
    holderContent: digest,
  };
}
