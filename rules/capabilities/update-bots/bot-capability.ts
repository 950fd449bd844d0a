import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import type { Place } from "../not-understood.ts";
import { printable } from "../printable.ts";
import type { Way } from "../reach.ts";

/** How far updates go that merge by themselves: of one part of a version, of all packages or of some. */
export const UPDATE_LEVELS = ["patch", "minor", "major", "all"];

/** Something is kept up: releases are taken at that age, or a bot is at work. */
export const GUARD_LEVELS = ["hours", "days", "weeks", "on"];

/** What a bot that updates dependencies may do, or is there for. */
export interface BotSetting {
  readonly kind: string;
  readonly name: string;
  readonly holder: string;
  readonly at: Place;
  readonly level?: string | undefined;
  readonly reach?: readonly Way[];
}

export function botCapability(setting: BotSetting): Capability {
  const { kind, name, holder, at, level, reach = [] } = setting;
  return {
    ...{ kind, name: printable(name), holder: printable(holder), context: "", reach },
    ...(level === undefined ? {} : { level }),
    ...{ line: at.line, certainty: "exact", holderContent: contentDigest(kind, holder) },
  };
}

/** That a bot is at work. */
export function botGuard(name: string, holder: string, at: Place): Capability {
  return botCapability({ kind: "updates.guard", name, holder, at, level: "on" });
}

/** A number of days as one of `GUARD_LEVELS`. */
export function ageOf(days: number): string {
  if (!(days >= 1)) return "hours";
  return days >= 7 ? "weeks" : "days";
}
