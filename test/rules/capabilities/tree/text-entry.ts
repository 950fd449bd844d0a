/** Text files as tree readers get them, for tests. */
import type { Capability } from "../../../../rules/capabilities/capability.ts";
import type { TreeReader } from "../../../../rules/capabilities/tree/tree-reader.ts";
import { listingOf } from "../changes.ts";

export function capabilitiesOf(
  reader: TreeReader,
  text: string | null,
  path = "src/a.js",
): readonly Capability[] {
  const content = new TextEncoder().encode(text ?? "\0");
  const version = { oid: "1".repeat(40), mode: "100644" } as const;
  const change = { listing: listingOf([]), contents: new Map() };
  return reader.read({ path, side: "head", version, content, text }, change);
}

/** Capabilities as `kind level name :line`. */
export function toldOf(reader: TreeReader, text: string, path?: string): string[] {
  return capabilitiesOf(reader, text, path).map(
    ({ kind, level, name, line }) => `${kind} ${level ?? "-"} ${name} :${line}`,
  );
}
