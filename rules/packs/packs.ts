import type { PolicySource } from "../policy/policy-set.ts";
import { policySource } from "../policy/policy-source.ts";
import { RECOMMENDED_1 } from "./recommended-1.ts";
import { UPDATE_BOTS_1 } from "./update-bots-1.ts";

/** Each pack's text by its full name; a version once published never changes. */
const PACKS: Readonly<Record<string, string>> = {
  "bailiff:recommended@1": RECOMMENDED_1,
  "bailiff:update-bots@1": UPDATE_BOTS_1,
};

/** Every pack by its full name. */
export const PACK_NAMES: readonly string[] = Object.keys(PACKS);

/** A pack's newest version by its name without one. */
const NEWEST: Readonly<Record<string, string>> = {
  "bailiff:recommended": "bailiff:recommended@1",
  "bailiff:update-bots": "bailiff:update-bots@1",
};

/** Whether a text is written as the name of a pack (`bailiff:recommended@1`), known or not. */
export function isPackName(text: string): boolean {
  return /^bailiff:[a-z0-9-]+(?:@[1-9][0-9]*)?$/.test(text);
}

/** The pack of that name as a source; without a version the newest. null where there is none. */
export function packSource(name: string): PolicySource | null {
  const path = Object.hasOwn(NEWEST, name) ? (NEWEST[name] ?? name) : name;
  const text = Object.hasOwn(PACKS, path) ? PACKS[path] : undefined;
  if (text === undefined) return null;
  return policySource(new TextEncoder().encode(text), { path });
}
