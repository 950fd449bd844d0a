import { canonicalBytes, type JsonObject, type JsonValue } from "../ledger/format/canonical.ts";
import { sha256Hex } from "../rules/canonical.ts";

/** What is over the limit: the sha256 of its canonical form, and how many items (or characters) it had. */
export function digestAndCount(value: JsonValue): JsonObject {
  const count = Array.isArray(value) || typeof value === "string" ? value.length : 1;
  return { digest: sha256Hex(canonicalBytes(value)), count };
}
