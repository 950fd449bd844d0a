import type { Item } from "./items.ts";

/** What stands before a reason's message where no place says what it is about: of a commit its short id. */
export function introOf(item: Item): string {
  return item !== null && "sha" in item ? `${item.sha.slice(0, 12)}: ` : "";
}

/** Why a fact that a condition needs of an item is unknown to this host. */
export function whyUnknown(item: Item, fact: string): string {
  if (item !== null && "text" in item && item.text === null) {
    return "what changed in this file cannot be told: it, or the change, is too large, or the clone lacks it";
  }
  return `${fact} is unknown to this host`;
}
