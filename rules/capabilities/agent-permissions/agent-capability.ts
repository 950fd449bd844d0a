import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import type { Place } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";

/** What a coding agent is let do: after a question, without one, or whatever it likes. */
export const PERMISSION_LEVELS = ["ask", "allow", "all"];

/** What an agent is given, and by which part of its settings. */
export interface AgentSetting {
  readonly kind: string;
  readonly name: string;
  readonly holder: string;
  readonly level?: string | undefined;
  readonly context?: string;
  /** All that decides what it does, where its name does not; another one is a raise. */
  readonly content?: string;
  readonly at: Place;
}

export function agentCapability(setting: AgentSetting): Capability {
  const { kind, name, holder, level, context = "", content, at } = setting;
  const reach = content === undefined ? [] : [wayTo(`content:${contentDigest(content)}`, at.line)];
  return {
    ...{ kind, name: printable(name), holder: printable(holder), context: printable(context) },
    ...(level === undefined ? {} : { level }),
    ...{ line: at.line, certainty: "exact", reach },
    holderContent: contentDigest(kind, content ?? holder),
  };
}
