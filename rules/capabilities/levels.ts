import type { Side } from "../change/listing.ts";
import type { Capability, CapabilityReader, RepositorySettings } from "./capability.ts";
import { dependencyKinds } from "../dependencies/grants.ts";
import { readers } from "./readers.ts";
import { treeReaders } from "./tree/tree-readers.ts";

type Reader = Pick<CapabilityReader, "kinds" | "resolve">;

const readerOf: ReadonlyMap<string, Reader> = new Map(
  [...treeReaders, ...readers, { kinds: dependencyKinds }].flatMap((reader: Reader) =>
    Object.keys(reader.kinds).map((kind) => [kind, reader]),
  ),
);

/** Every kind that some reader gives. */
export const CAPABILITY_KINDS: readonly string[] = [...readerOf.keys()];

/** What a capability grants: its level, null in a kind that has none. */
export interface Granted {
  readonly level: string | null;
}

/** How strong a level is in its kind, from 0; -1 for a level that the kind does not list. */
export function rankOf(kind: string, level: string | null): number {
  return level === null ? -1 : (readerOf.get(kind)?.kinds[kind]?.indexOf(level) ?? -1);
}

/**
 * What a capability grants in a repository with these settings, null where that is nothing.
 * `side` decides what an unknown setting counts as; see `CapabilityReader.resolve`.
 */
export function grantedBy(
  capability: Capability,
  side: Side,
  settings: RepositorySettings,
): Granted | null {
  // Without a level there is nothing that a setting could decide: it is granted as it is.
  if (capability.level === undefined) return { level: null };
  const reader = readerOf.get(capability.kind);
  const level = reader?.resolve ? reader.resolve(capability, side, settings) : capability.level;
  return level === null ? null : { level };
}
