import type { Capability } from "../capability.ts";
import type { ConfigText } from "../cloud/config-value.ts";
import { printable } from "../printable.ts";
import { shownConditions } from "./condition-ways.ts";
import type { Statement } from "./statement.ts";

/** What one statement grants, before it is taken together with the policy's others. */
export type Grant = Omit<Capability, "holder" | "holderContent" | "isReferredTo">;

/** The most resources that are shown of a statement. */
const MAX_SHOWN = 64;

/** What a statement is about and when it holds, for people. */
export function contextOf({ resources, notResources, conditions }: Statement): string {
  const shown = (texts: readonly ConfigText[]): string =>
    [...new Set(texts.slice(0, MAX_SHOWN).map(({ text }) => text))].sort().join(", ");
  const on = resources.length > 0 ? `on ${shown(resources)}` : "";
  const except = notResources.length > 0 ? `on all but ${shown(notResources)}` : "";
  const when = conditions.length > 0 ? `if ${shownConditions(conditions)}` : "";
  return printable([on, except, when].filter((part) => part !== "").join(" "));
}
